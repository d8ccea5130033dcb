// The fields of MT940: balances (:60F:, :62F:), statement lines (:61:) and what is told to the account owner (:86:).
import { vnd, type Money } from '../../domain/money';
import { parseDay, type Day } from '../../domain/time';
import { isLongName, isTooLong, lineOf } from '../cell';
import { beginningOf } from '../day';
import { shownOfCell } from '../limits';
import type { RejectedReason, RejectedRow, StatementRow } from '../reader';

export interface Line {
  text: string;
  /** The supplementary details on the lines below. */
  more: string;
}

export interface Content {
  text?: string;
  payerName?: string;
  payerAccount?: string;
}

/** Value day, entry day, mark (RC and RD take a credit or a debit back), funds code, amount, type and references. */
const statementLine = /^(\d{6})(\d{4})?(R?[CD])([A-Z])?(\d[\d.,]*)([A-Z][A-Z0-9]{3})?(.*)$/;
const balanceField = /^([CD])(\d{6})([A-Z]{3})(\d[\d,]*)$/;
/** A line of :86: holds so many characters: one that is full goes on in the next in the middle of a word. */
const fullLine = 65;
const subfield = /\?(\d{2})/;

export function balanceIn(text: string): { balance: Money; currency: string; day?: Day } | undefined {
  const [, mark, date = '', currency = '', amount = ''] = balanceField.exec(text.trim()) ?? [];
  const sum = amountOf(amount);
  if (mark === undefined || typeof sum === 'string') return undefined;
  const day = dayOfSix(date);
  return { balance: mark === 'D' ? sum.times(-1) : sum, currency, ...(day && { day }) };
}

export function movementOf(place: number, line: Line, content: Content): StatementRow | RejectedRow {
  const rejected = (why: RejectedReason): RejectedRow => ({ row: place, why, cell: line.text.slice(0, shownOfCell) });
  const [, value = '', entry, mark, , sum = '', , rest = ''] = statementLine.exec(line.text) ?? [];
  const valued = dayOfSix(value);
  const day = valued && (entry === undefined ? valued : entryDay(valued, entry));
  if (!day) return rejected('date_unreadable');
  const amount = amountOf(sum);
  if (typeof amount === 'string') return rejected(amount);
  if (!amount.isPositive()) return rejected('amount_missing');
  const text = content.text || lineOf(line.more);
  const bankReference = referenceIn(rest);
  const { payerName, payerAccount } = content;
  if (isTooLong(text) || [bankReference, payerName, payerAccount].some((one) => one !== undefined && isLongName(one)))
    return rejected('text_too_long');
  return {
    row: place,
    direction: mark === 'C' || mark === 'RD' ? 'in' : 'out',
    amount,
    day,
    bookedAt: beginningOf(day),
    content: text,
    ...(bankReference && { bankReference }),
    ...(payerName && { payerName }),
    ...(payerAccount && { payerAccount }),
  };
}

/** The content in one line, or the remittance, name and account of its subfields (`?20`–`?29`, `?32`, `?31`). */
export function contentIn(lines: readonly string[]): Content {
  const text = lines.reduce((all, line, at) => all + (at > 0 && (lines[at - 1] ?? '').length < fullLine ? ' ' : '') + line, '');
  if (!/^\d{0,3}\?\d{2}/.test(text)) return { text: lineOf(text) };
  const parts = lines.join('').split(subfield);
  const fields = parts.flatMap((part, at): [string, string][] => (at % 2 === 1 ? [[part, parts[at + 1] ?? '']] : []));
  const joined = (isOne: (code: string) => boolean): string =>
    lineOf(fields.flatMap(([code, value]) => (isOne(code) ? [value] : [])).join(''));
  const payerName = joined((code) => code === '32' || code === '33');
  const payerAccount = joined((code) => code === '31');
  const remittance = joined((code) => /^(2\d|6[0-3])$/.test(code));
  return { text: remittance || lineOf(text), ...(payerName && { payerName }), ...(payerAccount && { payerAccount }) };
}

/** A comma is the decimal mark and may end the amount: `180000,`. Points do not belong here. */
function amountOf(text: string): Money | RejectedReason {
  const [, whole, fraction = ''] = /^(\d{1,15})(?:,(\d{0,3}))?$/.exec(text) ?? [];
  if (whole === undefined) return 'amount_unreadable';
  return /[1-9]/.test(fraction) ? 'amount_not_whole' : vnd(BigInt(whole));
}

const dayOfSix = (text: string): Day | undefined =>
  /^\d{6}$/.test(text) ? parseDay(`20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}`) : undefined;

/** The entry day has no year: it is the one nearest to the value day. */
function entryDay(valued: Day, monthDay: string): Day | undefined {
  const year = Number(valued.slice(0, 4));
  const days = [year - 1, year, year + 1].flatMap((one) => parseDay(`${one}-${monthDay.slice(0, 2)}-${monthDay.slice(2)}`) ?? []);
  const distance = (day: Day): number => Math.abs(Date.parse(day) - Date.parse(valued));
  return days.sort((a, b) => distance(a) - distance(b))[0];
}

/** What follows `//` is the bank's; `NONREF` is nothing. Never cut. */
function referenceIn(rest: string): string | undefined {
  const at = rest.indexOf('//');
  const own = lineOf(at < 0 ? rest : rest.slice(0, at));
  const bank = at < 0 ? '' : lineOf(rest.slice(at + 2));
  return bank || (own === 'NONREF' ? undefined : own || undefined);
}
