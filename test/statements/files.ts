// Files as banks make them, made by the tests: tables as CSV, HTML and workbooks; and how a file is read to its end.
import { strToU8, zipSync, type Zippable } from 'fflate';
import { readStatement } from '../../src/statements';
import {
  StatementRefused,
  type RejectedRow,
  type StatementEnd,
  type StatementLayout,
  type StatementRow,
} from '../../src/statements/reader';

/** A cell: a text, a number, a text in several runs of letters, a day's serial number, a number in its own spelling, or a formula with what was made of it. */
export type SampleCell =
  string | number | { runs: string[] } | { serial: number } | { formula: string; value: string } | { padded: number } | { written: string };
export type SampleTable = readonly (readonly SampleCell[])[];

export interface Reading extends StatementEnd {
  rows: StatementRow[];
  rejected: RejectedRow[];
}

/** Reads to the end; `pieceBytes`: in pieces of this size. */
export async function reading(bytes: Uint8Array | string, layouts: readonly StatementLayout[] = [], pieceBytes = 50_000): Promise<Reading> {
  const rows: StatementRow[] = [];
  const rejected: RejectedRow[] = [];
  const batches = readStatement(piecesOf(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, pieceBytes), layouts);
  for (;;) {
    const next = await batches.next();
    if (next.done) return { ...next.value, rows, rejected };
    rows.push(...next.value.rows);
    rejected.push(...next.value.rejected);
  }
}

/** The reason for which a file is refused, or what was read of it. */
export async function refusal(bytes: Uint8Array | string): Promise<string> {
  try {
    const { rows } = await reading(bytes);
    return `read ${rows.length} rows`;
  } catch (error) {
    if (error instanceof StatementRefused) return error.reason;
    throw error;
  }
}

async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export const csvOf = (table: SampleTable, separator = ','): string =>
  table.map((row) => row.map((cell) => quoted(textOf(cell), separator)).join(separator)).join('\r\n') + '\r\n';

const quoted = (text: string, separator: string): string =>
  text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export const htmlOf = (table: SampleTable, charset = 'utf-8'): string =>
  `<html><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}"></head><body><table border=1>${table
    .map((row) => `<tr>${row.map((cell) => `<td nowrap>${escaped(textOf(cell)).replaceAll('\n', '<br>')}</td>`).join('')}</tr>`)
    .join('\n')}</table></body></html>`;

function textOf(cell: SampleCell): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return String(cell);
  if ('runs' in cell) return cell.runs.join('');
  if ('serial' in cell) return dayOfSerial(cell.serial);
  if ('written' in cell) return cell.written;
  return 'padded' in cell ? String(cell.padded) : cell.formula;
}

/** Excel's day 46327 is 1 November 2026 as a text. */
export function dayOfSerial(serial: number): string {
  const [date = '', time = ''] = new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400) * 1000).toISOString().split('T');
  const day = date.split('-').reverse().join('/');
  return Number.isInteger(serial) ? day : `${day} ${time.slice(0, 8)}`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export interface WorkbookSettings {
  is1904?: boolean;
  /** `false`: texts in the cells themselves. */
  isShared?: boolean;
}

/** A workbook with a sheet for each table. */
export const workbookOf = (tables: readonly SampleTable[], settings: WorkbookSettings = {}): Uint8Array =>
  zipSync(partsOf(tables, settings), { level: 6 });

/** The parts of that workbook, for a test to spoil. */
export function partsOf(tables: readonly SampleTable[], { is1904 = false, isShared = true }: WorkbookSettings = {}): Zippable {
  const shared: string[] = [];
  const sheets = tables.map((table) => sheetOf(table, isShared ? shared : undefined));
  return {
    '[Content_Types].xml': strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="r"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets>${tables
        .map((_, at) => `<sheet name="S${at + 1}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
        .join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships>${tables.map((_, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`,
    ),
    'xl/styles.xml': strToU8(
      '<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="0000000000"/></numFmts>' +
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
    ),
    'xl/sharedStrings.xml': strToU8(`<sst>${shared.join('')}</sst>`),
    ...Object.fromEntries(sheets.map((sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, strToU8(sheet)])),
  };
}

export function sheetOf(table: SampleTable, shared?: string[]): string {
  const rows = table.map(
    (row, at) => `<row r="${at + 1}">${row.map((cell, column) => cellOf(cell, `${letterOf(column)}${at + 1}`, shared)).join('')}</row>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.join('')}</sheetData></worksheet>`;
}

function cellOf(cell: SampleCell, place: string, shared: string[] | undefined): string {
  if (cell === '') return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell !== 'string' && 'serial' in cell) return `<c r="${place}" s="1"><v>${cell.serial}</v></c>`;
  if (typeof cell !== 'string' && 'written' in cell) return `<c r="${place}"><v>${cell.written}</v></c>`;
  if (typeof cell !== 'string' && 'padded' in cell) return `<c r="${place}" s="2"><v>${cell.padded}</v></c>`;
  if (typeof cell !== 'string' && 'formula' in cell) return `<c r="${place}"><f>${escaped(cell.formula)}</f><v>${cell.value}</v></c>`;
  const runs = typeof cell === 'string' ? [cell] : cell.runs;
  const body =
    runs.length === 1
      ? `<t>${escaped(runs[0] ?? '')}</t>`
      : runs.map((run) => `<r><rPr><b/></rPr><t xml:space="preserve">${escaped(run)}</t></r>`).join('');
  if (!shared) return `<c r="${place}" t="inlineStr"><is>${body}</is></c>`;
  return `<c r="${place}" t="s"><v>${shared.push(`<si>${body}</si>`) - 1}</v></c>`;
}

const letterOf = (column: number): string =>
  (column >= 26 ? letterOf(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

/** The bytes of Windows-1258, which has the tone marks as characters of their own. */
export function windows1258(text: string): Uint8Array {
  const letters = new TextDecoder('windows-1258').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const byteOf = new Map(Array.from(letters, (letter, byte) => [letter, byte]));
  const bytes = Array.from(text.normalize('NFC')).flatMap((letter) => {
    if (byteOf.has(letter)) return [letter];
    const parts = letter.normalize('NFD');
    const tone = /[\u0300\u0301\u0303\u0309\u0323]/.exec(parts)?.[0] ?? '';
    return [parts.replace(tone, '').normalize('NFC'), tone];
  });
  return Uint8Array.from(bytes.map((letter) => byteOf.get(letter) ?? 63));
}
