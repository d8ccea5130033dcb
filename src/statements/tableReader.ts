// Makes movements of the rows of a table: finds its header, reads what stands under it, and keeps totals from ever being movements.
import { headerForm } from '../domain/headerForm';
import { Money } from '../domain/money';
import type { Day } from '../domain/time';
import { FormulaCell, textOf, type Cell, type TableRow } from './cell';
import { headerIn, isRepeated, type Header, type Place } from './layout';
import { labelsIn, keepLabels, type ColumnSums, type FoundLabel } from './labels';
import { batchRows, mostRowsAboveHeader, shownOfCell } from './limits';
import { movementIn, sumIn, type MovementCells, type Sum } from './movement';
import { amountIn } from './amount';
import { dayIn } from './day';
import { periodIn } from './period';
import {
  StatementRefused,
  type RejectedReason,
  type RejectedRow,
  type StatementBatch,
  type StatementEnd,
  type StatementLayout,
  type StatementRow,
} from './reader';
import { ControlTotals, isForeign } from './totals';

/** Rows of an unknown table that a person is shown to map it: the fullest one, and some below. */
/** A day, a content and an amount: what has fewer cannot be mapped. */
const fewestColumns = 3;
const sampleRows = 6;
const rowsLookedAtForSample = 60;

export class TableReader {
  private header: Header | undefined;
  private isFirstTable = true;
  private headerOfFirst: Header | undefined;
  private above: readonly TableRow[] = [];
  private best: readonly TableRow[] = [];
  private lastDay: Day | undefined;
  private hasEnded = false;
  private rows: StatementRow[] = [];
  private rejected: RejectedRow[] = [];
  private rowCount = 0;
  private rejectedCount = 0;
  private readonly totals = new ControlTotals();

  constructor(private readonly layouts: readonly StatementLayout[]) {}

  /** Begins the next sheet of a workbook, which counts only where it has the same header as the first that had one. */
  nextTable(): void {
    this.keepSample();
    if (this.header) this.isFirstTable = false;
    this.header = undefined;
    this.above = [];
    this.hasEnded = false;
    this.lastDay = undefined;
  }

  /** Whether the rest of this table need not be read, because no header stood where one must. */
  get isLost(): boolean {
    return !this.header && this.above.length >= mostRowsAboveHeader;
  }

  take(row: TableRow): void {
    if (!this.header) this.seekHeader(row);
    else if (row.fault) this.reject(row.row, row.fault, row.cells[0]);
    else this.takeBodyRow(this.header, row);
  }

  get isFull(): boolean {
    return this.rows.length + this.rejected.length >= batchRows;
  }

  batch(bytesRead: number): StatementBatch {
    const { rows, rejected } = this;
    this.rows = [];
    this.rejected = [];
    return { rows, rejected, bytesRead };
  }

  /** Throws StatementRefused(`layout_unknown`) with rows for a person to map, where no table had a known header. */
  end(): StatementEnd {
    this.keepSample();
    if (!this.headerOfFirst) throw unknownLayout(this.best);
    const { rowCount, rejectedCount } = this;
    return { layout: this.headerOfFirst.layout.name, totals: this.totals.all(), rowCount, rejectedCount };
  }

  private seekHeader(row: TableRow): void {
    if (this.isLost) return;
    const header = headerIn(row.cells, this.above.at(-1)?.cells ?? [], this.layouts);
    if (!header) {
      this.above = [...this.above, row];
      return;
    }
    if (!this.isFirstTable && !isSameHeader(header, this.headerOfFirst)) {
      this.above = Array.from({ length: mostRowsAboveHeader }, () => row); // the same movements in another language
      return;
    }
    this.headerOfFirst ??= header;
    this.header = header;
    this.totals.hasCharges = header.charges.length > 0;
    for (const { cells } of this.above) keepLabels(this.totals, cells, labelsIn(cells), {});
    this.totals.period(periodIn(this.above));
  }

  private takeBodyRow(header: Header, { row, cells }: TableRow): void {
    const at = cellsUnder(header, cells);
    if (this.takePlain(header, row, cells, at)) return;
    const amounts = [at.debit, at.credit, at.amount];
    const mayMove = hasDigit(at.day) || amounts.some(hasDigit);
    if (!mayMove) {
      if (!isRepeated(header, cells)) this.keepLine(cells, at);
      return;
    }
    if (isCounting(cells)) return;
    const day = dayIn(at.day);
    const found = typeof day === 'string' || !isOneSided(at) ? labelsIn(cells) : balanceLineIn(cells, at);
    if (found.length > 0 && !namesMovement(header, at, found)) {
      this.keepLine(cells, at, found);
      return;
    }
    if (typeof day === 'string' && !this.isMovementWithout(day, header, at)) return;
    if (this.hasEnded && !amounts.some(hasDigit)) return; // when it was printed, and by whom
    const own = day === 'blank' && header.layout.fillsDatesDown && this.lastDay ? { day: this.lastDay } : day;
    this.takeMovement(row, at, own, sumIn(header.layout, at), cells[header.currencyAt]);
  }

