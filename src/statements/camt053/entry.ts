// An entry of camt.053 and the movements that it is: one, or one for each of its transactions where their amounts make up the entry.
import type { Money } from '../../domain/money';
import { isLongName, isTooLong, lineOf } from '../cell';
import { beginningOf } from '../day';
import { shownOfCell } from '../limits';
import type { RejectedReason, RejectedRow, StatementRow } from '../reader';
import { addedUp, isForeign } from '../totals';
import { amountOf, dayOfText } from './leaves';

export interface Balance {
  kind?: string;
  amount?: string;
  currency?: string | undefined;
  mark?: string;
  day?: string;
}

export interface Entry {
  amount?: string;
  currency?: string | undefined;
  mark?: string;
  status?: string;
  booked?: string;
  valued?: string;
  ownReference?: string;
  bankReference?: string;
  words?: string;
  details: Detail[];
}

export interface Detail {
  amount?: string | undefined;
  currency?: string | undefined;
  mark?: string;
  bankReference?: string;
  transactionId?: string;
  endToEnd?: string | undefined;
  unstructured: string[];
  structured: string[];
  words?: string;
  debtor: Party;
  creditor: Party;
}

interface Party {
  name?: string;
  account?: string;
}

export const newEntry = (): Entry => ({ details: [] });
export const newDetail = (): Detail => ({ unstructured: [], structured: [], debtor: {}, creditor: {} });

type Found = StatementRow | RejectedRow;

/** `place`: of the first of them among all of the file. */
export function movementsOf(entry: Entry, place: number): Found[] {
  const rejected = (why: RejectedReason, cell?: string): Found[] => [
    { row: place, why, ...(cell && { cell: cell.slice(0, shownOfCell) }) },
  ];
  if (isForeign(entry.currency)) return rejected('currency_foreign', entry.currency);
  if (entry.amount === undefined) return rejected('amount_missing');
  const amount = amountOf(entry.amount);
  if (typeof amount === 'string') return rejected(amount, entry.amount);
  if (!amount.isPositive()) return rejected('amount_missing', entry.amount);
  // An entry that takes another one back has `RvslInd`; its mark says already which way the money goes.
  const direction = entry.mark === 'CRDT' ? 'in' : entry.mark === 'DBIT' ? 'out' : undefined;
  if (!direction) return rejected('amount_unreadable', entry.mark);
  const day = dayOfText(entry.booked ?? entry.valued ?? '');
  if (!day) return rejected('date_unreadable', entry.booked ?? entry.valued);
  const booking = { direction, day: day.day, bookedAt: day.at ?? beginningOf(day.day) } as const;
  const parts = partsOf(entry, amount) ?? [{ amount, details: entry.details }];
  return parts.map((part, index) => {
    const texts = textsOf(entry, part.details, direction, parts.length > 1);
    return texts
      ? { row: place + index, ...booking, amount: part.amount, ...texts }
      : { row: place + index, why: 'text_too_long' as const };
  });
}

/** The transactions of a batch, where each has its amount, all go the same way, and together they are the entry; else undefined. */
function partsOf(entry: Entry, amount: Money): { amount: Money; details: Detail[] }[] | undefined {
  if (entry.details.length < 2) return undefined;
  const parts: { amount: Money; details: Detail[] }[] = [];
  for (const detail of entry.details) {
    const own = detail.amount === undefined || isForeign(detail.currency) ? undefined : amountOf(detail.amount);
    if (own === undefined || typeof own === 'string' || !own.isPositive()) return undefined;
    if (detail.mark !== undefined && detail.mark !== entry.mark) return undefined;
    parts.push({ amount: own, details: [detail] });
  }
  return addedUp(parts.map((part) => part.amount))?.equals(amount) ? parts : undefined;
}

type Texts = Pick<StatementRow, 'content' | 'bankReference' | 'payerName' | 'payerAccount'>;

function textsOf(entry: Entry, details: readonly Detail[], direction: 'in' | 'out', isPart: boolean): Texts | undefined {
  const content = lineOf(details.map(contentOf).filter(Boolean).join(' ')) || lineOf(entry.words ?? '');
  const only = details.length === 1 ? details[0] : undefined;
  const others = only && (direction === 'in' ? only.debtor : only.creditor);
  const bankReference = lineOf(referenceOf(entry, only, isPart) ?? '');
  const payerName = lineOf(others?.name ?? '');
  const payerAccount = lineOf(others?.account ?? '');
  if (isTooLong(content) || [bankReference, payerName, payerAccount].some(isLongName)) return undefined;
  return { content, ...(bankReference && { bankReference }), ...(payerName && { payerName }), ...(payerAccount && { payerAccount }) };
}

/** A bank cuts a long content into parts of 140 characters, in the middle of words: they are joined as they are. */
function contentOf({ unstructured, structured, words }: Detail): string {
  const text = unstructured.join('');
  const more = structured.filter((reference) => !text.includes(reference));
  return [text, ...more].filter(Boolean).join(' ') || (words ?? '');
}

/** The bank's own reference; a part of a batch has its own or none, for the entry's is that of the whole. */
function referenceOf(entry: Entry, only: Detail | undefined, isPart: boolean): string | undefined {
  const own = only?.bankReference ?? (isPart ? (only?.transactionId ?? only?.endToEnd) : undefined);
  return own ?? entry.bankReference ?? only?.transactionId ?? entry.ownReference ?? only?.endToEnd;
}
