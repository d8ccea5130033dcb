// Suggestions: which open obligations an officer may look at first for money that nothing named. Never a decision.
import { cluesIn, type Clues, type ReferenceReason, type Speaking } from './clue';
import { normalForm } from './contentLetters';
import { exactSum, mostAmounts } from './exactSum';
import type { Credit } from './matching';
import type { Money } from './money';
import { holdsName, isSameName, wordsOf } from './personName';
import { addMs, epochMsOf, type Instant } from './time';

/** A credit to find a home for. */
export interface StrayCredit extends Credit, Speaking {
  /** Our account that it came to. */
  accountId?: string;
}

/** An obligation that could still be paid. */
export interface OpenObligation {
  obligationId: string;
  /** Every reference that names it. */
  references: readonly string[];
  dossierNormalForm: string;
  outstanding: Money;
  /** The account on which its counter collects. */
  accountId?: string;
  issuedAt: Instant;
  /** When payment requests for it were opened at a counter. */
  offeredAt: readonly Instant[];
  /** Whoever the dossier is for. */
  applicant: string;
}

/** Learned from a payment that was matched: this account paid for this applicant. */
export interface PayerLink {
  payerAccount: string;
  applicant: string;
  paidAt: Instant;
}

export type SuggestionReason =
  | ReferenceReason
  | 'dossier_code'
  | 'payer_is_applicant'
  | 'applicant_in_content'
  | 'same_amount'
  | 'sum_of_applicant'
  | 'payer_paid_before'
  | 'offered_shortly_before'
  | 'same_counter_account';

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

/**
 * What each reason is worth; a payer's most recent habits count up to the whole. A code that somebody wrote outweighs all that a stranger may
 * share by chance: the amount, the hour and the account.
 */
const points: Readonly<Record<SuggestionReason, number>> = {
  exact_reference: 100,
  dossier_code: 80,
  bare_reference: 80,
  near_reference: 70,
  payer_is_applicant: 50,
  applicant_in_content: 40,
  same_amount: 40,
  sum_of_applicant: 30,
  payer_paid_before: 30,
  offered_shortly_before: 20,
  same_counter_account: 5,
};

/** What is the same for every obligation that one credit is held against. */
interface Bench {
  credit: StrayCredit;
  clues: Clues;
  words: readonly string[];
  from: Instant;
  at: Instant;
  /** How well each applicant is remembered as this payer's: 0 to 1. */
  applicants: ReadonlyMap<string, number>;
  /** Those that come to the amount together with others of their applicant. */
  summands: ReadonlySet<OpenObligation>;
}

/** At most five open obligations, the likeliest first, of equals the freshest. `at` is the last moment at which the credit may have been paid. */
export function suggestionsFor(
  credit: StrayCredit,
  open: readonly OpenObligation[],
  links: readonly PayerLink[],
  at: Instant,
): Suggestion[] {
  const clues = cluesIn(credit);
  const bench: Bench = {
    ...{ credit, clues, words: wordsOf(credit.content), from: addMs(at, -shortlyMs), at },
    applicants: rememberedApplicants(clues.payer.accountNumber, links, at),
    summands: summandsOf(open, credit.amount),
  };
  return [...open]
    .sort((a, b) => (keyOfAge(a, at) > keyOfAge(b, at) ? -1 : 1))
    .map((obligation) => suggestionOf(obligation, bench))
    .filter(({ reasons }) => reasons.some((reason) => reason !== 'same_counter_account')) // every one of the office has that
    .sort((a, b) => b.score - a.score)
    .slice(0, mostSuggestions);
}

/** By the last time before the credit at which it was issued or offered: whoever has just been asked to pay is who pays. */
const keyOfAge = ({ obligationId, issuedAt, offeredAt }: OpenObligation, at: Instant): string =>
  [[issuedAt, ...offeredAt].filter((time) => time <= at).reduce((last, time) => (time > last ? time : last), ''), obligationId].join(' ');

/** Those of one applicant that come to the amount together, two or more. */
function summandsOf(open: readonly OpenObligation[], amount: Money): Set<OpenObligation> {
  const groups = new Map<string, OpenObligation[]>();
  for (const one of open) {
    const key = normalForm(one.applicant);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return new Set([...groups.values()].flatMap((group) => summandsIn(group, amount)));
}

/** More than can be searched are asked only whether all of them together come to it. */
function summandsIn(group: readonly OpenObligation[], amount: Money): OpenObligation[] {
  if (group.length <= mostAmounts) return group.filter((one) => comesTo(withoutOne(group, one), amount.minus(one.outstanding)));
  const all = exactSum(outstandingsOf(group), amount);
  return all.kind === 'unique' ? group.filter((_, place) => all.places.length > 1 && all.places.includes(place)) : [];
}

const withoutOne = (group: readonly OpenObligation[], one: OpenObligation) => group.filter((other) => other !== one);
const outstandingsOf = (group: readonly OpenObligation[]): Money[] => group.map(({ outstanding }) => outstanding);
const comesTo = (group: readonly OpenObligation[], amount: Money): boolean => exactSum(outstandingsOf(group), amount).kind !== 'none';

function suggestionOf(obligation: OpenObligation, bench: Bench): Suggestion {
  const weighed = Object.entries(weightsOf(obligation, bench)) as [SuggestionReason, number][];
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
function weightsOf(obligation: OpenObligation, bench: Bench): Record<SuggestionReason, number> {
  const { outstanding, offeredAt, accountId, applicant } = obligation;
  const { credit, clues, words, from, at, applicants, summands } = bench;
  const named = obligation.references.map((reference) => clues.references.get(reference));
  const written = (['exact_reference', 'bare_reference', 'near_reference'] as const).find((how) => named.includes(how));
  const isPayer = isSameName(clues.payer.name ?? '', applicant);
  return {
    exact_reference: Number(written === 'exact_reference'),
    dossier_code: Number(clues.dossierCodes.includes(obligation.dossierNormalForm)),
    bare_reference: Number(written === 'bare_reference'),
    near_reference: Number(written === 'near_reference'),
    payer_is_applicant: Number(isPayer),
    applicant_in_content: Number(!isPayer && holdsName(words, applicant)),
    same_amount: Number(outstanding.isPositive() && outstanding.equals(credit.amount)),
    sum_of_applicant: Number(summands.has(obligation)),
    payer_paid_before: applicants.get(applicant) ?? 0,
    offered_shortly_before: Number(offeredAt.some((offered) => from <= offered && offered <= at)),
    same_counter_account: Number(accountId !== undefined && accountId === credit.accountId),
  };
}

function rememberedApplicants(payer: string | undefined, links: readonly PayerLink[], at: Instant): Map<string, number> {
  const remembered = new Map<string, number>();
  for (const { payerAccount, applicant, paidAt } of links) {
    if (payerAccount !== payer || paidAt > at) continue;
    const weight = 2 ** ((epochMsOf(paidAt) - epochMsOf(at)) / halfLifeMs);
    remembered.set(applicant, Math.min(1, (remembered.get(applicant) ?? 0) + weight));
  }
  return remembered;
}
