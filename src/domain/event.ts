// Events: what we announce, after it happened.
import { snapshotOf, type BareObligation } from './obligation';
import type { Instant } from './time';

export const eventTypes = [
  'obligation.issued',
  'obligation.part_paid',
  'obligation.paid',
  'obligation.overpaid',
  'obligation.paid_late',
  'obligation.cancelled',
  'obligation.reopened',
  'payment_request.opened',
  'transaction.unapplied',
  'transaction.resolved',
  'refund.requested',
  'refund.approved',
  'refund.completed',
  'refund.reopened',
  'day.closed',
  'receipt.issued',
] as const;
export type EventType = (typeof eventTypes)[number];

export interface NewEvent {
  type: EventType;
  at: Instant;
  /** What it is about: an obligation, a payment request, a transaction. */
  subjectId: string;
  obligationId?: string;
  agencyCode?: string;
  counterId?: string;
  /** Of the subject: only grows. */
  version: number;
  payload: object;
}

/** An announced event; `id` grows in the order of commits. */
export type Event = Omit<NewEvent, 'payload'> & { id: number; payload: unknown };

/** The news of an obligation, with a snapshot; `counterId` is the counter whose screens show it. */
export const obligationEvent = (
  type: EventType,
  obligation: BareObligation,
  at: Instant,
  counterId: string | undefined = obligation.counterId,
  subjectId: string = obligation.id,
): NewEvent => ({
  type,
  at,
  subjectId,
  obligationId: obligation.id,
  agencyCode: obligation.agencyCode,
  ...(counterId ? { counterId } : {}),
  version: obligation.version,
  payload: snapshotOf(obligation),
});

/** One event that waits to be told to one subscriber. */
export interface DueDelivery {
  subscriberId: string;
  url: string;
  secretCiphertext: string;
  attempts: number;
  nextAttemptAt: Instant;
  event: Event;
}

export type DeliveryResult = 'delivered' | 'waiting' | 'given_up';
