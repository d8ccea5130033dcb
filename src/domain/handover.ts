// Hand-over: what is still to be done with a receipt until the e-receipt provider has it, and the clock of the law after an outage.
import { epochMsOf, addMs, dayOf, type Day, type Instant } from './time';
import { workingDayAfter } from './workingDay';

export const handoverStates = ['to_sign', 'waiting', 'sent', 'refused'] as const;
export type HandoverState = (typeof handoverStates)[number];

export interface Handover {
  receiptId: string;
  state: HandoverState;
  attempts: number;
  nextAttemptAt: Instant;
  lastAnswer?: string;
  providerReference?: string;
  sentAt?: Instant;
}

/** The one that has waited longer for its turn comes first. */
export const byTurn = (one: Pick<Handover, 'nextAttemptAt'>, other: Pick<Handover, 'nextAttemptAt'>): number =>
  one.nextAttemptAt < other.nextAttemptAt ? -1 : 1;

/** A time in which the provider could not be reached. */
export interface Outage {
  startedAt: Instant;
  why: string;
  endedAt?: Instant;
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
/** The pauses after the first, second … failure; the last one again and again: a receipt is never given up. */
const pausesMs = [5 * secondMs, 30 * secondMs, 2 * minuteMs, 10 * minuteMs, 30 * minuteMs];

/** When to try again after so many failures. */
export function nextAttempt(attempts: number, now: Instant): Instant {
  const pauseMs = pausesMs[Math.min(attempts, pausesMs.length) - 1] ?? 0;
  return addMs(now, pauseMs + ((epochMsOf(now) % 100) / 1_000) * pauseMs); // up to a tenth longer, so that many do not come together
}

/** Decree 254/2026/NĐ-CP, Article 27(3): within three working days after the repair. */
const workingDaysAfterRepair = 3;

/** The last day on which what an outage held up may be sent. */
export const lastDayAfter = (repairedAt: Instant): Day => workingDayAfter(dayOf(repairedAt), workingDaysAfterRepair);
