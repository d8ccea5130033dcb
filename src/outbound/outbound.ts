// The calls that we make to others, as one interface; tests put pretend objects in its place.
import type { Instant } from '../domain/time';

/** What a listener answered, or why none came. */
export type SubscriberAnswer = { kind: 'accepted'; status: number } | { kind: 'gone' } | { kind: 'failed'; why: string };

export interface SignedEvent {
  /** The same for every try: the receiver's idempotency key. */
  id: string;
  at: Instant;
  body: string;
}

export interface Outbound {
  subscriber: { post(url: string, secret: string, event: SignedEvent): Promise<SubscriberAnswer> };
}
