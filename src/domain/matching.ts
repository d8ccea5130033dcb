// Matching: which obligation a transaction pays, or why none; every answer carries its proof.
import { referencesIn } from './reference';
import type { Unmatched } from './transaction';

/** The version of the rules below: a proof names it, so that an old decision can be explained by the rules of its day. */
export const matchingVersion = 1;

/** A reference that was found and exists, with what it names. */
export interface Candidate {
  reference: string;
  obligationIds: readonly string[];
}

/** Why it was decided so: enough to decide it again offline. */
export interface MatchProof {
  rule: 'exact_reference';
  version: number;
  found: readonly string[];
  known: readonly Candidate[];
}

export type Match = { kind: 'matched'; obligationId: string; proof: MatchProof } | { kind: 'unmatched'; why: Unmatched; proof: MatchProof };

/** Decides from the content and from every reference in it that was ever issued (open or not). Ambiguity goes to a person. */
export function matchTransaction(content: string, known: readonly Candidate[]): Match {
  const found = referencesIn(content);
  const proof: MatchProof = { rule: 'exact_reference', version: matchingVersion, found, known };
  const obligationIds = new Set(known.flatMap((candidate) => candidate.obligationIds));
  const [only, ...others] = obligationIds;
  if (only !== undefined && others.length === 0) return { kind: 'matched', obligationId: only, proof };
  return { kind: 'unmatched', why: found.length === 0 ? 'no_reference' : only === undefined ? 'unknown_reference' : 'ambiguous', proof };
}
