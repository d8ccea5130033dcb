// The pictures of a code, read back by a reader and a parser that are not ours.
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { QRPay } from 'vietnam-qr-pay';
import { vnd } from '../../src/domain/money';
import { encodeVietQr } from '../../src/domain/vietqr';
import { qrPng, qrSvg } from '../../src/web/qr';

const shortest = encodeVietQr({ bankBin: '970436', accountNumber: '0' });
const usual = encodeVietQr({
  bankBin: '970436',
  accountNumber: '0123456789',
  amount: vnd(50_000),
  purpose: 'TTHC7K2MQX9P Lệ phí',
  merchantName: 'UBND PHƯỜNG BA ĐÌNH',
  merchantCity: 'HÀ NỘI',
});
const longest = encodeVietQr({
  bankBin: '970415',
  accountNumber: '1234567890123456789',
  amount: vnd(499_999_999),
  purpose: 'p'.repeat(25),
  billNumber: 'b'.repeat(25),
  reference: 'r'.repeat(25),
  merchantName: 'n'.repeat(25),
  merchantCity: 'c'.repeat(15),
});
const codes: [string, string][] = [
  ['the shortest code', shortest],
  ['a usual code', usual],
  ['the longest code', longest],
];

/** Each PNG is drawn and read once: pixels are slow inside a test. */
const pictures = new Map<string, PNG>();
const pictureNamed = (payload: string): PNG => pictures.get(payload) ?? new PNG();
const textIn = ({ data, width, height }: PNG): string | undefined => jsQR(new Uint8ClampedArray(data), width, height)?.data;

beforeAll(async () => {
  for (const [, payload] of codes) pictures.set(payload, PNG.sync.read(await qrPng(payload)));
});

/** The drawing as a picture `scale` pixels to the unit; understands what `qrSvg` draws and nothing else. */
function drawn(svg: string, scale: number): { data: Uint8ClampedArray; width: number } {
  const units = Number(/viewBox="0 0 (\d+) \d+"/.exec(svg)?.[1]);
  const width = units * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  const runs = [...svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)].map((run) => run.slice(1).map((digits) => Number(digits) * scale));
  for (const [x = 0, y = 0, length = 0] of runs) {
    for (let row = y; row < y + scale; row++) {
      for (let column = x; column < x + length; column++) data.set([0, 0, 0], (row * width + column) * 4);
    }
  }
  return { data, width };
}

describe('The picture of a code', () => {
  it.each(codes)('is a PNG from which a phone reads %s', (_, payload) => {
    const picture = pictureNamed(payload);
    expect(picture.width).toBe(picture.height);
    expect(picture.width).toBeGreaterThanOrEqual(540);
    expect(picture.width).toBeLessThanOrEqual(660);
    expect(textIn(picture)).toBe(payload);
  });

  it('tells another program the same bank, account, amount and purpose', () => {
    const theirs = new QRPay(textIn(pictureNamed(usual)));
    expect(theirs).toMatchObject({
      isValid: true,
      initMethod: '12',
      amount: '50000',
      currency: '704',
      nation: 'VN',
      city: 'HA NOI',
      merchant: { name: 'UBND PHUONG BA DINH' },
      consumer: { bankBin: '970436', bankNumber: '0123456789' },
      provider: { name: 'VIETQR', service: 'QRIBFTTA' },
      additionalData: { purpose: 'TTHC7K2MQX9P Le phi' },
    });
  });

  it('has a white border four modules wide and whole pixels in every module', () => {
    const png = pictureNamed(usual);
    const isDark = (x: number, y: number) => png.data.readUInt8((y * png.width + x) * 4) < 128;
    const firstDark = Array.from({ length: png.width }, (_, index) => index).findIndex((index) => isDark(index, index));
    const modules = png.width / (firstDark / 4);
    expect(firstDark % 4).toBe(0);
    expect(Number.isInteger(modules)).toBe(true);
    expect((modules - 8 - 17) % 4).toBe(0);
  });

  it.each(codes)('is a drawing from which a phone reads %s', (_, payload) => {
    const { data, width } = drawn(qrSvg(payload), 4);
    expect(jsQR(data, width, width)?.data).toBe(payload);
  });

  it('is one well-formed element, black on white, with a name for those who do not see it', () => {
    const svg = qrSvg(usual);
    expect(svg).toMatch(/^<svg( [\w-]+="[^"<&]*")+>(<path( [\w-]+="[^"<&]*")+\/>){2}<\/svg>$/);
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(svg).toContain('aria-label="Mã VietQR"');
    expect(svg).toContain('shape-rendering="crispEdges"');
    expect([...svg.matchAll(/fill="([^"]+)"/g)].map(([, colour]) => colour)).toEqual(['#ffffff', '#000000']);
  });

  it('shows nothing of its text in the drawing, whatever the text', () => {
    expect(qrSvg('<script>alert(1)</script>')).not.toContain('script');
  });
});
