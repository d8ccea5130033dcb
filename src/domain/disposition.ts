// Dispositions: money that belongs to no obligation, who looks after it, and until when it has to be decided.
import type { Money } from './money';
import type { Resolution } from './resolution';
import { addDays, dayOf, daysOfMonth, type Day, type Instant } from './time';
import type { Transaction } from './transaction';

export const dispositionKinds = ['unapplied', 'refund', 'not_ours', 'interest', 'to_budget'] as const;
export type DispositionKind = (typeof dispositionKinds)[number];

/** What a person decided of it, that leaves it without an obligation until it leaves the account. */
export const heldActions = ['not_ours', 'interest', 'to_budget'] as const satisfies readonly Resolution['action'][];

export interface Disposition {
  kind: DispositionKind;
  transaction: Transaction;
  amount: Money;
  /** Since when it is of this kind: as it came, or was decided. */
  since: Instant;
  dueOn: Day;
  /** The officer who looks after it; absent: the finance desk of its agency. */
  ownerId?: string;
  refundId?: string;
}

/** Unidentified money has to be given back, or to be handed to the budget, within so many days of its coming. */
const daysToDecide = 90;
/** Somebody is reminded so many days before. */
const daysOfWarning = 7;
/** Interest and what is owed to the budget are declared and paid by this day of the month after (Decree 252/2026, Article 10). */
const declarationDay = 20;

export function dueOnOf(kind: DispositionKind, { bankTime }: Pick<Transaction, 'bankTime'>, since: Instant): Day {
  if (kind !== 'interest' && kind !== 'to_budget') return addDays(dayOf(bankTime), daysToDecide);
  const nextMonth = addDays(daysOfMonth(dayOf(since).slice(0, 7)).to, 1);
  return addDays(nextMonth, declarationDay - 1);
}

export type Clock = 'running' | 'warning' | 'overdue';

/** `days` are those that are left, or that it is over. */
export function clockOf(dueOn: Day, today: Day): { clock: Clock; days: number } {
  const days = daysBetween(today, dueOn);
  return { clock: days < 0 ? 'overdue' : days <= daysOfWarning ? 'warning' : 'running', days: Math.abs(days) };
}

const dayMs = 86_400_000;
const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
