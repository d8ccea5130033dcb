// The XML of a receipt: every field the law asks for, one text for one content, and nothing read back that was not written so.
import fc from 'fast-check';
import { amountInWords } from '../../src/domain/amountInWords';
import { Money, vnd } from '../../src/domain/money';
import type { ReceiptContent } from '../../src/domain/receipt';
import { asWritten, faultsOf, receiptXml } from '../../src/domain/receiptXml';
import { receiptFromXml } from '../../src/domain/receiptXmlReader';
import { anyReceipt, instant, plainReceipt, replacement } from '../support/receipts';

/** The texts of a content as they can be written: white space and control characters are one space each. */
function written(content: ReceiptContent): ReceiptContent {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return asWritten(value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null || value instanceof Money) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  return clean(content) as ReceiptContent;
}

describe('The XML of a receipt', () => {
  it('holds every field that Article 23 asks for', () => {
    const xml = receiptXml(plainReceipt);
    for (const field of [
      '<TenBienLai>Biên lai thu lệ phí</TenBienLai>',
      '<KyHieuMau>EBL01</KyHieuMau>',
      '<KyHieu>26TAB</KyHieu>',
      '<So>12</So>',
      '<TenToChuc>Trung tâm Phục vụ hành chính công thành phố Hà Nội</TenToChuc>',
      '<MaSoThue>0101234567</MaSoThue>',
      '<TenKhoanThu>Lệ phí cấp Giấy chứng nhận quyền sử dụng đất</TenKhoanThu>',
      '<TongTien>1234567</TongTien>',
      '<TongTienBangChu>Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng</TongTienBangChu>',
      '<NgayLap>2026-11-21</NgayLap>',
      '<DonViTienTe>VND</DonViTienTe>',
    ]) {
      expect(xml).toContain(field);
    }
  });

  it('gives the day of issue in Vietnam, not in Greenwich', () => {
    const xml = receiptXml({ ...plainReceipt, symbol: '27TAB', issuedAt: instant('2027-01-01T00:00:00+07:00') });
    expect(xml).toContain('<NgayLap>2027-01-01</NgayLap><ThoiDiemLap>2026-12-31T17:00:00.000Z</ThoiDiemLap>');
  });

  it('names the receipt that it replaces, and nobody where nobody is named', () => {
    expect(receiptXml(replacement)).toContain('<KyHieuCu>26TAB</KyHieuCu><SoCu>12</SoCu><NgayLapCu>2026-11-21</NgayLapCu>');
    const { payerName: _, ...unnamed } = plainReceipt;
    expect(receiptXml(unnamed)).not.toContain('NguoiNopTien');
    expect(receiptFromXml(receiptXml(unnamed))).toEqual(unnamed);
  });

  it('names every way in which it was paid; one that was written when only one way was named is read as before', () => {
    const mixed: ReceiptContent = { ...plainReceipt, method: 'cash', methods: ['transfer', 'cash'] };
    expect(receiptXml(mixed)).toContain('<MaHinhThucNop>cash</MaHinhThucNop><HinhThucNop>Chuyển khoản; Tiền mặt</HinhThucNop>');
    expect(receiptFromXml(receiptXml(mixed))).toEqual(mixed);
    const older = receiptXml({ ...plainReceipt, method: 'cash' });
    expect(older).toContain('<MaHinhThucNop>cash</MaHinhThucNop><HinhThucNop>Tiền mặt</HinhThucNop>');
    expect(receiptFromXml(older)).toEqual({ ...plainReceipt, method: 'cash' });
    expect(receiptFromXml(receiptXml(mixed).replace('Chuyển khoản; Tiền mặt', 'Tiền mặt; Chuyển khoản'))).toBeUndefined();
  });

  it('is read back as the same content, whatever stands in its texts', () => {
    fc.assert(
      fc.property(anyReceipt, (content) => {
        const xml = receiptXml(content);
        expect(receiptFromXml(xml)).toEqual(written(content));
        expect(receiptXml(written(content))).toBe(xml);
      }),
    );
  });

  it('has no text that opens an element, an entity or a line of its own', () => {
    fc.assert(
      fc.property(anyReceipt, (content) => {
        const texts = receiptXml(content).replace(/<\/?[A-Za-z]+( xmlns="urn:counter-fees:bien-lai:1")?>/g, '');
        expect(texts).not.toMatch(/[<>\p{Cc}\p{Cs}]/u);
        expect(texts.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
      }),
    );
  });

  it('keeps names in whatever form of Unicode they came', () => {
    const payerName = 'Nguyễn'.normalize('NFD');
    expect(receiptFromXml(receiptXml({ ...plainReceipt, payerName }))?.payerName).toBe(payerName);
  });

  it('is not read when one character of it is another one, unless it is then another whole receipt', () => {
    const xml = receiptXml(replacement);
    const place = fc.integer({ min: 0, max: xml.length - 1 });
    fc.assert(
      fc.property(place, fc.string({ unit: 'grapheme', maxLength: 1 }), (at, character) => {
        const changed = xml.slice(0, at) + character + xml.slice(at + 1);
        const content = receiptFromXml(changed);
        expect(content === undefined || receiptXml(content) === changed).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['an empty text', ''],
    ['another document', '<html/>'],
    ['a declaration before it', `<?xml version="1.0"?>${receiptXml(plainReceipt)}`],
    ['a line break after it', `${receiptXml(plainReceipt)}\n`],
    ['a space between elements', receiptXml(plainReceipt).replace('><So>', '> <So>')],
    ['a comment', receiptXml(plainReceipt).replace('<So>', '<!-- --><So>')],
    ['a field twice', receiptXml(plainReceipt).replace('<So>12</So>', '<So>12</So><So>13</So>')],
    ['a field too few', receiptXml(plainReceipt).replace('<So>12</So>', '')],
    ['words that are not those of the amount', receiptXml(plainReceipt).replace('Một triệu', 'Hai triệu')],
    ['an amount that is not the sum', receiptXml(plainReceipt).replaceAll('<TongTien>1234567', '<TongTien>2234567')],
    ['a character by its number', receiptXml(plainReceipt).replace('Nguyễn', '&#78;guyễn')],
  ])('is not %s', (_, text) => {
    expect(receiptFromXml(text)).toBeUndefined();
  });
});

describe('No receipt is written', () => {
  const none: [string, Partial<ReceiptContent>][] = [
    ['with a symbol of another year', { symbol: '25TAB' }],
    ['with a symbol of the old year after the turn of the year in Vietnam', { issuedAt: instant('2027-01-01T00:00:00+07:00') }],
    ['with a symbol outside the stated letters', { symbol: '26TAF' }],
    ['with a number of nine digits', { number: 100_000_000 }],
    ['with the number 0', { number: 0 }],
    ['without the name of the organisation', { collector: { ...plainReceipt.collector, name: ' ' } }],
    ['without a tax code', { collector: { ...plainReceipt.collector, taxCode: '' } }],
    ['without a line', { lines: [], total: vnd(0) }],
    ['with a line without a name', { lines: [{ feeId: 'a', name: '', quantity: 1, amount: plainReceipt.total }] }],
    ['with a total that is not the sum of its lines', { total: vnd(1_234_568) }],
    [
      'with a negative line',
      { lines: [{ feeId: 'a', name: 'Phí', quantity: 1, amount: vnd(0).minus(vnd(1)) }], total: vnd(0).minus(vnd(1)) },
    ],
    ['in place of a receipt without a name', { replaces: { ...replacement, symbol: '', issuedOn: '2026-11-21' as never, reason: 'Sai' } }],
  ];

  it.each(none)('%s', (_, change) => {
    const content = { ...plainReceipt, ...change };
    expect(faultsOf(content).length).toBeGreaterThan(0);
    expect(() => receiptXml(content)).toThrow(RangeError);
  });

  it('but every lawful one is, with the words of each amount', () => {
    expect(faultsOf(plainReceipt)).toEqual([]);
    const xml = receiptXml(replacement);
    for (const { amount } of replacement.lines) expect(xml).toContain(`<SoTienBangChu>${amountInWords(amount)}</SoTienBangChu>`);
  });
});
