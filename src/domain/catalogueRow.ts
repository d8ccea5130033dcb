// One row of a catalogue of procedures and their fees: its columns by their Vietnamese or English names, and what each cell means.
import { lastDayIn, priceIn, type CataloguePrice } from './cataloguePrice';
import type { ChargedKind, ScheduleChannel } from './fee';
import { shownOfBadRow, type RawRow, type RowFault } from './rawRow';
import { isSoundText } from './text';
import { parseDay, type Day } from './time';

/**
 * The columns, each under any of its names; case, accents, spaces and punctuation do not matter (`Mã TTHC`, `MaTTHC`, `procedureCode`).
 * `procedureCode` and `amount` must be there. The names of the national portal's own payload are among them.
 */
export const catalogueColumns = {
  procedureCode: ['Mã TTHC', 'Mã thủ tục', 'procedureCode', 'procedure'],
  procedureName: ['Tên TTHC', 'Tên thủ tục', 'Thủ tục', 'procedureName'],
  sectorCode: ['Mã lĩnh vực', 'sectorCode'],
  sectorName: ['Lĩnh vực', 'Tên lĩnh vực', 'sectorName', 'sector'],
  feeCode: ['Mã phí, lệ phí', 'Mã khoản thu', 'feeCode', 'feeId'],
  feeName: ['Tên phí, lệ phí', 'Tên khoản thu', 'Phí, lệ phí', 'feeName'],
  kind: ['Loại phí, lệ phí', 'Loại', 'kind', 'feeKind'],
  channel: ['Kênh thực hiện', 'Hình thức nộp', 'Cách nộp', 'channel'],
  amount: ['Mức thu', 'Giá', 'Số tiền', 'amount', 'price', 'fee'],
  currency: ['Đơn vị tiền', 'Loại tiền', 'currency'],
  note: ['Mô tả', 'Ghi chú', 'Diễn giải', 'note', 'description'],
  legalBasis: ['Căn cứ pháp lý', 'Căn cứ', 'legalBasis'],
  localityCode: ['Mã tỉnh', 'Địa phương', 'localityCode', 'locality'],
  validFrom: ['Hiệu lực từ', 'Ngày hiệu lực', 'validFrom', 'effectiveFrom'],
  validTo: ['Hiệu lực đến', 'Ngày hết hiệu lực', 'validTo', 'effectiveTo'],
} as const;
export type CatalogueColumn = keyof typeof catalogueColumns;

export interface CatalogueRow {
  readonly line: number;
  readonly procedureCode: string;
  /** Of a local variant of the code (`2.000815.000.00.00.H55`) or of its own column. */
  readonly localityCode?: string;
  readonly procedureName?: string;
  readonly sectorCode?: string;
  readonly sectorName?: string;
  readonly feeCode?: string;
  readonly feeName?: string;
  readonly kind?: ChargedKind;
  readonly channel?: ScheduleChannel;
  readonly amountText: string;
  readonly price: CataloguePrice;
  readonly note: string;
  readonly legalBasis: readonly string[];
  readonly validFrom?: Day;
  readonly validTo?: Day;
  /** The columns that were sent in decomposed Unicode; here they are composed. */
  readonly decomposed: readonly CatalogueColumn[];
}

export interface BadCatalogueRow {
  readonly line: number;
  readonly bad: RowFault | 'code' | 'amount' | 'text' | 'day';
  readonly text: string;
  /** As far as they can be read. */
  readonly procedureCode?: string;
  readonly feeName?: string;
}

const columnOfName: ReadonlyMap<string, CatalogueColumn> = new Map(
  columnNames().flatMap((column) => catalogueColumns[column].map((name) => [plain(name), column] as const)),
);
/** Codes of the national database begin with 1, 2, 3 or 5. */
const codePattern = /^([1235]\.\d{6})(?:\.\d{3}\.\d{2}\.\d{2}\.([GH]\d{2})(?:\.\d{2})?)?$/;
const longestCell = 4_000;

/** The column that a header names, if it names one. */
export const columnNamed = (header: string): CatalogueColumn | undefined => columnOfName.get(plain(header));

