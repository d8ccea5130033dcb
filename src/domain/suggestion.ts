// Suggestions: which open obligations an officer may look at first for money that nothing named. Never a decision.
import type { Credit } from './matching';
import type { Money } from './money';
import { payerIn } from './payer';
import { readingsOf } from './reading';
import { addMs, epochMsOf, type Instant } from './time';

/** A credit to find a home for. */
export interface StrayCredit extends Credit {
  /** Our account that it came to. */
  accountId?: string;
  /** The sender's account number when the provider tells it; else it is looked for in the content. */
  payerAccount?: string;
}

/** An obligation that could still be paid. */
export interface OpenObligation {
  obligationId: string;
  /** Every reference that names it. */
  references: readonly string[];
  outstanding: Money;
  /** The account on which its counter collects. */
  accountId?: string;
  /** When payment requests for it were opened at a counter. */
  offeredAt: readonly Instant[];
  /** Whoever the dossier is for, in whatever form the caller knows the same person again. */
  applicant?: string;
}

/** Learned from a payment that was matched: this account paid for this applicant. */
export interface PayerLink {
  payerAccount: string;
  applicant: string;
  paidAt: Instant;
}

export type SuggestionReason = 'same_amount' | 'offered_shortly_before' | 'same_counter_account' | 'near_reference' | 'payer_paid_before';

export interface Suggestion {
  obligationId: string;
  reasons: readonly SuggestionReason[];
  /** Points, only to rank by. */
  score: number;
}

export const mostSuggestions = 5;

/** A citizen pays while still at the counter, or soon after. */
export const shortlyMs = 30 * 60_000;
/** A payer is remembered half as well every ninety days: people change agents, and offices their applicants. */
const halfLifeMs = 90 * 86_400_000;

/** What each reason is worth; a payer's most recent habits count up to the whole. */
const points: Readonly<Record<SuggestionReason, number>> = {
  same_amount: 40,
  near_reference: 40,
  payer_paid_before: 30,
  offered_shortly_before: 20,
  same_counter_account: 5,
};

/** What is the same for every obligation that one credit is held against. */
interface Clues {
  credit: StrayCredit;
  from: Instant;
  at: Instant;
  references: ReadonlySet<string>;
  /** How well each applicant is remembered as this payer's: 0 to 1. */
  applicants: ReadonlyMap<string, number>;
}

/** At most five open obligations, the likeliest first and equals by id. `at` is the bank's time of the credit. */
export function suggestionsFor(
  credit: StrayCredit,
  open: readonly OpenObligation[],
  links: readonly PayerLink[],
  at: Instant,
): Suggestion[] {
  const references = new Set(readingsOf(credit.content).map((reading) => reading.reference));
  const clues = { credit, from: addMs(at, -shortlyMs), at, references, applicants: rememberedApplicants(credit, links, at) };
  return open
    .map((obligation) => suggestionOf(obligation, clues))
    .filter(({ reasons }) => reasons.some((reason) => reason !== 'same_counter_account')) // every one of the office has that
    .sort((a, b) => b.score - a.score || (a.obligationId < b.obligationId ? -1 : 1))
    .slice(0, mostSuggestions);
}

function suggestionOf(obligation: OpenObligation, clues: Clues): Suggestion {
  const weighed = Object.entries(weightsOf(obligation, clues)) as [SuggestionReason, number][];
  const scored = weighed
    .map(([reason, weight]) => ({ reason, score: Math.round(weight * points[reason]) }))
    .filter(({ score }) => score > 0);
  return {
    obligationId: obligation.obligationId,
    reasons: scored.map(({ reason }) => reason),
    score: scored.reduce((sum, { score }) => sum + score, 0),
  };
}

/** How far each reason holds: 0 to 1. */
function weightsOf(obligation: OpenObligation, { credit, from, at, references, applicants }: Clues): Record<SuggestionReason, number> {
  const { outstanding, offeredAt, accountId, applicant } = obligation;
  return {
    same_amount: Number(outstanding.isPositive() && outstanding.equals(credit.amount)),
    near_reference: Number(obligation.references.some((reference) => references.has(reference))),
    payer_paid_before: applicant === undefined ? 0 : (applicants.get(applicant) ?? 0),
    offered_shortly_before: Number(offeredAt.some((offered) => from <= offered && offered <= at)),
    same_counter_account: Number(accountId !== undefined && accountId === credit.accountId),
  };
}

function rememberedApplicants(credit: StrayCredit, links: readonly PayerLink[], at: Instant): Map<string, number> {
  const payer = credit.payerAccount ?? payerIn(credit.content)?.accountNumber;
  const remembered = new Map<string, number>();
  for (const { payerAccount, applicant, paidAt } of links) {
    if (payerAccount !== payer || paidAt > at) continue;
    const weight = 2 ** ((epochMsOf(paidAt) - epochMsOf(at)) / halfLifeMs);
    remembered.set(applicant, Math.min(1, (remembered.get(applicant) ?? 0) + weight));
  }
  return remembered;
}
