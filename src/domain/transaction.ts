// Incoming transactions: one movement on one of our accounts, in our common form, and what became of it.
import type { Money } from './money';
import type { Instant } from './time';

export type TransactionState =
  /** kept, not yet judged */
  | 'received'
  /** every đồng of it is allocated */
  | 'applied'
  /** some đồng of it has no home yet */
  | 'unapplied'
  /** a person found a home for the rest */
  | 'resolved'
  /** money that left: never pays anything */
  | 'outgoing'
  /** not an account that this sender speaks for */
  | 'foreign'
  /** a provider's test call */
  | 'test';

export type Unmatched = 'no_reference' | 'unknown_reference' | 'ambiguous';

/** Why a transaction still has đồng without a home. */
export type UnappliedReason = Unmatched | 'excess' | 'duplicate' | 'after_cancel';

export interface Transaction {
  id: string;
  provider: string;
  providerId: string;
  accountId?: string;
  accountNumber: string;
  agencyCode?: string;
  amount: Money;
  content: string;
  bankReference?: string;
  bankTime: Instant;
  receivedAt: Instant;
  state: TransactionState;
  why?: UnappliedReason;
  proof?: unknown;
}
