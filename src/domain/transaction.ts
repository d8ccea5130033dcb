// Incoming transactions: one movement on one of our accounts, in our common form, and what became of it.
import type { Money } from './money';
import type { Instant } from './time';

export const transactionStates = [
  /** every đồng of it is allocated */
  'applied',
  /** some đồng of it has no home yet */
  'unapplied',
  /** a person found a home for the rest */
  'resolved',
  /** money that left: never pays anything */
  'outgoing',
  /** not an account that this sender speaks for */
  'foreign',
  /** a provider's test call */
  'test',
] as const;
export type TransactionState = (typeof transactionStates)[number];

export type Unmatched = 'no_reference' | 'unknown_reference' | 'unknown_order' | 'ambiguous' | 'correction_unsure';

/** Why a transaction is put before a person: why it still has đồng without a home, or that a gateway takes back a payment with it. */
export type UnappliedReason = Unmatched | 'excess' | 'duplicate' | 'after_cancel' | 'taken_back' | 'taken_back_by_gateway';

/** How we came to know: a webhook told, or we found it in the bank's own list, or in a statement. */
export type Via = 'push' | 'pull' | 'statement';

export interface Transaction {
  id: string;
  provider: string;
  providerId: string;
  via: Via;
  /** Absent where a gateway holds the money, and where the account is not ours. */
  accountId?: string;
  accountNumber: string;
  agencyCode?: string;
  direction: 'in' | 'out';
  amount: Money;
  content: string;
  bankReference?: string;
  virtualAccount?: string;
  /** The id that a gateway had from us for this payment. */
  orderId?: string;
  payerName?: string;
  payerAccount?: string;
  bankTime: Instant;
  receivedAt: Instant;
  state: TransactionState;
  why?: UnappliedReason;
  proof?: unknown;
}

/** A transaction as it is first kept. `scope` is the account (with the feed, where one is named), or the sender, within which the provider's id is unique. */
export interface KeptTransaction extends Transaction {
  scope: string;
  deliveryId?: string;
  balanceAfter?: Money;
  /** See `bankIdentityOf`; the number tells twins apart, from 1. */
  bankIdentity?: string;
  occurrence?: number;
}

/** The scope of money that a gateway holds, of which its teller may speak. */
export const gatewayScope = 'gateway';

/** A movement with the balance of the account after it, where the source told one. */
export type ToldMovement = Pick<Transaction, 'id' | 'provider' | 'direction' | 'amount' | 'bankTime' | 'receivedAt'> & {
  balanceAfter?: Money;
};

/** What must not differ when a known transaction is told again. */
export type KnownTransaction = Pick<Transaction, 'id' | 'providerId' | 'amount' | 'direction' | 'orderId'>;

/** A kept transaction of a bank identity, as its own feed told of it, and what other feeds told of it later. */
export type IdentifiedTransaction = Pick<KeptTransaction, 'id' | 'provider' | 'scope' | 'content'> & {
  bankIdentity: string;
  tellings: readonly Telling[];
};

/** One line of tellings in which every transfer has one id: of two on one account, each tells of all transfers. */
export const feedOf = ({ provider, scope }: Pick<KeptTransaction, 'provider' | 'scope'>): string => `${provider} ${scope}`;

/** A later telling of a transaction that another feed had told of before. */
export interface Telling {
  provider: string;
  scope: string;
  providerId: string;
  transactionId: string;
  deliveryId?: string;
  via: Via;
  content: string;
  toldAt: Instant;
}

/** What matching knows of a transaction. An order id may itself carry our reference. */
export const creditOf = ({
  content,
  orderId,
  virtualAccount,
  amount,
}: Pick<Transaction, 'content' | 'orderId' | 'virtualAccount' | 'amount'>) => ({
  content: orderId === undefined ? content : `${content} ${orderId}`,
  amount,
  ...(orderId === undefined ? {} : { orderId }),
  ...(virtualAccount === undefined ? {} : { virtualAccount }),
});

/** Who holds the money of a transaction: an account of ours, or the gateway until it settles. The books name it so. */
export const holderOf = (transaction: Pick<Transaction, 'accountId' | 'provider'>): string =>
  transaction.accountId ?? `gateway:${transaction.provider}`;