/** A typed row, or what is wrong with it. */
export function toCatalogueRow(raw: RawRow): CatalogueRow | BadCatalogueRow {
  if ('fault' in raw) {
    const [procedureCode] = /(?<![\d.])[1235]\.\d{6}(?!\d)/.exec(raw.text) ?? [];
    return { line: raw.line, bad: raw.fault, text: raw.text, ...optionalOf('procedureCode', procedureCode) };
  }
  const { line, cells } = raw;
  const cell = (column: CatalogueColumn): string => (cells[column] ?? '').normalize('NFC').trim();
  const [, procedureCode, province] = codePattern.exec(cell('procedureCode').toUpperCase()) ?? [];
  const bad = (why: BadCatalogueRow['bad'], shown: string): BadCatalogueRow => ({
    ...{ line, bad: why, text: shown.slice(0, shownOfBadRow) },
    ...optionalOf('procedureCode', procedureCode),
    ...text('feeName', cell('feeName').slice(0, shownOfBadRow)),
  });
  const given = columnNames().filter((column) => cells[column] !== undefined);
  const unsound = given.find((column) => cell(column).length > longestCell || !isSoundText(cell(column).replace(/[\n\r\t]/g, ' ')));
  if (unsound) return { line, bad: 'text', text: unsound, ...optionalOf('procedureCode', procedureCode) };
  if (procedureCode === undefined) return bad('code', cell('procedureCode'));
  const price = priceIn(cell('amount'), cell('currency'));
  if (price.kind === 'unreadable') return bad('amount', cell('amount'));
  const days = { validFrom: dayIn(cell('validFrom')), validTo: dayIn(cell('validTo')) };
  if (days.validFrom === null || days.validTo === null) return bad('day', `${cell('validFrom')} ${cell('validTo')}`);
  const locality = cell('localityCode').toUpperCase() || province;
  return {
    line,
    procedureCode,
    ...(locality && { localityCode: locality }),
    ...text('procedureName', cell('procedureName')),
    ...text('sectorCode', cell('sectorCode')),
    ...text('sectorName', cell('sectorName')),
    ...text('feeCode', cell('feeCode')),
    ...text('feeName', cell('feeName')),
    ...optionalOf('kind', kindIn(cell('kind'))),
    ...optionalOf('channel', channelIn(cell('channel'))),
    amountText: cell('amount'),
    price,
    note: cell('note'),
    legalBasis: cell('legalBasis')
      .split(/[;\n]/)
      .map((law) => law.trim())
      .filter(Boolean),
    ...optionalOf('validFrom', days.validFrom),
    ...optionalOf('validTo', days.validTo),
    decomposed: given.filter((column) => cells[column] !== cells[column]?.normalize('NFC')),
  };
}

/** The last day on which a row holds, by its own column or by its words. */
export const lastDayOf = ({ validTo, amountText, note }: CatalogueRow): Day | undefined => validTo ?? lastDayIn(`${amountText} ${note}`);

export const isBad = (row: CatalogueRow | BadCatalogueRow): row is BadCatalogueRow => 'bad' in row;

/** Letters and digits alone, without accents, in lower case: `Tên phí, lệ phí` and `TenPhiLePhi` are one. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]/g, '');
}

function columnNames(): CatalogueColumn[] {
  return Object.keys(catalogueColumns) as CatalogueColumn[];
}

/** `2026-11-21` or `21/11/2026`; undefined where there is none, null where it is no day. */
function dayIn(cell: string): Day | undefined | null {
  if (cell === '') return undefined;
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(cell) ?? [];
  const iso = day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : cell;
  return parseDay(iso) ?? null;
}

function kindIn(cell: string): ChargedKind | undefined {
  const word = plain(cell);
  return word === 'phi' ? 'phi' : word === 'lephi' ? 'le_phi' : undefined;
}

/** The portal counts them: 1 in person, 2 online, 3 by post. */
function channelIn(cell: string): ScheduleChannel | undefined {
  const word = plain(cell);
  if (['1', 'tructiep', 'counter'].includes(word)) return 'truc_tiep';
  if (['2', 'tructuyen', 'online'].includes(word)) return 'truc_tuyen';
  return ['3', 'buuchinh', 'dichvubuuchinh', 'buuchinhcongich', 'postal'].includes(word) ? 'buu_chinh' : undefined;
}

const text = <Name extends string>(name: Name, value: string): { [key in Name]?: string } =>
  (value === '' ? {} : { [name]: value }) as { [key in Name]?: string };

const optionalOf = <Name extends string, Value>(name: Name, value: Value | undefined): { [key in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { [key in Name]?: Value };
