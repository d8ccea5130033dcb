// Receipts on paper, read by another program: every field the law asks for with its diacritics, the code, the marks and the sizes.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { seeCertificate } from '../../src/actions/seeCertificate';
import { sumOf, vnd } from '../../src/domain/money';
import type { ReceiptContent } from '../../src/domain/receipt';
import type { ReceiptSignature } from '../../src/domain/receiptSignature';
import { addMs } from '../../src/domain/time';
import { receiptPdf, type ReceiptPdfOptions } from '../../src/web/receiptPdf';
import { instant, issuedAt, ourCertificate, plainReceipt, replacement } from '../support/receipts';

interface ReadText {
  text: string;
  size: number;
  x: number;
  y: number;
  width: number;
}

interface ReadPdf {
  title: string;
  language: string;
  pages: { width: number; height: number; texts: ReadText[]; code?: string }[];
}

const verificationUrl = 'https://bienlai.hanoi.example/bien-lai/ABCD2345EFGH6789JKLM';
const signature: ReceiptSignature = {
  signedAt: addMs(issuedAt, 2_000),
  certificate: {
    signer: plainReceipt.collector.name,
    taxCode: plainReceipt.collector.taxCode,
    issuer: 'CA thử nghiệm',
    serialNumber: '4A',
    validFrom: instant('2026-01-01T00:00:00+07:00'),
    validTo: instant('2028-12-31T23:59:59+07:00'),
    isDemo: false,
  },
};

const { payerName: _, ...unnamed } = plainReceipt;
const longWord = 'Thừathiênhuếthànhphố'.repeat(9);
const manyLines = Array.from({ length: 24 }, (_line, place) => ({
  feeId: `f${place}`,
  name: `Phí thẩm định hồ sơ số ${place + 1} theo Nghị quyết của Hội đồng nhân dân thành phố`,
  quantity: place + 1,
  amount: vnd(1_000 * (place + 1)),
}));
const longReceipt: ReceiptContent = {
  ...plainReceipt,
  collector: { ...plainReceipt.collector, name: `Ủy ban nhân dân ${longWord}`, unit: longWord },
  payerName: longWord,
  lines: [...manyLines, { feeId: 'x', name: longWord, quantity: 1, amount: vnd(0) }],
  total: sumOf(manyLines.map(({ amount }) => amount)),
};

const cases = {
  plain: [plainReceipt, { verificationUrl, signature }],
  unnamed: [unnamed, { verificationUrl, signature }],
  replacing: [replacement, { verificationUrl, signature, isCopy: true }],
  decomposed: [
    { ...plainReceipt, payerName: 'Nguyễn Thị Thùy Dương'.normalize('NFD') },
    { verificationUrl, signature },
  ],
  long: [longReceipt, { verificationUrl, signature }],
} satisfies Record<string, [ReceiptContent, ReceiptPdfOptions]>;
type Case = keyof typeof cases | 'demo';

const written = new Map<string, Buffer>();
const read = new Map<string, ReadPdf>();

