// Letters: what the contact of a dossier is told when something changed, and how long we try to send it.
import type { Event, EventType } from './event';
import { vnd, type Money } from './money';
import { addMs, epochMsOf, type Instant } from './time';

/** After these the contact of the dossier is told; of receipts only one that replaces another. */
export const toldTypes = [
  'obligation.issued',
  'obligation.part_paid',
  'obligation.paid',
  'obligation.overpaid',
  'obligation.paid_late',
  'obligation.cancelled',
  'obligation.reopened',
  'receipt.issued',
  'refund.requested',
  'refund.approved',
  'refund.completed',
  'refund.reopened',
] as const satisfies readonly EventType[];
export type ToldType = (typeof toldTypes)[number];
export type LetterKind = ToldType | 'find_code';

export const letterStates = ['waiting', 'sent', 'given_up', 'for_nobody'] as const;
export type LetterState = (typeof letterStates)[number];

/** What a letter says; no personal data beyond the dossier code. */
export interface LetterText {
  subject: string;
  text: string;
}

/** In the queue. */
export interface Letter {
  /** `event-<number>` or `code-<mark>`: of each there is one at most. */
  id: string;
  kind: LetterKind;
  dossierId?: string;
  obligationId?: string;
  /** Encrypted; absent once the letter is sent or given up. */
  sealed?: string;
  state: LetterState;
  attempts: number;
  nextAttemptAt: Instant;
  giveUpAt: Instant;
  createdAt: Instant;
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
/** News that is older is none any more. */
export const letterLifeMs = 24 * hourMs;
/** The pauses after the first, second … failure; the last one again and again until the letter is given up. */
const pausesMs = [10 * secondMs, minuteMs, 5 * minuteMs, 15 * minuteMs, 30 * minuteMs, hourMs, 2 * hourMs];

/** When to try again after so many failures. */
export function nextLetterAttempt(attempts: number, now: Instant): Instant {
  const pauseMs = pausesMs[Math.min(attempts, pausesMs.length) - 1] ?? 0;
  return addMs(now, pauseMs + ((epochMsOf(now) % 100) / 1_000) * pauseMs); // up to a tenth longer, so that many do not come together
}

/** Of what an event tells, the amounts at that moment; zero where it tells none. */
export function amountsIn(payload: unknown): Record<'due' | 'paid' | 'outstanding' | 'over', Money> {
  const amounts = fieldOf(payload, 'amounts');
  const amount = (name: string): Money => {
    const value = fieldOf(amounts, name);
    return vnd(typeof value === 'number' && Number.isSafeInteger(value) ? value : 0);
  };
  return { due: amount('due'), paid: amount('paid'), outstanding: amount('outstanding'), over: amount('over') };
}

/** Of a refund: how much goes back, and whether the State Treasury pays it. */
export function refundIn(payload: unknown): { amount: Money; isTreasury: boolean } {
  const value = fieldOf(payload, 'amount');
  const amount = vnd(typeof value === 'number' && Number.isSafeInteger(value) ? value : 0);
  return { amount, isTreasury: fieldOf(payload, 'way') === 'treasury' };
}

/** Of an obligation: whether money for it was late at that moment. */
export function isLateIn(payload: unknown): boolean {
  const flags = fieldOf(payload, 'flags');
  return Array.isArray(flags) && flags.includes('late');
}

/** Whether the contact is told of it at `now`. That money was late stands in the letter that it has come. */
export const isTold = (event: Event, now: Instant): event is Event & { type: ToldType; obligationId: string } =>
  event.obligationId !== undefined &&
  toldTypes.some((type) => type === event.type) &&
  event.type !== 'obligation.paid_late' &&
  (event.type !== 'receipt.issued' || fieldOf(event.payload, 'replaces') !== undefined) &&
  addMs(event.at, letterLifeMs) > now;

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
