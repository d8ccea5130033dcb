// Receipts to write, sign and print in tests, and certificates to sign them with: keys are made once, for they are slow.
import fc from 'fast-check';
import { makeDemoCertificate, type CertificateAndKey } from '../../src/certificate';
import { sumOf, vnd } from '../../src/domain/money';
import { receiptMethodKinds, type ReceiptContent } from '../../src/domain/receipt';
import { seriesYearOf, symbolOf } from '../../src/domain/receiptSymbol';
import { dayOf, instantOf, parseInstant, type Instant } from '../../src/domain/time';

export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (!parsed) throw new Error(`not an instant: ${text}`);
  return parsed;
}

export const issuedAt = instant('2026-11-21T14:05:09+07:00');
const organisation = { name: 'Trung tâm Phục vụ hành chính công thành phố Hà Nội', taxCode: '0101234567' };

export const plainReceipt: ReceiptContent = {
  template: 'EBL01',
  symbol: '26TAB',
  number: 12,
  kind: 'le_phi',
  collector: { ...organisation, unit: 'Điểm phục vụ phường Ba Đình', unitCode: 'H26.12' },
  payerName: 'Nguyễn Thị Thùy Dương',
  dossierCode: '000.00.18.H26-261121-0001',
  reference: 'TTHC7K2MQX9P',
  lines: [{ feeId: 'dat-dai-gcn', name: 'Lệ phí cấp Giấy chứng nhận quyền sử dụng đất', quantity: 1, amount: vnd(1_234_567) }],
  total: vnd(1_234_567),
  method: 'transfer',
  issuedAt,
  lookupCode: 'ABCD2345EFGH6789JKLM',
};

export const replacement: ReceiptContent = {
  ...plainReceipt,
  number: 13,
  kind: 'phi',
  lines: [
    { feeId: 'tham-dinh', name: 'Phí thẩm định hồ sơ', quantity: 1, amount: vnd(1_000_000) },
    { feeId: 'trich-luc', name: 'Phí khai thác tài liệu đất đai', quantity: 3, amount: vnd(45_000) },
  ],
  total: vnd(1_045_000),
  method: 'cash',
  replaces: { template: 'EBL01', symbol: '26TAB', number: 12, issuedOn: dayOf(issuedAt), reason: 'Sai tên người nộp tiền' },
};

let ours: Promise<CertificateAndKey> | undefined;
let theirs: Promise<CertificateAndKey> | undefined;

export const certificateFrom = instant('2026-11-01T00:00:00+07:00');

/** Valid for a year from `certificateFrom`. */
export const ourCertificate = (): Promise<CertificateAndKey> => (ours ??= makeDemoCertificate(organisation, certificateFrom));

/** The same names, made by somebody else. */
export const theirCertificate = (): Promise<CertificateAndKey> => (theirs ??= makeDemoCertificate(organisation, certificateFrom));

const hardText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.stringMatching(/^[<>&'"/!?\-[\] =a-z]{0,30}$/),
  fc.constantFrom(
    'Nguyễn Thị Thùy Dương',
    '</BienLai>',
    '<Signature Id="ChuKySo">',
    '&lt;',
    '&#13;',
    ']]>',
    '<!-- -->',
    'e\u0302\u0301',
    '😀',
  ),
);
const word = fc.stringMatching(/^[A-ZĐa-zđ][\p{L}<>&"' ]{0,20}$/u);
const lines = fc.array(fc.record({ feeId: hardText, name: word, quantity: fc.nat(100), amount: fc.nat(100_000_000).map(vnd) }), {
  minLength: 1,
  maxLength: 4,
});

/** Any receipt that the law could see, with texts that are hard to write in XML. */
export const anyReceipt: fc.Arbitrary<ReceiptContent> = fc
  .record({
    issuedMs: fc.integer({ min: Date.parse('2026-07-01'), max: Date.parse('2060-01-01') }),
    place: fc.integer({ min: 1, max: 400 }),
    number: fc.integer({ min: 1, max: 99_999_999 }),
    lines,
    texts: fc.tuple(hardText, hardText, hardText, hardText, hardText, word),
    payerName: fc.option(hardText),
    kind: fc.constantFrom('phi' as const, 'le_phi' as const),
    methods: fc.subarray([...receiptMethodKinds], { minLength: 1 }),
    isReplacing: fc.boolean(),
  })
  .map(
    ({ issuedMs, place, texts: [unit, unitCode, dossierCode, reference, lookupCode, name], isReplacing, payerName, methods, ...rest }) => ({
      template: 'EBL01' as const,
      symbol: symbolOf(seriesYearOf(instantOf(issuedMs)), place),
      collector: { name, taxCode: '0101234567', unit, unitCode },
      dossierCode,
      reference,
      lookupCode,
      issuedAt: instantOf(issuedMs),
      total: sumOf(rest.lines.map((line) => line.amount)),
      ...rest,
      ...(payerName === null ? {} : { payerName }),
      method: methods.at(-1) ?? ('transfer' as const),
      ...(methods.length > 1 ? { methods } : {}),
      ...(isReplacing
        ? { replaces: { template: 'EBL01' as const, symbol: '26TAB', number: 7, issuedOn: dayOf(issuedAt), reason: unit } }
        : {}),
    }),
  );