  /** A row with its own day and one amount, as nearly all are. */
  private takePlain(header: Header, row: number, cells: readonly Cell[], at: MovementCells): boolean {
    const day = dayIn(at.day);
    if (typeof day === 'string') return false;
    const sum = sumIn(header.layout, at);
    if ('why' in sum || balanceLineIn(cells, at).length > 0) return false;
    this.takeMovement(row, at, day, sum, cells[header.currencyAt]);
    return true;
  }

  private takeMovement(row: number, at: MovementCells, day: ReturnType<typeof dayIn>, sum: Sum, currency: Cell | undefined): void {
    if (typeof day !== 'string') this.lastDay = day.day;
    const named = currency === undefined ? '' : textOf(currency);
    const foreign = this.totals.foreignCurrency ?? (isForeign(named) ? named : undefined);
    const found = foreign === undefined ? movementIn(row, at, day, sum) : { why: 'currency_foreign' as const, cell: foreign };
    if ('why' in found) return this.reject(row, found.why, found.cell);
    this.rows.push(found);
    this.rowCount++;
  }

  /** A row without a readable day is none of the table where it has no amount, or where the table has ended and it has no day at all. */
  private isMovementWithout(day: 'blank' | 'unreadable' | 'formula', header: Header, at: MovementCells): boolean {
    const hasAmount = [at.debit, at.credit, at.amount].some((cell) => hasDigit(cell));
    if (day !== 'blank') return hasAmount || day === 'formula' || /^\W*\d/.test(textOf(at.day));
    const names = textOf(at.reference) !== '' || textOf(at.content) !== '';
    if (header.layout.fillsDatesDown) return hasAmount && names && !this.hasEnded;
    if (hasAmount && !names) this.keepSums(at);
    return hasAmount && names && !this.hasEnded;
  }

  /** A line beside the movements: a balance, or sums, after which no date is repeated. */
  private keepLine(cells: readonly Cell[], at: MovementCells, found: readonly FoundLabel[] = labelsIn(cells)): void {
    keepLabels(this.totals, cells, found, sumsOf(at));
    if (found.some(({ label }) => label === 'sum' || label === 'closing')) this.hasEnded = true;
  }

  /** A row of sums without a word, as MB writes it. */
  private keepSums(at: MovementCells): void {
    const { debit, credit } = sumsOf(at);
    this.totals.state('statedDebits', debit);
    this.totals.state('statedCredits', credit);
    this.hasEnded = true;
  }

  private reject(row: number, why: RejectedReason, cell: Cell | undefined): void {
    const text = cell === undefined ? '' : textOf(cell).slice(0, shownOfCell);
    this.rejected.push({ row, why, ...(text && { cell: text }) });
    this.rejectedCount++;
  }

  private keepSample(): void {
    const rows = this.above.slice(0, rowsLookedAtForSample);
    const fullest = rows.reduce((best, { cells }, at) => (textsIn(cells) > textsIn(rows[best]?.cells ?? []) ? at : best), 0);
    const sample = rows.slice(fullest, fullest + sampleRows);
    if (textsIn(sample[0]?.cells ?? []) > textsIn(this.best[0]?.cells ?? [])) this.best = sample;
  }
}

/** A quick look at the first letters, for most rows have other contents. */
const balanceFirst = /^\s*(s|d|o|b|c|e)/i;
const balanceName = /^(so du (dau|cuoi)( ky| ngay| thang)?|du (dau|cuoi)( ky)?)?( ?(opening|closing|beginning|ending) balance)?$/;

const hasDigit = (cell: Cell | undefined): boolean =>
  cell !== undefined && (typeof cell !== 'string' || /\d/.test(cell) || cell.startsWith('='));

const isSameHeader = (header: Header, other: Header | undefined): boolean =>
  other !== undefined && header.layout.name === other.layout.name && header.forms.join('|') === other.forms.join('|');

