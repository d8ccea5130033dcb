// That a person has seen a message or a movement that pays nothing; it changes nothing about money.
import type { Instant } from './time';
import type { Delivery } from './delivery';
import type { Transaction } from './transaction';

export interface Seen {
  /** Of a transaction or a delivery. */
  subjectId: string;
  officerId: string;
  at: Instant;
  reason?: string;
}

/** Movements that nobody has to decide about. What a gateway took back waits for a decision, and is not cleared by a look. */
export const canBeSeen = ({ state, why }: Pick<Transaction, 'state' | 'why'>): boolean =>
  state === 'foreign' || state === 'test' || (state === 'outgoing' && why === undefined);

export const waitsForALook = ({ state }: Pick<Delivery, 'state'>): boolean => state !== 'applied';
