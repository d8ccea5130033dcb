// What a stored proof says, in one shape for every version of the rules; and whether it still leads to the same decision.
import { z } from 'zod';
import { namedBy, type MatchRule, type NamedBy, type Rejection } from '../domain/matchProof';
import { matchingVersions, type Share } from '../domain/matching';
import { vnd, type Money } from '../domain/money';
import { slips, type Reading } from '../domain/reading';
import { rederive } from '../domain/rederivation';
import { firstRuleSetId } from '../domain/ruleSet';
import { creditOf, type Transaction, type UnappliedReason } from '../domain/transaction';

export interface ProofView {
  version: number;
  /** The rule set that was in force: the first one, where the proof names none. */
  ruleSetId: string;
  /** None: it waits for a person, for `why`. */
  rule: MatchRule | undefined;
  why: UnappliedReason | undefined;
  readings: readonly Reading[];
  candidates: readonly ProofCandidate[];
  /** Whether the rules of its own version lead to it again. */
  holds: boolean;
}

/** An obligation that was looked at; it got a share, or was rejected. */
export interface ProofCandidate {
  obligationId: string;
  reference: string;
  by: NamedBy;
  /** As it stood when the credit was judged; version 1 did not write it down. */
  outstanding?: Money;
  share?: Money;
  rejected?: Rejection;
}

const rules = [
  'order',
  'virtual_account',
  'exact_reference',
  'exact_sum',
  'basket',
  'corrected_reference',
] as const satisfies readonly MatchRule[];
const rejections = [
  'not_read',
  'contradicts_order',
  'contradicts_virtual_account',
  'named_more_weakly',
  'nothing_outstanding',
  'not_in_the_sum',
  'amount_differs',
  'as_likely_as_others',
] as const satisfies readonly Rejection[];

const first = z
  .object({
    version: z.literal(1),
    found: z.array(z.string()),
    known: z.array(z.object({ reference: z.string(), obligationIds: z.array(z.string()) })),
  })
  .transform(({ version, found, known }) => ({
    version,
    rule: 'exact_reference' as const,
    readings: found.map((reference) => ({ reference, how: 'exact' as const, found: reference })),
    candidates: known.flatMap(({ reference, obligationIds }) =>
      obligationIds.map((obligationId): ProofCandidate => ({ obligationId, reference, by: 'reference' })),
    ),
    rejected: [],
  }));

const later = z.object({
  version: z.literal(matchingVersions),
  ruleSet: z.object({ id: z.string() }).optional(),
  rule: z.enum(rules).nullable(),
  readings: z.array(z.object({ reference: z.string(), how: z.enum(['exact', ...slips]), found: z.string() })),
  candidates: z.array(
    z.object({ obligationId: z.string(), reference: z.string(), by: z.enum(namedBy), outstanding: z.int().transform((dong) => vnd(dong)) }),
  ),
  rejected: z.array(z.object({ obligationId: z.string(), why: z.enum(rejections) })),
});

type Proven = Pick<Transaction, 'content' | 'amount' | 'orderId' | 'virtualAccount' | 'proof'>;

/** Undefined where there is no proof that we know how to read. */
export function proofViewOf(transaction: Proven): ProofView | undefined {
  const read = z.union([first, later]).safeParse(transaction.proof);
  if (!read.success) return undefined;
  const { version, rule, readings, candidates, rejected } = read.data;
  const ruleSetId = ('ruleSet' in read.data ? read.data.ruleSet?.id : undefined) ?? firstRuleSetId;
  const { holds, outcome } = rederive(creditOf(transaction), transaction.proof);
  const shares: readonly Share[] = outcome?.kind === 'matched' ? outcome.shares : [];
  return {
    ...{ version, ruleSetId },
    rule: outcome?.kind === 'unmatched' ? undefined : (rule ?? undefined),
    why: outcome?.kind === 'unmatched' ? outcome.why : undefined,
    readings,
    candidates: candidates.map((candidate) => {
      const share = shares.find((one) => one.obligationId === candidate.obligationId);
      const why = rejected.find((one) => one.obligationId === candidate.obligationId)?.why;
      return { ...candidate, ...(share ? { share: share.amount } : {}), ...(why ? { rejected: why } : {}) };
    }),
    holds,
  };
}
