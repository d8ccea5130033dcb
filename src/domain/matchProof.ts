// The proof of a match: what was known of a credit and how it was judged, as plain JSON that is stored with the transaction.
import { hash } from 'node:crypto';
import type { Money } from './money';
import type { Reading } from './reading';
import { changesOf, type RuleChanges, type RuleSet } from './ruleSet';

/** What is known of a credit when it is judged. */
export interface Credit {
  content: string;
  amount: Money;
  /** The gateway's order that it pays. */
  orderId?: string;
  virtualAccount?: string;
}

/**
 * What names an obligation: a gateway's order, a virtual account, a reference read in the content, or that it is of the dossier of one that is
 * named so. Version 2 wrote `same_payer` for the last of them.
 */
export const namedBy = ['order', 'virtual_account', 'reference', 'same_dossier', 'same_payer'] as const;
export type NamedBy = (typeof namedBy)[number];

/** An obligation that a credit may mean, as it stood when the credit was judged. */
export interface Candidate {
  obligationId: string;
  by: NamedBy;
  /** The reference that names it; for `same_dossier` the obligation's own one. */
  reference: string;
  /** What could still be paid; zero when settled or cancelled. */
  outstanding: Money;
}

export type MatchRule =
  /** the gateway's order names one obligation, or several that come to the amount */
  | 'order'
  | 'virtual_account'
  /** one obligation by a reference exactly as written; the whole amount, whatever it is */
  | 'exact_reference'
  /** several obligations whose outstanding amounts, and no others', come to the amount */
  | 'exact_sum'
  /** the one reference of several obligations: each gets what it still asks for, and what is too much stays with one of them */
  | 'basket'
  /** a reference with one slip put right, and the amount agrees to the đồng */
  | 'corrected_reference';

/** Why an obligation that was looked at takes no share. */
export type Rejection =
  /** its reference is in no reading of the content */
  | 'not_read'
  | 'contradicts_order'
  | 'contradicts_virtual_account'
  /** another is named by something stronger */
  | 'named_more_weakly'
  | 'nothing_outstanding'
  | 'not_in_the_sum'
  | 'amount_differs'
  | 'as_likely_as_others';

/** A candidate as the proof keeps it; `outstanding` in whole đồng. */
export type ProvenCandidate = Omit<Candidate, 'outstanding'> & { outstanding: number };

/** Why it was decided so: enough to decide it again offline. The same whatever order the candidates came in. */
export interface MatchProof {
  /** The rule that matched; null when none did. */
  rule: MatchRule | null;
  version: number;
  /** The set of rules in force then, and how it differs from the first one; versions before 5 knew the first alone, and did not name it. */
  ruleSet?: { id: string; changes?: RuleChanges };
  /** Whole đồng. */
  amount: number;
  /** What names a candidate, and exact readings that name nothing we issued. */
  readings: readonly Reading[];
  candidates: readonly ProvenCandidate[];
  rejected: readonly { obligationId: string; why: Rejection }[];
  /** Over the proof and the credit: a checksum against careless edits, not a signature against clever ones. */
  digest: string;
}

/** Exact readings of unknown references that a proof keeps. */
const mostUnknownReadings = 20;
const digestLength = 22; // of base64url: 132 bits

/** The proof of a decision about a credit. `candidates` are sorted and distinct. */
export function proofOf(
  credit: Credit,
  readings: readonly Reading[],
  candidates: readonly Candidate[],
  decided: Pick<MatchProof, 'rule' | 'version' | 'rejected'> & { ruleSet?: RuleSet },
): MatchProof {
  const { rule, version, ruleSet, rejected } = decided;
  const undigested = {
    rule,
    version,
    ...(ruleSet ? { ruleSet: namedRuleSet(ruleSet) } : {}),
    amount: credit.amount.toJSON(),
    readings: readingsToKeep(readings, new Set(candidates.map((candidate) => candidate.reference))),
    candidates: candidates.map(({ obligationId, by, reference, outstanding }) => ({
      obligationId,
      by,
      reference,
      outstanding: outstanding.toJSON(),
    })),
    rejected,
  };
  return { ...undigested, digest: digestOf(credit, undigested) };
}

const namedSets = new WeakMap<RuleSet, NonNullable<MatchProof['ruleSet']>>();

/** Worked out once a set, not once a credit. */
function namedRuleSet(ruleSet: RuleSet): NonNullable<MatchProof['ruleSet']> {
  const before = namedSets.get(ruleSet);
  if (before) return before;
  const changes = changesOf(ruleSet);
  const named = { id: ruleSet.id, ...(Object.keys(changes).length > 0 ? { changes } : {}) };
  namedSets.set(ruleSet, named);
  return named;
}

function readingsToKeep(readings: readonly Reading[], known: ReadonlySet<string>): Reading[] {
  const sorted = readings.length < 2 ? readings : [...readings].sort((a, b) => (a.reference < b.reference ? -1 : 1));
  const unknown = sorted.filter(({ reference, how }) => how === 'exact' && !known.has(reference));
  const kept = [...sorted.filter(({ reference }) => known.has(reference)), ...unknown.slice(0, mostUnknownReadings)];
  return kept.map(({ reference, how, found }) => ({ reference, how, found }));
}

function digestOf({ content, orderId, virtualAccount }: Credit, undigested: object): string {
  const text = JSON.stringify([content, orderId ?? null, virtualAccount ?? null, undigested]);
  return hash('sha256', text, 'base64url').slice(0, digestLength);
}
