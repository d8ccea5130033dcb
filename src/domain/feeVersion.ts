// Versions of a fee: each change is drafted by one person, approved by another, and in force from its day; nothing is edited.
import type { Fee } from './fee';
import { addDays, type Day, type Instant } from './time';

export const verdicts = ['approved', 'withdrawn'] as const;
export type Verdict = (typeof verdicts)[number];
export type VersionState = 'draft' | Verdict;

/** A drafted version; `fee.validFrom` is its first day. */
export interface FeeVersion {
  id: string;
  fee: Fee & { readonly validFrom: Day };
  procedureName: string;
  sectorName: string;
  /** Why it is changed, in the drafter's words. */
  reason: string;
  draftedBy: string;
  draftedAt: Instant;
  /** The difference of a catalogue that it was drafted from, as `import/position`. */
  differenceId?: string;
  decision?: FeeDecision;
}

export interface FeeDecision {
  verdict: Verdict;
  by: string;
  at: Instant;
  note?: string;
}

/** A version that counts. */
export interface ApprovedVersion {
  id: string;
  fee: Fee;
  effectiveFrom: Day;
  decidedAt: Instant;
}

export const stateOf = (version: Pick<FeeVersion, 'decision'>): VersionState => version.decision?.verdict ?? 'draft';

/**
 * The fees as they follow one another in time, each with the days on which it really is in force: a version holds from its day until the
 * day before the next one's, or its own last day if that is sooner. Of versions with one first day the one approved last counts, and a
 * version goes before what the service brought along. So every day has at most one version of a fee. Fees stay in the order
 * of the schedule, with those that are new after them.
 */
export function feesInTime(first: readonly Fee[], approved: readonly ApprovedVersion[]): Fee[] {
  if (approved.length === 0) return [...first];
  const byId = new Map<string, Fee[]>();
  const inOrder = [...approved].sort((a, b) => (a.decidedAt === b.decidedAt ? order(a.id, b.id) : order(a.decidedAt, b.decidedAt)));
  const versions = inOrder.map(({ fee, effectiveFrom }) => ({ ...fee, validFrom: effectiveFrom }));
  for (const fee of [...first, ...versions]) byId.set(fee.id, [...(byId.get(fee.id) ?? []), fee]);
  return [...byId.values()].flatMap(oneAfterAnother);
}

/** Whoever comes later in the list goes before those with the same first day. */
function oneAfterAnother(fees: readonly Fee[]): Fee[] {
  const firstDays = new Map<string, Fee>();
  for (const fee of fees) firstDays.set(fee.validFrom ?? '', fee);
  const sorted = [...firstDays.values()].sort((a, b) => order(a.validFrom ?? '', b.validFrom ?? ''));
  return sorted.map((fee, place) => endedBefore(fee, sorted[place + 1]?.validFrom));
}

function endedBefore(fee: Fee, next: Day | undefined): Fee {
  if (next === undefined) return fee;
  const last = addDays(next, -1);
  return fee.validTo !== undefined && fee.validTo <= last ? fee : { ...fee, validTo: last };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