/** `(1) (2) (3)` below a header. */
const isCounting = (cells: readonly Cell[]): boolean => {
  const texts = cells.map((cell) => textOf(cell)).filter(Boolean);
  return (
    texts.length > 2 &&
    texts.every((text, at) => Number(/^\(?(\d{1,2})\)?$/.exec(text)?.[1]) === at + Number(/\d+/.exec(texts[0] ?? '')?.[0]))
  );
};

/** A merged header stands over several places, of which one is filled. */
function cellsUnder({ columns, charges }: Header, cells: readonly Cell[]): MovementCells {
  return {
    day: cellUnder(columns.day, cells, true),
    time: cellUnder(columns.time, cells, false),
    reference: cellUnder(columns.reference, cells, false),
    content: cellUnder(columns.content, cells, false),
    debit: cellUnder(columns.debit, cells, true),
    credit: cellUnder(columns.credit, cells, true),
    amount: cellUnder(columns.amount, cells, true),
    direction: cellUnder(columns.direction, cells, false),
    balance: cellUnder(columns.balance, cells, true),
    payerName: cellUnder(columns.payerName, cells, false),
    payerAccount: cellUnder(columns.payerAccount, cells, false),
    charges: charges.map((at) => cells[at]),
  };
}

function cellUnder(place: Place | undefined, cells: readonly Cell[], needsDigit: boolean): Cell | undefined {
  if (!place) return undefined;
  const own = cells[place.at];
  if ((own !== undefined && own !== '') || place.until === place.at + 1) return own;
  return cells.slice(place.at + 1, place.until).find((cell) => cell !== '' && (!needsDigit || hasDigit(cell))) ?? own;
}

const amountOrNone = (cell: Cell | undefined): Money | undefined => {
  const amount = cell === undefined ? undefined : amountIn(cell);
  return amount instanceof Money ? amount : undefined;
};

/** Amounts in the columns of a line of sums; what a formula made of them is not told. */
const sumsOf = ({ debit, credit, balance }: MovementCells): ColumnSums => ({
  debit: amountOrNone(debit),
  credit: amountOrNone(credit),
  balance: amountOrNone(balance),
});

const isOneSided = (at: MovementCells): boolean => {
  const [debit, credit, amount] = [at.debit, at.credit, at.amount].map((cell) => isSomething(cell));
  return (debit !== credit && !amount) || (amount === true && !debit && !credit);
};

const isSomething = (cell: Cell | undefined): boolean => {
  if (cell === undefined || cell === '') return false;
  return cell instanceof FormulaCell || (hasDigit(cell) && !/^[0.,\s]*$/.test(textOf(cell)));
};

/** A dated line with one amount is a movement, whatever its content says, unless that is a balance's name alone and no other balance is told. */
function balanceLineIn(cells: readonly Cell[], at: MovementCells): FoundLabel[] {
  const content = at.content ?? '';
  if (typeof content !== 'string' || !balanceFirst.test(content)) return [];
  if (!balanceName.test(headerForm(content))) return [];
  const { debit, credit, balance } = sumsOf(at);
  const told = debit && !debit.isZero() ? debit : credit;
  const isBalance = balance === undefined || (told !== undefined && told.equals(balance));
  return isBalance ? labelsIn([content]).map(({ label }) => ({ label, at: cells.indexOf(content) })) : [];
}

/** A line whose reference is filled, by anything but the label itself, is a movement. */
function namesMovement(header: Header, at: MovementCells, found: readonly FoundLabel[]): boolean {
  const place = header.columns.reference;
  if (!place || textOf(at.reference) === '') return false;
  const isLabel = found.some((one) => one.at >= place.at && one.at < place.until) || labelsIn([at.reference ?? '']).length > 0;
  // `Tổng cộng` stands before its count, which lies under the reference.
  const isBeforeCount =
    found.some((one) => one.at < place.at && one.at !== header.columns.content?.at) && /^\d{1,6}$/.test(textOf(at.reference));
  return !isLabel && !isBeforeCount;
}

const textsIn = (cells: readonly Cell[]): number => cells.filter((cell) => /\p{L}/u.test(textOf(cell))).length;

function unknownLayout(rows: readonly TableRow[]): StatementRefused {
  const sample = rows.map(({ cells }) => cells.map((cell) => textOf(cell).slice(0, shownOfCell)));
  const headers = (sample[0] ?? []).filter((text) => text !== '').length;
  if (headers < fewestColumns) return new StatementRefused('not_a_statement');
  return new StatementRefused('layout_unknown', undefined, sample);
}
