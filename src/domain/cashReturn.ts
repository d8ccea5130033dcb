// Cash returned: an obligation that was paid in cash is withdrawn, and its money goes back over a counter; asked by one, approved by another.
import type { Money } from './money';
import type { Instant } from './time';

export const returnStates = ['asked', 'approved', 'refused', 'withdrawn', 'paid'] as const;
export type ReturnState = (typeof returnStates)[number];

export interface CashReturn {
  id: string;
  obligationId: string;
  /** Counts within the obligation, from 1: after one that was refused there may be another. */
  attempt: number;
  agencyCode: string;
  amount: Money;
  reason: string;
  askedBy: string;
  askedAt: Instant;
  /** In the order in which they were taken. */
  steps: readonly CashReturnStep[];
}

export interface CashReturnStep {
  state: Exclude<ReturnState, 'asked'>;
  by: string;
  at: Instant;
  reason?: string;
  /** In which it was paid out. */
  shiftId?: string;
}

/** Status is read, not set. */
export const returnStateOf = ({ steps }: Pick<CashReturn, 'steps'>): ReturnState => steps.at(-1)?.state ?? 'asked';

/** Whether it may still come to a payment. */
export const isReturnOpen = (one: Pick<CashReturn, 'steps'>): boolean => ['asked', 'approved'].includes(returnStateOf(one));
