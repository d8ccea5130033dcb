// Reads the tables of an HTML page, which several banks call `.xls`, as one list of rows; tables within tables too.
import { Parser } from 'htmlparser2';
import type { RowPiece, TableRow } from './cell';
import { TextPieces } from './encoding';
import { longestRow, longestSilence, mostColumns, mostRows } from './limits';
import { StatementRefused } from './reader';

/** People's pages forget to close tags, so this is deeper than what we let XML be. */
const deepest = 512;
const unread = new Set(['script', 'style', 'title']);

export async function* htmlRows(chunks: AsyncIterable<Buffer>): AsyncGenerator<RowPiece, undefined, undefined> {
  let text: TextPieces | undefined;
  const page = new HtmlPage();
  let bytesRead = 0;
  for await (const chunk of chunks) {
    text ??= new TextPieces(chunk);
    bytesRead += chunk.length;
    yield { rows: page.take(text.take(chunk)), bytesRead };
  }
  yield { rows: page.end(text?.end() ?? ''), bytesRead };
  return undefined;
}

/** A table that is open: its row so far, and how many rows each place is still covered from above. */
interface OpenTable {
  cells: string[] | undefined;
  cell: { text: string; columns: number; rows: number } | undefined;
  covered: number[];
  isTooLong: boolean;
}

class HtmlPage {
  private readonly tables: OpenTable[] = [newTable()];
  private rows: TableRow[] = [];
  private count = 0;
  private depth = 0;
  private unreadDepth = 0;
  private silence = 0;
  private readonly parser = new Parser(
    {
      onopentag: (name, attributes) => this.open(name, attributes),
      ontext: (text) => this.text(text),
      onclosetag: (name) => this.close(name),
      oncomment: () => (this.silence = 0),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );

  take(text: string): TableRow[] {
    this.silence += text.length;
    this.parser.write(text);
    if (this.silence > longestSilence) throw new StatementRefused('too_large');
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  end(text: string): TableRow[] {
    this.parser.write(text);
    this.parser.end();
    while (this.tables.length > 0) this.endTable();
    return this.rows;
  }

  private get table(): OpenTable {
    const table = this.tables.at(-1) ?? newTable();
    if (this.tables.length === 0) this.tables.push(table);
    return table;
  }

  private open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.silence = 0;
    if (++this.depth > deepest) throw new StatementRefused('too_deep');
    if (unread.has(name)) this.unreadDepth++;
    if (name === 'table') this.tables.push(newTable());
    else if (name === 'tr') this.beginRow();
    else if (name === 'td' || name === 'th') this.beginCell(attributes);
    else if (/^(br|p|div|li)$/.test(name)) this.text(' ');
  }

  private close(name: string): void {
    this.silence = 0;
    this.depth--;
    if (unread.has(name)) this.unreadDepth--;
    if (name === 'table') this.endTable();
    else if (name === 'tr') this.endRow();
    else if (name === 'td' || name === 'th') this.endCell();
  }

  private text(text: string): void {
    const { cell } = this.table;
    this.silence = 0;
    if (!cell || this.unreadDepth > 0) return;
    if (cell.text.length + text.length > longestRow) this.table.isTooLong = true;
    else cell.text += text;
  }

  private beginRow(): void {
    this.endRow();
    this.table.cells = [];
  }

  private beginCell(attributes: Readonly<Record<string, string>>): void {
    this.endCell();
    this.table.cells ??= [];
    this.table.cell = { text: '', columns: spanOf(attributes['colspan'], mostColumns), rows: spanOf(attributes['rowspan'], mostRows) };
  }

  private endCell(): void {
    const { table } = this;
    const { cell, cells } = table;
    if (!cell || !cells) return;
    table.cell = undefined;
    this.skipCovered(table, cells);
    for (let place = 0; place < cell.columns && cells.length <= mostColumns; place++) {
      table.covered[cells.length] = cell.rows - 1;
      cells.push(place === 0 ? cell.text.trim() : '');
    }
  }

  /** Places that a cell of a row above reaches down to are empty here. */
  private skipCovered(table: OpenTable, cells: string[]): void {
    for (let left = table.covered[cells.length]; left !== undefined && left > 0; left = table.covered[cells.length]) {
      table.covered[cells.length] = left - 1;
      cells.push('');
    }
  }

  private endRow(): void {
    this.endCell();
    const { table } = this;
    if (!table.cells) return;
    this.skipCovered(table, table.cells);
    this.count++;
    if (this.count > mostRows) throw new StatementRefused('too_many_rows');
    const isTooWide = table.cells.length > mostColumns;
    const fault = isTooWide ? ('row_too_wide' as const) : table.isTooLong ? ('text_too_long' as const) : undefined;
    this.rows.push({ row: this.count, cells: table.cells, ...(fault && { fault }) });
    table.cells = undefined;
    table.isTooLong = false;
  }

  private endTable(): void {
    this.endRow();
    this.tables.pop();
  }
}

const newTable = (): OpenTable => ({ cells: undefined, cell: undefined, covered: [], isTooLong: false });

function spanOf(text: string | undefined, most: number): number {
  const span = /^\d{1,7}$/.test(text ?? '') ? Number(text) : 1;
  return Math.min(Math.max(span, 1), most);
}
