// Deliveries: one webhook as received, byte for byte.
import type { Instant } from './time';

/** What became of an authentic webhook. Most providers want one reply to all of these, VNPAY and ZaloPay do not. */
export type Outcome = 'kept' | 'already_kept' | 'unreadable' | 'unknown_order' | 'wrong_amount';

export type DeliveryState = 'applied' | 'unreadable' | 'failed';

export interface Delivery {
  id: string;
  provider: string;
  /** Whose secret signed it: an account's id, or `default`. */
  owner: string;
  /** Of everything that the provider told, to know the same telling again. */
  digest: string;
  method: string;
  target: string;
  headers: Record<string, string | undefined>;
  body: Uint8Array;
  receivedAt: Instant;
  state: DeliveryState;
  problem?: string;
  /** What was answered, so that a repetition hears the same. */
  outcome?: Outcome;
}

/** A telling that was kept before, and what was answered to it. */
export interface KnownDelivery {
  id: string;
  digest: string;
  outcome: Outcome;
}
