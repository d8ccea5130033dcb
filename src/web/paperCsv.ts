// A paper as CSV (RFC 4180): one header, ISO dates, whole đồng without marks, and no text that a spreadsheet would run as a formula.
import { Money } from '../domain/money';
import type { PaperCell, PaperColumn, PaperRow, PaperSource } from '../domain/paper';
import { byteOrderMark, csvLine, inertText } from './csv';
import { machineText } from './paperText';
import { paperWords } from './paperWords';

/** The first column says in which part of the paper a row stands. */
export async function* paperCsv(source: PaperSource): AsyncGenerator<Uint8Array> {
  const { columns } = source.frame;
  const head = ['section', ...columns.map(({ name }) => name)].map((name) => paperWords(`column ${name}`, 'vi'));
  yield Buffer.from(`${byteOrderMark}${csvLine(head)}`);
  for await (const rows of source.rows()) {
    if (rows.length > 0) yield Buffer.from(rows.map((row) => csvLine(fieldsOf(row, columns))).join(''));
  }
}

const fieldsOf = ({ section, cells }: PaperRow, columns: readonly PaperColumn[]): string[] => [
  paperWords(`section ${section}`, 'vi'),
  ...cells.map((cell, place) => field(cell, columns[place]?.kind ?? 'text')),
];

/** A number of ours is a number; a text of anybody's stays a text. */
function field(cell: PaperCell, kind: PaperColumn['kind']): string {
  if (cell === undefined) return '';
  if (cell instanceof Money || typeof cell === 'number') return cell.toString();
  const text = typeof cell === 'object' ? cell.words.map((name) => paperWords(name, 'vi')).join('; ') : machineText(cell, kind);
  return inertText(text);
}
