// The books: every entry has one cause and balanced postings; a posting has a debit, a credit and one amount.
import type { Division } from './allocation';
import type { Money } from './money';
import type { Obligation } from './obligation';
import { dayOf, type Day, type Instant } from './time';

export interface Posting {
  debit: string;
  credit: string;
  amount: Money;
}

export type EntryCause = 'obligation' | 'cancellation' | 'transaction' | 'cash';

/** One balanced record with one cause; the same cause is never booked twice. */
export interface Entry {
  id: string;
  cause: EntryCause;
  causeId: string;
  day: Day;
  createdAt: Instant;
  postings: readonly Posting[];
}

export const bankAccount = (accountId: string): string => `bank:${accountId}`;
export const cashAccount = (counterId: string): string => `cash:${counterId}`;
export const receivable = (obligationId: string): string => `receivable:${obligationId}`;
export const feeIncome = (feeId: string): string => `income:${feeId}`;
/** Money that we hold and that belongs to no obligation yet: a liability, never income. */
export const unapplied = (accountId: string): string => `unapplied:${accountId}`;

/** The citizen owes: one posting a fee item, none for lines of 0 ₫. */
export const postingsOfIssue = (obligation: Obligation): Posting[] =>
  present(obligation.feeItems.map((item) => ({ debit: receivable(obligation.id), credit: feeIncome(item.feeId), amount: item.amount })));

/** The reversal of an issue. */
export const postingsOfCancellation = (obligation: Obligation): Posting[] =>
  postingsOfIssue(obligation).map(({ debit, credit, amount }) => ({ debit: credit, credit: debit, amount }));

/** Money arrived on an account: so much settles the obligation, the rest is held. */
export const postingsOfCredit = (accountId: string, obligationId: string, division: Pick<Division, 'amount' | 'excess'>): Posting[] =>
  present([
    { debit: bankAccount(accountId), credit: receivable(obligationId), amount: division.amount },
    { debit: bankAccount(accountId), credit: unapplied(accountId), amount: division.excess },
  ]);

/** Money arrived that no obligation claims. */
export const postingsOfUnmatched = (accountId: string, amount: Money): Posting[] => [
  { debit: bankAccount(accountId), credit: unapplied(accountId), amount },
];

export const postingsOfCash = (counterId: string, obligationId: string, amount: Money): Posting[] => [
  { debit: cashAccount(counterId), credit: receivable(obligationId), amount },
];

export const entryOf = (id: string, cause: EntryCause, causeId: string, at: Instant, postings: readonly Posting[]): Entry => ({
  id,
  cause,
  causeId,
  day: dayOf(at),
  createdAt: at,
  postings,
});

const present = (postings: readonly Posting[]): Posting[] => postings.filter((posting) => posting.amount.isPositive());
