// Which elements of camt.053 are read, by their path, and what they say.
import { vnd, type Money } from '../../domain/money';
import { addMs, dayOf, parseDay, parseInstant, type Day, type Instant } from '../../domain/time';
import type { StatedPeriod } from '../period';
import type { RejectedReason } from '../reader';
import type { Balance, Detail, Entry } from './entry';

export type Leaves<Target> = ReadonlyMap<string, (target: Target, text: string, currency: string | undefined) => void>;

export const accountLeaves: ReadonlySet<string> = new Set(['Acct/Id/Othr/Id', 'Acct/Id/IBAN', 'Acct/Id/PrtryAcct/Id']);

export const summaryLeaves: ReadonlyMap<string, 'count' | 'statedCredits' | 'statedDebits'> = new Map([
  ['TxsSummry/TtlNtries/NbOfNtries', 'count'],
  ['TxsSummry/TtlCdtNtries/Sum', 'statedCredits'],
  ['TxsSummry/TtlDbtNtries/Sum', 'statedDebits'],
]);

export const balanceLeaves: Leaves<Balance> = new Map<string, (balance: Balance, text: string, currency: string | undefined) => void>([
  ['Tp/CdOrPrtry/Cd', (balance, text) => (balance.kind = text)],
  ['Amt', takeAmount],
  ['CdtDbtInd', (balance, text) => (balance.mark = text)],
  ['Dt/Dt', (balance, text) => (balance.day = text)],
  ['Dt/DtTm', (balance, text) => (balance.day = text)],
]);

export const entryLeaves: Leaves<Entry> = new Map<string, (entry: Entry, text: string, currency: string | undefined) => void>([
  ['Amt', takeAmount],
  ['CdtDbtInd', (entry, text) => (entry.mark = text)],
  ['Sts', (entry, text) => (entry.status = text)],
  ['Sts/Cd', (entry, text) => (entry.status = text)],
  ['BookgDt/Dt', (entry, text) => (entry.booked = text)],
  ['BookgDt/DtTm', (entry, text) => (entry.booked = text)],
  ['ValDt/Dt', (entry, text) => (entry.valued = text)],
  ['ValDt/DtTm', (entry, text) => (entry.valued = text)],
  ['NtryRef', (entry, text) => (entry.ownReference = text)],
  ['AcctSvcrRef', (entry, text) => (entry.bankReference = text)],
  ['AddtlNtryInf', (entry, text) => (entry.words = text)],
]);

/** An account or a name of either party; versions from .08 on put the name one level deeper. */
const partyLeaves = (party: 'Dbtr' | 'Cdtr', key: 'debtor' | 'creditor'): [string, (detail: Detail, text: string) => void][] => [
  [`RltdPties/${party}/Nm`, (detail, text) => (detail[key].name = text)],
  [`RltdPties/${party}/Pty/Nm`, (detail, text) => (detail[key].name = text)],
  [`RltdPties/${party}Acct/Id/Othr/Id`, (detail, text) => (detail[key].account = text)],
  [`RltdPties/${party}Acct/Id/IBAN`, (detail, text) => (detail[key].account = text)],
];

export const detailLeaves: Leaves<Detail> = new Map<string, (detail: Detail, text: string, currency: string | undefined) => void>([
  ['Amt', takeAmount],
  ['AmtDtls/TxAmt/Amt', (detail, text, currency) => (detail.amount === undefined ? takeAmount(detail, text, currency) : undefined)],
  ['CdtDbtInd', (detail, text) => (detail.mark = text)],
  ['Refs/AcctSvcrRef', (detail, text) => (detail.bankReference = text)],
  ['Refs/TxId', (detail, text) => (detail.transactionId = text)],
  ['Refs/EndToEndId', (detail, text) => (detail.endToEnd = text === 'NOTPROVIDED' ? undefined : text)],
  ['RmtInf/Ustrd', (detail, text) => detail.unstructured.push(text)],
  ['RmtInf/Strd/CdtrRefInf/Ref', (detail, text) => detail.structured.push(text)],
  ['AddtlTxInf', (detail, text) => (detail.words = text)],
  ...partyLeaves('Dbtr', 'debtor'),
  ...partyLeaves('Cdtr', 'creditor'),
]);

function takeAmount(
  target: { amount?: string | undefined; currency?: string | undefined },
  text: string,
  currency: string | undefined,
): void {
  target.amount = text;
  target.currency = currency;
}

/** An XML decimal: its point is always the decimal point, so that `1.000` is one đồng; nothing is ever multiplied by 100. */
export function amountOf(text: string): Money | RejectedReason {
  const [, whole, fraction = ''] = /^\+?(\d{1,18})(?:\.(\d{0,10}))?$/.exec(text) ?? [];
  if (whole === undefined) return 'amount_unreadable';
  if (/[1-9]/.test(fraction)) return 'amount_not_whole';
  return whole.replace(/^0+/, '').length > 15 ? 'amount_unreadable' : vnd(BigInt(whole));
}

/** A date, or a date with time; without a zone it is Vietnamese. */
export function dayOfText(text: string): { day: Day; at?: Instant } | undefined {
  const [, date = '', time, zone] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?))?(Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? [];
  const day = parseDay(date);
  if (!day || time === undefined) return day && { day };
  const at = parseInstant(`${date}T${time}${zone ?? '+07:00'}`);
  return at && { day: dayOf(at), at };
}

/** The days of `FrToDt`. A midnight at its end is the end of the day before. */
export function periodOf(from: string | undefined, to: string): StatedPeriod | undefined {
  const [first, last] = [dayOfText(from ?? ''), dayOfText(to)];
  if (!first || !last) return undefined;
  const toDay = last.at && first.day < last.day ? dayOf(addMs(last.at, -1)) : last.day;
  return first.day <= toDay ? { fromDay: first.day, toDay } : undefined;
}
