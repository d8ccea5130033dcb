// What a statement says of itself beside its movements: account, currency, opening and closing balance, stated sums and count.
import { headerForm } from '../domain/headerForm';
import { Money } from '../domain/money';
import { amountIn } from './amount';
import { FormulaCell, isBlank, textOf, type Cell } from './cell';
import { ControlTotals } from './totals';

type Label = 'account' | 'currency' | 'opening' | 'closing' | 'credits' | 'debits' | 'charges' | 'count' | 'sum' | 'subtotal' | 'other';

const credit = String.raw`(ghi co|phat sinh co|co|credits?|tien vao|gui vao|bao co|thu)`;
const debit = String.raw`(ghi no|phat sinh no|no|debits?|tien ra|rut ra|bao no|chi)`;

/** The first that fits decides. */
const labels: readonly (readonly [Label, RegExp])[] = [
  [
    'account',
    /^(so tai khoan|tai khoan so|tai khoan(?! (doi ung|dich|thu huong|nhan|gui|chuyen))|so tk|stk|account (no|number|num)|account(?! (name|type|holder|currency|balance|opening))|a c no|acct? no)\b/,
  ],
  ['currency', /^(loai tien( te)?|tien te|don vi tien te|ma tien te|currency|ccy)\b/],
  [
    'opening',
    /^(so du (dau|truoc)|du (no|co )?dau|so du (chuyen|mang) sang|opening|beginning|(balance )?brought forward|previous balance)\b/,
  ],
  ['closing', /^(so du cuoi|du (no|co )?cuoi|closing|ending|(balance )?carried forward)\b/],
  [
    'other',
    new RegExp(
      `^(tong )?(so (luong )?giao dich|so mon|number of|no of|so but toan)( \\w+)? ${credit}\\b|^(tong )?(so (luong )?giao dich|so mon|number of|no of|so but toan)( \\w+)? ${debit}\\b`,
    ),
  ],
  [
    'count',
    /^(tong so (giao dich|but toan|mon|dong)|so luong giao dich|total (number of )?transactions|number of transactions|transaction count)\b/,
  ],
  ['subtotal', /^((tong )?cong (ngay|trang|chuyen|mang|theo ngay)|tong (ngay|trang)|sub ?total|page total|daily total)\b/],
  ['credits', new RegExp(`^(tong|cong|total)( cong)?( so)?( tien)?( doanh so)?( phat sinh)?( amount)?( of)? ${credit}\\b`)],
  ['debits', new RegExp(`^(tong|cong|total)( cong)?( so)?( tien)?( doanh so)?( phat sinh)?( amount)?( of)? ${debit}\\b`)],
  ['charges', /^tong (phi|thue|vat)\b/],
  ['sum', /^(tong( (cong(?! ty)|so|phat sinh|doanh so|tien|gia tri).*)?|cong( phat sinh.*| doanh so.*)?|(grand )?total.*)$/],
];

export interface FoundLabel {
  label: Label;
  at: number;
}

/** The labels of a row; a label is in its own cell, or has its value after a colon in the same one. */
export function labelsIn(cells: readonly Cell[]): FoundLabel[] {
  return cells.flatMap((cell, at) => {
    if (typeof cell !== 'string' || cell === '' || /^[\d\s.,-]*$/.test(cell)) return [];
    const form = headerForm((cell.split(':')[0] ?? '').slice(0, 100));
    const label = labels.find(([, pattern]) => pattern.test(form))?.[0];
    return label ? [{ label, at }] : [];
  });
}

/** Keeps what the labels of a row tell. `sums`: the amounts that stand in the columns of the table. */
export function keepLabels(totals: ControlTotals, cells: readonly Cell[], found: readonly FoundLabel[], sums: ColumnSums): void {
  for (const { label, at } of found) {
    if (label === 'account') totals.firstAccount(accountIn(cells, at));
    else if (label === 'currency') totals.currency(wordAfter(cells, at));
    else if (label === 'opening') totals.opening(sums.balance ?? amountAfter(cells, at));
    else if (label === 'closing') totals.closing(sums.balance ?? amountAfter(cells, at));
    else if (label === 'credits') totals.state('statedCredits', amountAfter(cells, at) ?? sums.credit);
    else if (label === 'debits') totals.state('statedDebits', amountAfter(cells, at) ?? sums.debit);
    else if (label === 'charges') totals.charge(amountAfter(cells, at));
    else if (label === 'count') totals.count(amountAfter(cells, at));
    else if (label === 'sum') {
      totals.state('statedDebits', sums.debit);
      totals.state('statedCredits', sums.credit);
    }
  }
}

export interface ColumnSums {
  debit?: Money | undefined;
  credit?: Money | undefined;
  balance?: Money | undefined;
}

/** What follows the colon in the label's own cell, then the cells after it. */
function valuesAfter(cells: readonly Cell[], at: number): Cell[] {
  const own = cells[at];
  const colon = typeof own === 'string' ? own.indexOf(':') : -1;
  const after = colon >= 0 && typeof own === 'string' ? own.slice(colon + 1) : '';
  return [after, ...cells.slice(at + 1)].filter((cell) => !isBlank(cell));
}

function amountAfter(cells: readonly Cell[], at: number): Money | undefined {
  for (const cell of valuesAfter(cells, at)) {
    if (cell instanceof FormulaCell) return undefined;
    const amount = amountIn(cell);
    if (amount instanceof Money) return amount;
    if (typeof cell === 'string' && labelsIn([cell]).length > 0) return undefined; // the next label has its own value
  }
  return undefined;
}

/** Six digits and more, with the marks that people put between them; leading zeros stay. */
function accountIn(cells: readonly Cell[], at: number): string | undefined {
  const own = cells[at];
  const [value] = valuesAfter(cells, at);
  const candidates = typeof own === 'string' && !own.includes(':') ? [own, value] : [value];
  for (const cell of candidates) {
    const digits = /(?<!\d)\d(?:[ .-]?\d){5,24}(?!\d)/.exec(textOf(cell))?.[0].replace(/\D/g, '');
    if (digits) return digits;
  }
  return undefined;
}

const wordAfter = (cells: readonly Cell[], at: number): string | undefined => {
  const [value] = valuesAfter(cells, at);
  return value === undefined ? undefined : textOf(value);
};
