// Tries a drafted version on the obligations of a period: how many lines it would change, by how much in all, and which.
import type { Context } from '../context';
import { codesWithin } from '../domain/agency';
import { emptyTrial, tryOn, type Trial } from '../domain/feeTrial';
import type { FeeVersion } from '../domain/feeVersion';
import type { Actor } from '../domain/role';
import { addDays, dayOf, startOfDay, type Day } from '../domain/time';
import { Problem } from '../problems';
import { demand } from './demand';

const linesAtOnce = 500;
/** A trial that has seen so many lines says what it found so far. */
const mostLines = 100_000;
const longestDays = 366;

export interface TrialAsked {
  actor: Actor;
  versionId: string;
  /** Both days included, by the day of issue in Vietnam. */
  from: Day;
  to: Day;
  /** Lets other requests go first, between two pieces of work. */
  pause: () => Promise<void>;
}

export interface TriedVersion {
  version: FeeVersion;
  trial: Trial;
  /** There are more lines than were looked at. */
  isCut: boolean;
}

/** Only lines in the actor's sight are looked at. Throws fee_version_unknown, period_too_long. */
export async function tryFee(ctx: Context, { actor, versionId, from, to, pause }: TrialAsked): Promise<TriedVersion> {
  demand(actor, 'see_fee_drafts');
  const { tables } = ctx.store;
  const version = await tables.feeVersions.find(versionId);
  if (!version) throw new Problem('fee_version_unknown');
  if (from > to || addDays(from, longestDays) < to) throw new Problem('period_too_long');
  const period = { from: startOfDay(from), before: startOfDay(addDays(to, 1)) };
  const codes = await codesFor(ctx, actor, version.fee.localityCode);
  let trial = emptyTrial;
  let after: string | undefined;
  while (trial.lines < mostLines) {
    const found = await tables.feeVersions.listIssuedLines(version.fee.id, codes, period, linesAtOnce, after);
    trial = tryOn(
      version.fee,
      found.map(({ createdAt, ...line }) => ({ ...line, on: dayOf(createdAt) })),
      trial,
    );
    after = found.at(-1)?.obligationId;
    if (found.length < linesAtOnce) return { version, trial, isCut: false };
    await pause();
  }
  return { version, trial, isCut: true };
}

async function codesFor({ store }: Context, actor: Actor, localityCode: string): Promise<string[]> {
  const agencies = await store.tables.agencies.list();
  const seen = actor.kind === 'system' ? agencies.map((agency) => agency.code) : codesWithin(agencies, actor.agencyCode);
  const isThere = (code: string): boolean => agencies.some((agency) => agency.code === code && agency.localityCode === localityCode);
  return localityCode === 'national' ? seen : seen.filter(isThere);
}
