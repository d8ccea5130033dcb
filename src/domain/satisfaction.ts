// Satisfaction: one tap after a payment, counted by agency and day; nobody can tell whose it was.
import type { Day } from './time';

export const satisfactionChoices = ['good', 'fair', 'poor'] as const;
export type SatisfactionChoice = (typeof satisfactionChoices)[number];

/** The taps of one agency on one day. */
export type SatisfactionDay = { agencyCode: string; day: Day } & Record<SatisfactionChoice, number>;

export const isSatisfactionChoice = (text: unknown): text is SatisfactionChoice => satisfactionChoices.some((choice) => choice === text);
