// Deliveries: one webhook as received, byte for byte.
import type { Instant } from './time';

export type DeliveryState = 'received' | 'applied' | 'unreadable' | 'failed';

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
}
