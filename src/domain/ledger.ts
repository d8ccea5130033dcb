// The books: every entry has one cause; a posting has a debit, a credit and one amount, so that it balances by itself.
import type { Money } from './money';
import type { FeeItem } from './obligation';
import type { Instant } from './time';

export interface Posting {
  debit: string;
  credit: string;
  amount: Money;
}

export type EntryCause =
  | 'obligation'
  | 'cancellation'
  | 'transaction'
  | 'cash'
  | 'resolution'
  | 'explanation'
  | 'refund'
  | 'shift'
  | 'cash_return'
  | 'deposit'
  | 'settlement'
  | 'remittance';

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
/** What the bank paid for the money that lay there: it belongs to what was collected, and no rate lets a unit keep it. */
export const interest = (holder: string): string => `interest:${holder}`;
/** Money on its way from one account of ours to another: what left one and came to the other add up to nothing. */
export const ownTransfers = 'own_transfers';
/** Money whose payer cannot be found: owed to the State budget. Decree 02/2026/NĐ-CP, Articles 9–11. */
export const owedToBudget = (holder: string): string => `owed_to_budget:${holder}`;
/** What the State Treasury paid back for us, out of the budget to which it had been handed on. */
export const paidByTreasury = (holder: string): string => `paid_by_treasury:${holder}`;
export const isPaidByTreasury = (account: string): boolean => account.startsWith(paidByTreasury(''));
export const isInterest = (account: string): boolean => account.startsWith(interest(''));
/** Cash that left the counters of an agency for its bank account. */
export const cashInTransit = (agencyCode: string): string => `cash_in_transit:${agencyCode}`;
/** Change money that the unit put into the drawers of its counters. */
export const cashFloat = (agencyCode: string): string => `cash_float:${agencyCode}`;
/** Cash that a count found missing, or too much of, in the drawers of an agency. */
export const cashShort = (agencyCode: string): string => `cash_short:${agencyCode}`;
export const cashOver = (agencyCode: string): string => `cash_over:${agencyCode}`;
/** What an agency has approved to hand over to the State budget, until it left the account. */
export const budgetPayable = (agencyCode: string): string => `budget_payable:${agencyCode}`;
/** What a gateway, or the bank, keeps for its work: borne by the unit, never by the citizen. */
export const gatewayFee = (provider: string): string => `gateway_fee:${provider}`;
export const bankFee = (accountId: string): string => `bank_fee:${accountId}`;
/** What left the account for a reason that a person states in words. */
export const otherExpense = (accountId: string): string => `other_expense:${accountId}`;

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
