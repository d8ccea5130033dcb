// Reads comma-separated values (RFC 4180) piece by piece; cells are text and never formulas.
import { badRow, longestRow, NoTable, type RawRow, type RowReader } from './rawRow';

/** A row may go over so many lines, when its quoted cells hold line breaks. */
const mostLinesOfRow = 40;
const separators = [',', ';', '\t'] as const;

type ColumnOf = (header: string) => string | undefined;

/**
 * `columnOf` gives the name of a header's column; what has none is left out. The separator is the one that the header uses most.
 * A row whose quotation marks or number of cells are wrong is bad alone: reading goes on with the next line.
 */
export const csvReader = (columnOf: ColumnOf): RowReader => new CsvReader(columnOf);

class CsvReader implements RowReader {
  /** The beginning of a line whose end has not come. */
  private rest = '';
  private line = 0;
  /** Lines that may belong to one row. */
  private pending: string[] = [];
  private columns: readonly (string | undefined)[] | undefined;
  private separator = ',';

  constructor(private readonly columnOf: ColumnOf) {}

  take(piece: string): RawRow[] {
    const lines = (this.rest + piece).split('\n');
    this.rest = (lines.pop() ?? '').slice(0, longestRow + 1); // what cannot be a row is not gathered
    return this.takeLines(lines.map(withoutReturn));
  }

  end(): RawRow[] {
    const isCut = this.rest !== '';
    const last = isCut ? this.takeLines([withoutReturn(this.rest)]) : [];
    this.rest = '';
    const rows = [...last, ...this.settle(true)];
    if (this.columns === undefined) throw new NoTable('empty');
    const final = rows.at(-1);
    // A last line without an end that lacks cells, or the end of one, was cut off with all that came after it.
    if (isCut && final && 'fault' in final && final.line === this.line && this.isShort(final.text)) throw new NoTable('truncated');
    return rows;
  }

  private isShort(text: string): boolean {
    const cells = cellsOf(text, this.separator);
    return cells === undefined || cells.length < (this.columns?.length ?? 0);
  }

  private takeLines(lines: readonly string[]): RawRow[] {
    return lines.flatMap((one) => {
      this.line++;
      this.pending.push(one);
      return this.settle(false);
    });
  }

  /** The rows that the waiting lines make; what may still go on stays waiting. */
  private settle(isEnd: boolean): RawRow[] {
    const rows: RawRow[] = [];
    let at = 0;
    while (at < this.pending.length) {
      const first = this.line - this.pending.length + at + 1;
      const read = this.rowAt(at, first);
      if (read === 'unfinished' && !isEnd && this.pending.length - at < mostLinesOfRow) break;
      if (read === 'unfinished') rows.push(badRow(first, 'quotes', this.pending[at] ?? ''));
      else if (read.row) rows.push(read.row);
      at += read === 'unfinished' ? 1 : read.lines;
    }
    this.pending = this.pending.slice(at);
    return rows;
  }

  private rowAt(at: number, first: number): 'unfinished' | { lines: number; row?: RawRow } {
    const own = this.pending[at] ?? '';
    if (own.trim() === '') return { lines: 1 };
    if (this.columns === undefined) {
      this.readHeader(own);
      return { lines: 1 };
    }
    if (own.length > longestRow) return { lines: 1, row: badRow(first, 'too_long', own) };
    return this.joined(at, first);
  }

  private readHeader(text: string): void {
    this.separator = separatorOf(text);
    const cells = cellsOf(text, this.separator);
    if (!cells) throw new NoTable('header');
    this.columns = cells.map((cell) => this.columnOf(cell));
  }

  /** A row whose quotation marks are odd in number goes on in the next line; where that leads to no row, the first line alone is bad. */
  private joined(at: number, first: number): 'unfinished' | { lines: number; row: RawRow } {
    const own = this.pending[at] ?? '';
    let text = own;
    for (let count = 1; at + count <= this.pending.length && count <= mostLinesOfRow; count++) {
      if (count > 1) text += `\n${this.pending[at + count - 1] ?? ''}`;
      if (text.length > longestRow) return { lines: 1, row: badRow(first, 'quotes', own) };
      if (quotesIn(text) % 2 === 1) continue;
      const row = this.rowOf(text, first);
      return 'fault' in row && count > 1 ? { lines: 1, row: badRow(first, 'quotes', own) } : { lines: count, row };
    }
    return 'unfinished';
  }

  private rowOf(text: string, first: number): RawRow {
    const cells = cellsOf(text, this.separator);
    if (!cells) return badRow(first, 'quotes', text);
    if (cells.length !== this.columns?.length) return badRow(first, 'columns', text);
    return { line: first, cells: named(this.columns, cells) };
  }
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

function separatorOf(header: string): string {
  const counts = separators.map((one) => header.split(one).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}

function quotesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count;
}

function named(columns: readonly (string | undefined)[], cells: readonly string[]): Record<string, string> {
  const row: Record<string, string> = {};
  for (const [place, column] of columns.entries()) if (column !== undefined) row[column] = cells[place] ?? '';
  return row;
}

/** The cells of one row, or undefined where its quotation marks make no sense. */
function cellsOf(text: string, separator: string): string[] | undefined {
  if (!text.includes('"')) return text.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const cell = text[at] === '"' ? quotedAt(text, at) : plainAt(text, at, separator);
    if (!cell) return undefined;
    cells.push(cell.text.trim());
    if (cell.next === text.length) return cells;
    if (text[cell.next] !== separator) return undefined;
    at = cell.next + 1;
  }
}

function quotedAt(text: string, at: number): { text: string; next: number } | undefined {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 2)) {
    if (text[end + 1] !== '"') return { text: text.slice(at + 1, end).replaceAll('""', '"'), next: end + 1 };
  }
  return undefined;
}

function plainAt(text: string, at: number, separator: string): { text: string; next: number } | undefined {
  const found = text.indexOf(separator, at);
  const next = found < 0 ? text.length : found;
  const cell = text.slice(at, next);
  return cell.includes('"') ? undefined : { text: cell, next };
}
