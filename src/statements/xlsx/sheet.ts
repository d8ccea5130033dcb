// Reads the rows of one sheet as they are inflated.
import { FormulaCell, NumberCell, type Cell, type RowPiece, type TableRow } from '../cell';
import { longestRow, mostColumns, mostRows } from '../limits';
import { StatementRefused } from '../reader';
import { XmlWalk, type XmlListener } from '../xml';
import type { Archive } from './archive';
import type { Workbook } from './workbook';

/** `firstRow`: how many rows of sheets before it were counted already. `bytesRead` counts inflated bytes. */
export async function* sheetRows(
  archive: Archive,
  name: string,
  workbook: Workbook,
  firstRow: number,
): AsyncGenerator<RowPiece, undefined, undefined> {
  const rows = new SheetRows(workbook, firstRow);
  const xml = new XmlWalk(rows);
  const decoder = new TextDecoder('utf-8');
  let bytesRead = 0;
  for await (const chunk of archive.read(name)) {
    bytesRead += chunk.length;
    xml.take(decoder.decode(chunk, { stream: true }));
    yield { rows: rows.taken(), bytesRead };
  }
  xml.take(decoder.decode());
  xml.end();
  yield { rows: rows.taken(), bytesRead };
  return undefined;
}

interface OpenCell {
  column: number;
  type: string;
  style: number;
  isFormula: boolean;
}

class SheetRows implements XmlListener {
  private rows: TableRow[] = [];
  private row = 0;
  private cells: Cell[] = [];
  private isTooWide = false;
  private cell: OpenCell | undefined;
  private value = '';
  private isValue = false;
  private hints = 0;

  constructor(
    private readonly workbook: Workbook,
    private readonly firstRow: number,
  ) {}

  taken(): TableRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'c') this.beginCell(attributes);
    else if (name === 'v' || (name === 't' && this.hints === 0)) this.isValue = this.cell !== undefined;
    else if (name === 'f' && this.cell) this.cell.isFormula = true;
    else if (name === 'row') this.beginRow(attributes['r']);
    else if (name === 'rPh') this.hints++;
  }

  text(text: string): void {
    if (!this.isValue) return;
    if (this.value.length + text.length > longestRow * 2) throw new StatementRefused('too_large');
    this.value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.isValue = false;
    else if (name === 'c') this.endCell();
    else if (name === 'row') this.endRow();
    else if (name === 'rPh') this.hints--;
  }

  private beginRow(number: string | undefined): void {
    this.row = number !== undefined && /^\d{1,9}$/.test(number) ? Number(number) : this.row + 1;
    if (this.row > mostRows) throw new StatementRefused('too_many_rows');
    this.cells = [];
    this.isTooWide = false;
  }

  private beginCell({ r: place, t: type = 'n', s: style }: Readonly<Record<string, string>>): void {
    const column = place === undefined ? this.cells.length : columnOf(place);
    this.cell = { column, type, style: Number(style ?? 0), isFormula: false };
    this.value = '';
  }

  private endCell(): void {
    const { cell, value, cells } = this;
    this.cell = undefined;
    if (!cell || (value === '' && !cell.isFormula)) return;
    if (cell.column >= mostColumns) {
      this.isTooWide = true;
      return;
    }
    while (cells.length < cell.column) cells.push('');
    cells[cell.column] = this.cellOf(cell, value);
  }

  private cellOf({ type, style, isFormula }: OpenCell, value: string): Cell {
    if (isFormula) return new FormulaCell();
    if (type === 's') return this.workbook.texts[Number(value)] ?? '';
    if (type === 'inlineStr' || type === 'str' || type === 'd') return value;
    if (type === 'b' || type === 'e') return value;
    const format = this.workbook.formats[style];
    return new NumberCell(value, format?.isDate, this.workbook.is1904, format?.digits);
  }

  private endRow(): void {
    if (this.cells.length === 0 && !this.isTooWide) return;
    const row = this.firstRow + this.row;
    this.rows.push(this.isTooWide ? { row, cells: this.cells.slice(0, 1), fault: 'row_too_wide' } : { row, cells: this.cells });
  }
}

/** `C5` → 2. */
function columnOf(place: string): number {
  let column = 0;
  for (let at = 0; at < place.length && at < 8; at++) {
    const letter = place.charCodeAt(at) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column === 0 ? mostColumns : column - 1;
}
