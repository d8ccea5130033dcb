// Reads a JSON list of objects, or one object a line, piece by piece: each object is parsed alone, so that a bad one spoils only itself.
import { badRow, longestRow, NoTable, type RawRow, type RowFault, type RowReader } from './rawRow';

type ColumnOf = (header: string) => string | undefined;

/** How often what comes may be read again, where objects do not end; whatever was sent, one piece is read in milliseconds. */
const mostRereads = 8;
/** As much as may be saved up for it: the objects that a few bad ones held. */
const mostReread = 16 * longestRow;

/** `columnOf` gives the column of a field's name; what has none is left out. Numbers and truths become text; lists are joined. */
export const jsonReader = (columnOf: ColumnOf): RowReader => new JsonReader(columnOf);

class JsonReader implements RowReader {
  /** The object that is being read, as far as it has come. */
  private own = '';
  /** The brackets that must still close, the innermost last. */
  private open: string[] = [];
  private inString = false;
  private isEscaped = false;
  /** Objects and stray things so far. */
  private records = 0;
  private hasBegun = false;
  private isList = false;
  /** The last thing that stood outside of objects. */
  private lastOutside = '';
  private isSkipping = false;
  private rows: RawRow[] = [];
  /** The characters that may still be read again. */
  private rereadLeft = mostReread;

  constructor(private readonly columnOf: ColumnOf) {}

  take(piece: string): RawRow[] {
    this.rereadLeft = Math.min(mostReread, this.rereadLeft + mostRereads * piece.length);
    this.read(piece);
    return this.rows.splice(0);
  }

  end(): RawRow[] {
    const isWithin = this.open.length > 0;
    while (this.open.length > 0) this.giveUp('shape');
    if (!this.hasBegun) throw new NoTable('empty');
    if (this.isList ? this.lastOutside !== ']' : isWithin) throw new NoTable('truncated');
    return this.rows.splice(0);
  }

  private read(text: string): void {
    for (const character of text) {
      if (this.open.length === 0) this.outside(character);
      else this.inside(character);
    }
  }

  /** Between two objects. What stands there and is no list is said once. */
  private outside(character: string): void {
    if (character === '{') {
      [this.own, this.open, this.hasBegun, this.isSkipping] = [character, ['}'], true, false];
      this.records++;
      return;
    }
    if (/[\s\ufeff]/.test(character)) return;
    this.lastOutside = character;
    if (/[,[\]]/.test(character)) {
      this.isList ||= !this.hasBegun && character === '[';
      this.hasBegun ||= character === '[';
      return;
    }
    if (!this.hasBegun) throw new NoTable('not_a_list');
    if (!this.isSkipping) this.rows.push(badRow(++this.records, 'shape', character));
    this.isSkipping = true;
  }

  private inside(character: string): void {
    this.own += character;
    if (this.own.length > longestRow) return this.giveUp('too_long');
    if (this.inString) return this.inText(character);
    if (character === '"') this.inString = true;
    else if (character === '{') this.open.push('}');
    else if (character === '[') this.open.push(']');
    else if ((character === '}' || character === ']') && this.open.pop() !== character) return this.giveUp('shape');
    if (this.open.length === 0) this.rows.push(rowOf(this.own, this.records, this.columnOf));
  }

  private inText(character: string): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (character === '\\') this.isEscaped = true;
    else if (character === '"') this.inString = false;
    else if (character === '\n') this.giveUp('quotes');
  }

  /** An object that does not end is bad; what begins within it may be a row of its own. */
  private giveUp(fault: RowFault): void {
    const given = this.own;
    this.rows.push(badRow(this.records, fault, given));
    [this.own, this.open, this.inString, this.isEscaped, this.isSkipping] = ['', [], false, false, true];
    const next = given.indexOf('{', 1);
    if (next < 0 || given.length - next > this.rereadLeft) return;
    this.rereadLeft -= given.length - next;
    this.read(given.slice(next));
  }
}

function rowOf(text: string, record: number, columnOf: ColumnOf): RawRow {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null) return badRow(record, 'shape', text);
    const cells: Record<string, string> = {};
    for (const [name, value] of Object.entries(read)) {
      const column = columnOf(name);
      const cell = cellOf(value);
      if (column !== undefined && cell !== undefined) cells[column] = cell;
    }
    return { line: record, cells };
  } catch {
    return badRow(record, 'shape', text);
  }
}

function cellOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((one) => cellOf(one) ?? '').join('; ');
  return undefined;
}
