// The books: every entry has one cause; a posting has a debit, a credit and one amount, so that it balances by itself.
import type { Money } from './money';
import type { FeeItem } from './obligation';
import type { Instant } from './time';

export interface Posting {
  debit: string;
  credit: string;
  amount: Money;
}

export type EntryCause = 'obligation' | 'cancellation' | 'transaction' | 'cash' | 'resolution';

/** What one cause was booked as; the same cause is never booked twice. Each posting balances by itself. */
export interface Entry {
  cause: EntryCause;
  causeId: string;
  createdAt: Instant;
  postings: readonly Posting[];
}

/** Where the money of a transaction lies; `holder` is an account's id, or `gateway:<provider>`. */
export const moneyAt = (holder: string): string => (holder.startsWith('gateway:') ? holder : `bank:${holder}`);
export const cashAccount = (counterId: string): string => `cash:${counterId}`;
export const receivable = (obligationId: string): string => `receivable:${obligationId}`;
export const feeIncome = (feeId: string): string => `income:${feeId}`;
/** Tax that the State Treasury gets: of one budget sub-item, and never among phí and lệ phí. */
export const taxIncome = (subItem: string): string => `income:thue:${subItem}`;
/** Money that we hold and that belongs to no obligation yet: a liability, never income. */
export const unapplied = (holder: string): string => `unapplied:${holder}`;
/** Money that shall go back to its payer. */
export const refundable = (holder: string): string => `refundable:${holder}`;
/** Money that a person found to be somebody else's. */
export const notOurs = (holder: string): string => `not_ours:${holder}`;

interface Issued {
  id: string;
  feeItems: readonly FeeItem[];
}

/** The citizen owes: one posting a fee item, none for lines of 0 ₫. */
export const postingsOfIssue = ({ id, feeItems }: Issued): Posting[] =>
  postingsOf(feeItems.map((item) => ({ debit: receivable(id), credit: incomeOf(item), amount: item.amount })));

const incomeOf = (item: FeeItem): string => (item.kind === 'thue' ? taxIncome(item.subItem) : feeIncome(item.feeId));

/** The opposite of some postings. */
export const reversed = (postings: readonly Posting[]): Posting[] =>
  postings.map(({ debit, credit, amount }) => ({ debit: credit, credit: debit, amount }));

export const postingsOfCash = (counterId: string, obligationId: string, amount: Money): Posting[] => [
  { debit: cashAccount(counterId), credit: receivable(obligationId), amount },
];

/** Without those of nothing. */
export const postingsOf = (postings: readonly Posting[]): Posting[] => postings.filter((posting) => posting.amount.isPositive());
