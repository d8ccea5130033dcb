// Explanations: what money that left an account of ours was for; each with a reason, a person or a rule, and a time.
import { sumOf, type Money } from './money';
import type { Instant } from './time';

export const explanationPurposes = ['refund', 'remittance', 'settlement', 'bank_fee', 'own_transfer', 'other'] as const;
export type ExplanationPurpose = (typeof explanationPurposes)[number];

export interface Explanation {
  id: string;
  transactionId: string;
  purpose: ExplanationPurpose | 'undo';
  /** The refund, the remittance, the payout that its gateway debited … */
  subjectId?: string;
  amount: Money;
  reason: string;
  by: string;
  at: Instant;
  /** The explanation that this one takes back. */
  undoes?: string;
}

/** Those that hold: neither taken back nor the taking back. */
export function standingExplanations(explanations: readonly Explanation[]): Explanation[] {
  const undone = new Set(explanations.flatMap(({ undoes }) => undoes ?? []));
  return explanations.filter(({ id, purpose }) => purpose !== 'undo' && !undone.has(id));
}

/** The refunds, remittances … that were found not to be what a movement was for. */
export function subjectsTakenBack(explanations: readonly Explanation[]): Set<string> {
  const standing = new Set(standingExplanations(explanations).map(({ subjectId }) => subjectId));
  return new Set(explanations.flatMap(({ subjectId }) => (subjectId === undefined || standing.has(subjectId) ? [] : subjectId)));
}

/** So much of a movement nobody has explained yet. */
export const unexplainedOf = (amount: Money, explanations: readonly Explanation[]): Money =>
  amount.minus(sumOf(standingExplanations(explanations).map((one) => one.amount)));