beforeAll(async () => {
  const { certificatePem } = await ourCertificate();
  const demo = { verificationUrl, signature: { ...signature, certificate: seeCertificate(certificatePem) } };
  for (const [name, [content, options]] of Object.entries({ ...cases, demo: [plainReceipt, demo] as const })) {
    written.set(name, await receiptPdf(content, options));
  }
  const folder = mkdtempSync(join(tmpdir(), 'receipt-pdf-'));
  const paths = [...written].map(([name, bytes]) => {
    const path = join(folder, `${name}.pdf`);
    writeFileSync(path, bytes);
    return path;
  });
  const reader = join(__dirname, '../support/pdfReader.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [reader, ...paths], { maxBuffer: 2 ** 26 });
  rmSync(folder, { recursive: true });
  const answers = JSON.parse(stdout) as ReadPdf[];
  [...written.keys()].forEach((name, place) => read.set(name, answers[place] ?? { title: '', language: '', pages: [] }));
}, 60_000);

const pagesOf = (name: Case): ReadPdf['pages'] => read.get(name)?.pages ?? [];
const textsOf = (name: Case): ReadText[] => pagesOf(name).flatMap(({ texts }) => texts);

/** All that stands there, lines joined by one space. */
const textOf = (name: Case): string =>
  textsOf(name)
    .map(({ text }) => text.trim())
    .join(' ')
    .replace(/\s+/g, ' ');

describe('A receipt on paper', () => {
  it.each([
    ['its name', 'BIÊN LAI THU LỆ PHÍ'],
    ['its template', 'Ký hiệu mẫu: EBL01'],
    ['its symbol', 'Ký hiệu: 26TAB'],
    ['its number', 'Số: 00000012'],
    ['the collecting organisation', 'Trung tâm Phục vụ hành chính công thành phố Hà Nội'],
    ['its tax code', 'Mã số thuế: 0101234567'],
    ['what was collected', 'Lệ phí cấp Giấy chứng nhận quyền sử dụng đất'],
    ['the amount in figures, in đồng', '1.234.567 đồng'],
    ['the amount in words', 'Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng'],
    ['the day of issue', 'Ngày 21 tháng 11 năm 2026'],
    ['who signed', 'Ký bởi Trung tâm Phục vụ hành chính công thành phố Hà Nội'],
    ['when it was signed', 'Thời điểm ký: 21/11/2026 14:05:11'],
  ])('says %s', (_field, text) => {
    expect(textOf('plain')).toContain(text);
  });

  it('says whose dossier it is, how it was paid, who issued the certificate and until when it signs', () => {
    for (const text of [
      'Điểm phục vụ phường Ba Đình',
      'Người nộp tiền Nguyễn Thị Thùy Dương',
      'Mã hồ sơ 000.00.18.H26-261121-0001',
      'Mã nộp tiền TTHC7K2MQX9P',
      'Hình thức nộp Chuyển khoản',
      'Chứng thư: CA thử nghiệm',
      'Hiệu lực: 01/01/2026 – 31/12/2028',
      'Mã tra cứu: ABCD-2345-EFGH-6789-JKLM',
      verificationUrl,
    ]) {
      expect(textOf('plain')).toContain(text);
    }
  });

  it('is one A5 sheet, in Vietnamese, with its name as title', () => {
    expect(pagesOf('plain').map(({ width, height }) => [Math.round(width), Math.round(height)])).toEqual([[420, 595]]);
    expect(read.get('plain')).toMatchObject({ title: 'Biên lai 26TAB-00000012', language: 'vi-VN' });
  });

  it('has composed letters only, also where a name came decomposed', () => {
    expect(textOf('decomposed')).toBe(textOf('plain'));
    expect(textOf('plain').normalize('NFC')).toBe(textOf('plain'));
  });

  it.each(['plain', 'demo', 'replacing', 'long'] as const)('has a code that a phone reads (%s)', (name) => {
    expect(pagesOf(name).at(-1)?.code).toBe(verificationUrl);
  });

  it('names nobody where nobody is named', () => {
    expect(textOf('unnamed')).not.toContain('Người nộp tiền');
    expect(textOf('unnamed')).toContain('Mã hồ sơ');
  });

  it('writes what the law does not ask for no larger than what it does', () => {
    const sizeOf = (part: string): number => textsOf('plain').find(({ text }) => text.includes(part))?.size ?? Number.NaN;
    const asked = [
      'BIÊN LAI',
      'EBL01',
      '26TAB',
      '00000012',
      'Trung tâm',
      'Mã số thuế',
      'Lệ phí cấp',
      '1.234.567',
      'Một triệu',
      'Ngày 21',
      'Ký bởi',
    ];
    const added = ['Nguyễn Thị', 'Điểm phục vụ', '000.00.18', 'TTHC7K', 'Chuyển khoản', 'Biên lai điện tử', 'Mã tra cứu', 'Quét mã'];
    expect(Math.max(...added.map(sizeOf))).toBeLessThanOrEqual(Math.min(...asked.map(sizeOf)));
  });
});

describe('A mark stands on a receipt only where it belongs', () => {
  it('BẢN SAO on a reprint', () => {
    expect(textOf('replacing')).toContain('BẢN SAO');
    expect(textOf('plain')).not.toContain('BẢN SAO');
  });

  it('DÙNG THỬ on one that a demo certificate signed', () => {
    expect(textOf('demo')).toContain('DÙNG THỬ – DEMO · ký bằng chứng thư dùng thử, không có giá trị pháp lý');
    for (const name of ['plain', 'replacing', 'long'] as const) expect(textOf(name)).not.toContain('DÙNG THỬ');
  });

  it('the name of the receipt that it replaces, and why', () => {
    const text = 'Thay thế biên lai mẫu EBL01, ký hiệu 26TAB, số 00000012, lập ngày 21/11/2026. Lý do: Sai tên người nộp tiền';
    expect(textOf('replacing')).toContain(text);
    expect(textOf('plain')).not.toContain('Thay thế');
  });
});

describe('A receipt with several fees', () => {
  it('gives each with its quantity, its amount and its words, and their sum', () => {
    const text = textOf('replacing');
    expect(text).toContain('BIÊN LAI THU PHÍ');
    expect(text).toContain('1 Phí thẩm định hồ sơ 1 1.000.000 Một triệu đồng');
    expect(text).toContain('2 Phí khai thác tài liệu đất đai 3 45.000 Bốn mươi lăm nghìn đồng');
    expect(text).toContain('Tổng cộng 1.045.000 đồng');
    expect(text).toContain('Bằng chữ Một triệu không trăm bốn mươi lăm nghìn đồng');
  });

  it('goes on over numbered sheets, repeats the head of the table, and loses nothing', () => {
    const text = textOf('long');
    const { length } = pagesOf('long');
    expect(length).toBeGreaterThan(2);
    for (let sheet = 1; sheet <= length; sheet++) expect(text).toContain(`Biên lai 26TAB-00000012 · trang ${sheet}/${length}`);
    expect(text.match(/STT Khoản thu/g)?.length).toBeGreaterThan(1);
    for (const { name } of manyLines) expect(text).toContain(name);
    expect(text).toContain('Tổng cộng 300.000 đồng');
    expect(text.replace(/ /g, '')).toContain(longWord);
  });

  it('writes nothing over the edge of its sheets, however long the words are', () => {
    for (const { width, height, texts } of pagesOf('long')) {
      for (const { x, y, width: length, size } of texts) {
        expect(x).toBeGreaterThanOrEqual(30);
        expect(x + length).toBeLessThanOrEqual(width - 30);
        expect(y).toBeGreaterThan(8);
        expect(y + size).toBeLessThan(height - 8);
      }
    }
  });
});

describe('The file of a receipt', () => {
  it('is the same bytes for the same receipt', async () => {
    const [content, options] = cases.replacing;
    expect((await receiptPdf(content, options)).equals(written.get('replacing') ?? Buffer.alloc(0))).toBe(true);
  });

  it('carries its fonts and says that it is PDF/A, so that it opens as it is in ten years', () => {
    const bytes = written.get('plain')?.toString('latin1') ?? '';
    expect(bytes).toMatch(/\/BaseFont \/[A-Z]{6}\+BeVietnamPro-Regular/);
    expect(bytes).toMatch(/\/BaseFont \/[A-Z]{6}\+BeVietnamPro-Bold/);
    expect(bytes).toContain('/FontFile2');
    expect(bytes).not.toContain('Helvetica');
    expect(bytes).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(bytes.length).toBeLessThan(100_000);
  });
});
