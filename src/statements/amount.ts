// Amounts as banks write them: `1.000.000,00`, `1,000,000.00`, `1 000 000`, a number cell; whole đồng or not at all, and never a guess.
import { Money, vnd } from '../domain/money';
import { FormulaCell, NumberCell, wholeOf, type Cell } from './cell';
import type { RejectedReason } from './reader';

/** More digits than a sum of money may have. */
const mostDigits = 15;
const groups = String.raw`(\d{1,3})((?:\.\d{3})+|(?:,\d{3})+|(?: \d{3})+|(?:'\d{3})+)`;
const groupedWhole = new RegExp(`^${groups}$`);
const groupedWithFraction = new RegExp(`^${groups}([.,])(\\d{1,2}|0{4,})$`);
const plainWithFraction = /^(\d+)[.,](\d+)$/;

/** The signed amount, the reason why it is none, or undefined for a blank cell. */
export type ReadAmount = Money | RejectedReason | undefined;

/** A few amounts are most of all rows, because fees are the same for everybody. */
const known = new Map<string, Money>();
const mostKnown = 1_000;

export function amountIn(cell: Cell | undefined): ReadAmount {
  if (cell === '') return undefined;
  if (typeof cell === 'string') return known.get(cell) ?? newAmountIn(cell);
  if (cell === undefined) return undefined;
  if (cell instanceof FormulaCell) return 'formula_cell';
  return amountInNumber(cell);
}

/** The same without remembering it, for a column in which no amount comes twice. */
export const balanceIn = (cell: Cell | undefined): ReadAmount => (typeof cell === 'string' ? unknownAmountIn(cell) : amountIn(cell));

const unknownAmountIn = (text: string): ReadAmount => (/^\d{1,15}$/.test(text) ? vnd(Number(text)) : amountInText(text));

function newAmountIn(text: string): ReadAmount {
  const amount = unknownAmountIn(text);
  if (amount instanceof Money && known.size < mostKnown) known.set(text, amount);
  return amount;
}

/** The two styles at their plainest, which most cells are. */
const plainest = /^([1-9]\d{0,2}(?:,\d{3}){1,4})(?:\.00?)?$|^([1-9]\d{0,2}(?:\.\d{3}){1,4})(?:,00?)?$/;

function amountInNumber(cell: NumberCell): ReadAmount {
  if (cell.isDate) return 'amount_unreadable';
  const whole = wholeOf(cell.text);
  if (whole !== undefined) return signed(whole.replace('-', ''), whole.startsWith('-'));
  return Number.isFinite(Number(cell.text)) ? 'amount_not_whole' : 'amount_unreadable';
}

/**
 * One separator before exactly three digits parts thousands, in either style: `1.000` and `1,000` are a thousand đồng, for no bank writes
 * thousandths of one. A fraction is let pass only where it is nothing (`.00`).
 */
function amountInText(text: string): ReadAmount {
  const [, english, vietnamese] = plainest.exec(text) ?? [];
  if (english !== undefined) return vnd(Number(english.replaceAll(',', '')));
  if (vietnamese !== undefined) return vnd(Number(vietnamese.replaceAll('.', '')));
  const bare = text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  if (bare === '' || /^[-–—]$/.test(bare)) return undefined;
  if (bare.startsWith('=')) return 'formula_cell';
  const unsigned = withoutCurrency(bare);
  if (unsigned === undefined) return 'currency_foreign';
  const isNegative = /^[-−]|^\(.*\)$|-$/.test(unsigned);
  const digits = digitsIn(withoutCurrency(unsigned.replace(/^[-−+] ?|^\(|\)$| ?-$/g, '')) ?? '');
  return digits.startsWith('amount') ? (digits as RejectedReason) : signed(digits, isNegative);
}

/** Without the name of the đồng; undefined where it names another currency. */
function withoutCurrency(text: string): string | undefined {
  const bare = text.replace(/ ?(VN[DĐ]|đồng|đ|₫)$/iu, '').replace(/^(VN[DĐ]|₫) ?/iu, '');
  return /(?:^|[\d ])[A-Z]{3}$|^[A-Z]{3}(?=[\d ])|[$€£¥]/.test(bare) ? undefined : bare;
}

function digitsIn(text: string): string {
  if (/^\d+$/.test(text)) return text;
  const whole = groupedWhole.exec(text);
  if (whole) return joined(whole) ?? (/^0[.,]/.test(text) ? fractionOf('0', text.slice(2)) : 'amount_unreadable');
  const grouped = groupedWithFraction.exec(text);
  if (grouped) {
    const digits = joined(grouped);
    return digits === undefined || grouped[2]?.startsWith(grouped[3] ?? '') ? 'amount_unreadable' : fractionOf(digits, grouped[4] ?? '');
  }
  const plain = plainWithFraction.exec(text);
  return plain ? fractionOf(plain[1] ?? '', plain[2] ?? '') : 'amount_unreadable';
}

/** A group of thousands never begins with a zero. */
function joined([, first = '', rest = '']: RegExpExecArray): string | undefined {
  return first.startsWith('0') ? undefined : first + rest.replace(/\D/g, '');
}

const fractionOf = (whole: string, fraction: string): string => (/^0+$/.test(fraction) ? whole : 'amount_not_whole');

function signed(digits: string, isNegative: boolean): ReadAmount {
  const bare = digits.replace(/^0+(?=\d)/, '');
  if (bare.length > mostDigits) return 'amount_unreadable';
  return vnd(isNegative ? -BigInt(bare) : BigInt(bare));
}
