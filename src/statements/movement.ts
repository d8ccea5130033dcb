// One movement from the cells of its row, or why that row is rejected.
import { headerForm } from '../domain/headerForm';
import { Money } from '../domain/money';
import { amountIn, balanceIn, type ReadAmount } from './amount';
import { FormulaCell, isLongName, isTooLong, textOf, unwrapped, type Cell } from './cell';
import { beginningOf, dayIn, instantAt, secondIn, type ReadDay } from './day';
import type { RejectedReason, StatementColumn, StatementLayout, StatementRow } from './reader';
import { absolute, addedUp } from './totals';

/** The cells of the known columns; undefined where there is no such column or the row ends before it. */
export type MovementCells = Record<StatementColumn, Cell | undefined> & {
  /** Fees and taxes, where the layout has columns for them. */
  charges: readonly (Cell | undefined)[];
};

interface Spoilt {
  why: RejectedReason;
  cell?: Cell | undefined;
}

export type Sum = { amount: Money; direction: 'in' | 'out' } | Spoilt;

/** `day`: the row's own, or the one above it where the layout repeats it so; `sum`: as `sumIn` reads it. */
export function movementIn(row: number, at: MovementCells, day: ReturnType<typeof dayIn>, sum: Sum): StatementRow | Spoilt {
  if (hasFormula(at)) return { why: 'formula_cell' };
  if (typeof day === 'string') return { why: day === 'formula' ? 'formula_cell' : 'date_unreadable', cell: at.day };
  if ('why' in sum) return sum;
  const content = textIn(at.content);
  const bankReference = (at.reference === undefined ? '' : textIn(at.reference)) || (day.rest ?? '');
  const payerName = at.payerName === undefined ? '' : textIn(at.payerName);
  const payerAccount = at.payerAccount === undefined ? '' : textIn(at.payerAccount);
  if (isTooLong(content) || isLongName(bankReference) || isLongName(payerName) || isLongName(payerAccount)) {
    return { why: 'text_too_long', cell: at.content };
  }
  const { amount, direction } = sum;
  const movement: StatementRow = { row, direction, amount, day: day.day, bookedAt: bookedAtOf(at, day), content };
  if (bankReference) movement.bankReference = bankReference;
  if (payerName) movement.payerName = payerName;
  if (payerAccount) movement.payerAccount = payerAccount;
  const balance = at.balance === undefined ? undefined : balanceIn(at.balance);
  if (balance instanceof Money) movement.balanceAfter = balance;
  return movement;
}

const isFormula = (cell: Cell | undefined): boolean => typeof cell === 'object' && cell instanceof FormulaCell;

const hasFormula = (at: MovementCells): boolean =>
  isFormula(at.day) ||
  isFormula(at.time) ||
  isFormula(at.reference) ||
  isFormula(at.content) ||
  isFormula(at.debit) ||
  isFormula(at.credit) ||
  isFormula(at.amount) ||
  isFormula(at.direction) ||
  isFormula(at.balance) ||
  isFormula(at.payerName) ||
  isFormula(at.payerAccount);

/** The one amount of a row and its direction, or why there is none. */
export const sumIn = (layout: StatementLayout, at: MovementCells): Sum =>
  layout.headers.amount ? signedSum(layout, at) : twoSidedSum(layout, at);

/** A zero on the other side is as good as nothing there. */
function twoSidedSum(layout: StatementLayout, at: MovementCells): Sum {
  const debit = amountIn(at.debit);
  const credit = amountIn(at.credit);
  if (typeof debit === 'string') return { why: debit, cell: at.debit };
  if (typeof credit === 'string') return { why: credit, cell: at.credit };
  const isDebit = debit !== undefined && !debit.isZero();
  const isCredit = credit !== undefined && !credit.isZero();
  const charged = at.charges.find((cell) => !isNothing(amountIn(cell)));
  if (charged !== undefined) return isCredit ? { why: 'amount_both_sides', cell: charged } : chargedSum(at.charges, isDebit ? [debit] : []);
  if (isDebit && isCredit) return { why: 'amount_both_sides', cell: at.debit };
  const amount = isDebit ? debit : isCredit ? credit : undefined;
  if (!amount) return { why: 'amount_missing' };
  // A minus may mean the taking back of a debit, or be how this bank writes every debit: nobody can tell from the row.
  if (!amount.isPositive() && !(isDebit && layout.signsDebits)) return { why: 'amount_unreadable', cell: isDebit ? at.debit : at.credit };
  return { amount: absolute(amount), direction: isDebit === (layout.debitIs === 'out') ? 'out' : 'in' };
}

const isNothing = (amount: ReadAmount): boolean => amount === undefined || (amount instanceof Money && amount.isZero());

/** Fees and taxes move the balance together with the debit of their row, and have its sign; alone, with a plus, they might be interest. */
function chargedSum(charges: readonly (Cell | undefined)[], debit: readonly Money[]): Sum {
  const parts = [...debit];
  for (const cell of charges) {
    const charge = amountIn(cell);
    if (typeof charge === 'string') return { why: charge, cell };
    if (!charge || charge.isZero()) continue;
    if (charge.isPositive() !== (debit[0]?.isPositive() ?? false)) return { why: 'amount_unreadable', cell };
    parts.push(charge);
  }
  const amount = addedUp(parts.map(absolute));
  return amount ? { amount, direction: 'out' } : { why: 'amount_unreadable' };
}

/** One column of amounts: a word beside it says the direction, else its sign. */
function signedSum(layout: StatementLayout, at: MovementCells): Sum {
  const amount = amountIn(at.amount);
  if (typeof amount === 'string') return { why: amount, cell: at.amount };
  if (!amount || amount.isZero()) return { why: 'amount_missing' };
  if (!layout.headers.direction) return { amount: absolute(amount), direction: amount.isPositive() ? 'in' : 'out' };
  const word = directionOf(textOf(at.direction), layout);
  return word && amount.isPositive() ? { amount, direction: word } : { why: 'amount_unreadable', cell: word ? at.amount : at.direction };
}

function directionOf(text: string, { debitIs }: StatementLayout): 'in' | 'out' | undefined {
  if (text === '+') return 'in';
  if (text === '-') return 'out';
  const word = headerForm(text);
  if (/^(tien vao|vao|thu|in|nhan|den)\b/.test(word)) return 'in';
  if (/^(tien ra|ra|chi|out|chuyen|di)\b/.test(word)) return 'out';
  if (/^(d|dr|debit|no|ghi no)\b/.test(word)) return debitIs;
  return /^(c|cr|credit|co|ghi co)\b/.test(word) ? (debitIs === 'out' ? 'in' : 'out') : undefined;
}

const textIn = (cell: Cell | undefined): string => {
  const text = textOf(cell);
  return text.startsWith('="') ? unwrapped(text) : text;
};

/** The time may stand with the day, or in a column of its own, alone or with the day on which the payer paid. */
function bookedAtOf(at: MovementCells, { day, second }: ReadDay): StatementRow['bookedAt'] {
  if (at.time !== undefined && at.time !== '') {
    const alone = secondIn(textOf(at.time));
    if (alone !== undefined) return instantAt(day, alone);
    const told = dayIn(at.time);
    if (typeof told !== 'string' && told.second !== undefined) return instantAt(told.day, told.second);
  }
  return second === undefined ? beginningOf(day) : instantAt(day, second);
}
