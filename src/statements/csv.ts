// Reads separated values piece by piece; a row whose quotation marks make no sense is bad alone.
import Papa from 'papaparse';
import { chunkBytes } from './chunks';
import type { RowPiece, TableRow } from './cell';
import { TextPieces } from './encoding';
import { headerIn } from './layout';
import { longestRow, mostColumns, mostRows, mostRowsAboveHeader } from './limits';
import { StatementRefused, type RejectedReason, type StatementLayout } from './reader';

const separators = [',', ';', '\t', '|'] as const;
/** A row may go over so many lines, when its quoted cells hold line breaks. */
const mostLinesOfRow = 40;

/** Rows as they come. `layouts` tell the separator: it is the one that makes a known header appear. */
export async function* csvRows(
  chunks: AsyncIterable<Buffer>,
  layouts: readonly StatementLayout[],
): AsyncGenerator<RowPiece, undefined, undefined> {
  let text: TextPieces | undefined;
  let rows: CsvRows | undefined;
  let bytesRead = 0;
  for await (const chunk of chunks) {
    text ??= new TextPieces(chunk);
    bytesRead += chunk.length;
    const piece = text.take(chunk);
    rows ??= new CsvRows(piece, layouts);
    yield { rows: rows.take(piece), bytesRead };
  }
  if (rows && text) yield { rows: [...rows.take(text.end()), ...rows.end()], bytesRead };
  return undefined;
}

class CsvRows {
  private rest = '';
  private row = 0;
  private readonly separator: string;
  private readonly hasOldLineEnds: boolean;

  constructor(head: string, layouts: readonly StatementLayout[]) {
    this.hasOldLineEnds = head.includes('\r') && !head.includes('\n');
    this.separator = separatorOf(this.withPlainEnds(head), layouts);
  }

  take(piece: string): TableRow[] {
    const text = this.rest + piece;
    // A return at the very end may be the first half of a line's end.
    const cut = text.endsWith('\r') ? text.length - 1 : text.length;
    const whole = this.withPlainEnds(text.slice(0, cut));
    const { rows, rest } = this.rowsIn(whole);
    this.rest = rest + text.slice(cut);
    return rows;
  }

  end(): TableRow[] {
    const rest = this.withPlainEnds(this.rest).replace(/\r$/, '');
    this.rest = '';
    return rest === '' ? [] : this.carefulRows(rest, true).rows;
  }

  private withPlainEnds(text: string): string {
    if (!text.includes('\r')) return text;
    return this.hasOldLineEnds ? text.replaceAll('\r', '\n') : text.replaceAll('\r\n', '\n');
  }

  private rowsIn(text: string): { rows: TableRow[]; rest: string } {
    const { data, errors, meta } = parsed(text, this.separator);
    const rest = text.slice(meta.cursor);
    if (errors.length > 0 || rest.length > longestRow) return this.carefulRows(text, false);
    return { rows: data.map((cells) => this.rowOf(cells)), rest };
  }

  /** Line by line: a row takes in the next lines only where that makes sense of its quotation marks. */
  private carefulRows(text: string, isEnd: boolean): { rows: TableRow[]; rest: string } {
    const lines = text.split('\n');
    const rows: TableRow[] = [];
    const whole = isEnd ? lines.length : lines.length - 1; // the last line has no end yet
    let at = 0;
    while (at < whole) {
      const read = rowAt(lines, at, whole, this.separator);
      if (read === 'unfinished' && !isEnd) break;
      if (read === 'unfinished' || read === 'bad') rows.push(this.badRow(lines[at] ?? '', 'row_unreadable'));
      else rows.push(this.rowOf(read.cells));
      at += typeof read === 'string' ? 1 : read.lines;
    }
    const rest = lines.slice(at).join('\n');
    // What is longer than any row has lost its line's end: its beginning is told as bad, the rest is not gathered.
    return { rows, rest: rest.length > longestRow + chunkBytes ? rest.slice(0, longestRow + 1) : rest };
  }

  private rowOf(cells: readonly string[]): TableRow {
    if (cells.length > mostColumns) return this.badRow(cells[0] ?? '', 'row_too_wide');
    this.countRow();
    return { row: this.row, cells };
  }

  private badRow(text: string, fault: RejectedReason): TableRow {
    this.countRow();
    return { row: this.row, cells: [text.slice(0, 200)], fault };
  }

  private countRow(): void {
    this.row++;
    if (this.row > 4 * mostRows) throw new StatementRefused('too_many_rows');
  }
}

interface Parsed {
  data: string[][];
  errors: unknown[];
  meta: { cursor: number };
}

/** All rows of the text that have ended. */
const parsed = (text: string, delimiter: string): Parsed => new Papa.Parser({ delimiter, newline: '\n' }).parse(text, 0, true) as Parsed;

function rowAt(
  lines: readonly string[],
  at: number,
  end: number,
  separator: string,
): { cells: string[]; lines: number } | 'unfinished' | 'bad' {
  let text = '';
  for (let count = 1; count <= mostLinesOfRow; count++) {
    if (at + count > end) return 'unfinished';
    text += `${lines[at + count - 1] ?? ''}\n`;
    if (text.length > longestRow) return 'bad';
    const { data, errors } = parsed(text, separator);
    const [cells] = data;
    if (errors.length === 0 && data.length === 1 && cells) return { cells, lines: count };
  }
  return 'bad';
}

/** The separator under which a known header appears, else the one that makes the most cells with words in one row. */
function separatorOf(head: string, layouts: readonly StatementLayout[]): string {
  let best: { separator: string; words: number } = { separator: ',', words: 0 };
  for (const separator of separators) {
    const rows = parsed(head.slice(0, chunkBytes) + '\n', separator).data.slice(0, mostRowsAboveHeader);
    if (rows.some((cells, at) => cells.length <= mostColumns && headerIn(cells, rows[at - 1] ?? [], layouts))) return separator;
    const words = Math.max(0, ...rows.map((cells) => cells.filter((cell) => /\p{L}/u.test(cell)).length));
    if (words > best.words) best = { separator, words };
  }
  return best.separator;
}
