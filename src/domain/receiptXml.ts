// The text of a receipt: its content as canonical XML (exclusive C14N), the same bytes for the same content.
import { amountInWords } from './amountInWords';
import { sumOf } from './money';
import { receiptTemplate, type ReceiptContent } from './receipt';
import { isReceiptNumber, isSymbol, parseSymbol, seriesYearOf } from './receiptSymbol';
import { methodsInWords, receiptTitles } from './receiptWords';
import { dayOf } from './time';

const receiptNamespace = 'urn:counter-fees:bien-lai:1';

/** How the root element opens and closes; the signature stands directly before its end. */
const receiptStart = `<BienLai xmlns="${receiptNamespace}">`;
export const receiptEnd = '</BienLai>';

/** Texts and elements, in the order in which they stand. */
type Part = readonly [name: string, content: string | number | readonly Part[]];

/**
 * All that Article 23 of Decree 254/2026/NĐ-CP asks for, and what the office adds. No attributes, no comments, no white space between
 * elements, no declaration: what is signed is exactly this text in UTF-8. Throws RangeError on content that may be no receipt.
 */
export function receiptXml(content: ReceiptContent): string {
  const [fault] = faultsOf(content);
  if (fault) throw new RangeError(`no receipt: ${fault}`);
  return `${receiptStart}${partsOf(content).map(elementOf).join('')}${receiptEnd}`;
}

/** Why the law would see no receipt in this content; empty when it is one. A receipt without these has no value (Article 26). */
export function faultsOf(content: ReceiptContent): string[] {
  const { collector, lines, total, replaces } = content;
  const inSymbol = parseSymbol(content.symbol);
  const rules: [boolean, string][] = [
    [content.template === receiptTemplate, 'the template is not EBL01'],
    [inSymbol !== undefined, 'the symbol has a wrong shape'],
    [inSymbol?.year === seriesYearOf(content.issuedAt), 'the symbol is of another year'],
    [isReceiptNumber(content.number), 'the number has no place in a series'],
    [[collector.name, collector.taxCode].every(isThere), 'the collecting organisation lacks its name or tax code'],
    [lines.length > 0 && lines.every(({ name }) => isThere(name)), 'a line lacks its name'],
    [lines.every(({ amount, quantity }) => amount.dong >= 0n && quantity >= 0 && Number.isFinite(quantity)), 'a line is negative'],
    [sumOf(lines.map(({ amount }) => amount)).equals(total), 'the lines do not add up to the total'],
    [!replaces || (isSymbol(replaces.symbol) && isReceiptNumber(replaces.number)), 'the replaced receipt has no name'],
  ];
  return rules.filter(([holds]) => !holds).map(([, fault]) => fault);
}

/**
 * A text as it stands in the XML: every run of white space and control characters is one space, and a half of a character becomes U+FFFD.
 * What else there is stays, so that a name is never altered.
 */
export const asWritten = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd').replace(/[\s\p{Cc}\ufffe\uffff]+/gu, ' ');

const isThere = (text: string): boolean => text.trim() !== '';

function partsOf(content: ReceiptContent): Part[] {
  const { collector, payerName, replaces } = content;
  return [
    ['TenBienLai', receiptTitles[content.kind]],
    ['LoaiKhoanThu', content.kind],
    ['KyHieuMau', content.template],
    ['KyHieu', content.symbol],
    ['So', content.number],
    ['NgayLap', dayOf(content.issuedAt)],
    ['ThoiDiemLap', content.issuedAt],
    ['DonViTienTe', 'VND'],
    [
      'ToChucThu',
      [
        ['TenToChuc', collector.name],
        ['MaSoThue', collector.taxCode],
        ['DonViThu', collector.unit],
        ['MaDonViThu', collector.unitCode],
      ],
    ],
    ...(payerName === undefined ? [] : [['NguoiNopTien', payerName] as const]),
    ['MaHoSo', content.dossierCode],
    ['MaNopTien', content.reference],
    ['MaHinhThucNop', content.method],
    ['HinhThucNop', methodsInWords(content)],
    ['DanhSachKhoanThu', linesOf(content)],
    ['TongTien', content.total.toString()],
    ['TongTienBangChu', amountInWords(content.total)],
    ...(replaces ? [['ThayThe', replacedOf(replaces)] as const] : []),
    ['MaTraCuu', content.lookupCode],
  ];
}

const linesOf = ({ lines }: ReceiptContent): Part[] =>
  lines.map((line, place) => [
    'KhoanThu',
    [
      ['SoThuTu', place + 1],
      ['MaKhoanThu', line.feeId],
      ['TenKhoanThu', line.name],
      ['SoLuong', line.quantity],
      ['SoTien', line.amount.toString()],
      ['SoTienBangChu', amountInWords(line.amount)],
    ],
  ]);

const replacedOf = (replaced: NonNullable<ReceiptContent['replaces']>): Part[] => [
  ['KyHieuMauCu', replaced.template],
  ['KyHieuCu', replaced.symbol],
  ['SoCu', replaced.number],
  ['NgayLapCu', replaced.issuedOn],
  ['LyDo', replaced.reason],
];

const elementOf = ([name, content]: Part): string =>
  `<${name}>${typeof content === 'object' ? content.map(elementOf).join('') : escaped(asWritten(String(content)))}</${name}>`;

/** The escapes of canonical XML in text; carriage returns are not left by then. */
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
