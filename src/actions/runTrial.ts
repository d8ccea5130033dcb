// Runs a trial of a rule set: judges the credits of its period again, piece by piece, and keeps what would differ; of money nothing is written.
import type { Context, ReadTables } from '../context';
import { netBySource, type Allocation } from '../domain/allocation';
import { grouped } from '../domain/grouping';
import type { Match, Share } from '../domain/matching';
import { smaller, vnd } from '../domain/money';
import type { Resolution } from '../domain/resolution';
import type { RuleSet } from '../domain/ruleSet';
import {
  differencesOf,
  kindOf,
  sharesOf,
  verdictOn,
  type JudgedCredit,
  type RuleTrial,
  type TrialDifference,
  type TrialKind,
} from '../domain/ruleTrial';
import { judgeAgain } from './judgeAgain';

/** Small enough that reading one piece is no wait for anybody, and large enough that its commit is worth it. */
const creditsAtOnce = 200;
/** Judging so many takes some milliseconds; then others go first. */
const creditsAStep = 25;
/** A trial that failed so often fails for ever, and others wait behind it. */
const mostTries = 5;

/** Lets other requests go first, between two pieces of work. */
type Pause = () => Promise<void>;

/**
 * Runs the oldest trial that waits to its end, or until somebody cancels it. False when none does. What broke off is gone on with where it
 * was; `failures` counts how often it broke, by trial, until it ends as broken.
 */
export async function runTrial(ctx: Context, pause: Pause, failures = new Map<string, number>()): Promise<boolean> {
  const trial = await ctx.store.tables.ruleTrials.findRunning();
  if (!trial) return false;
  try {
    await runToItsEnd(ctx, trial, pause);
  } catch (error) {
    const count = (failures.get(trial.id) ?? 0) + 1;
    failures.set(trial.id, count);
    if (count < mostTries) throw error;
    ctx.log.error({ err: error, trial: trial.id }, 'a trial of rules cannot be run');
    const at = ctx.now();
    await ctx.store.transact((tables) => tables.ruleTrials.markEnded(trial.id, 'broken', at));
  }
  return true;
}

async function runToItsEnd(ctx: Context, asked: RuleTrial, pause: Pause): Promise<void> {
  const rules = await ctx.store.tables.ruleSets.find(asked.ruleSetId);
  if (!rules) throw new Error(`a trial without its rule set ${asked.ruleSetId}`);
  for (let trial: RuleTrial | undefined = asked; trial?.state === 'running';) trial = await runPiece(ctx, trial, rules, pause);
}

/** The trial after one more piece; undefined when it was cancelled, or another process went on with it. */
async function runPiece(ctx: Context, trial: RuleTrial, rules: RuleSet, pause: Pause): Promise<RuleTrial | undefined> {
  const credits = await ctx.store.tables.ruleTrials.listCredits(trial, trial.last?.transactionId, creditsAtOnce);
  await pause();
  const differences: TrialDifference[] = [];
  for (let from = 0; from < credits.length; from += creditsAStep) {
    const step = credits.slice(from, from + creditsAStep);
    differences.push(...(await differencesAmong(ctx.store.tables, step, rules, differencesOf(trial) + differences.length)));
    await pause();
  }
  const next = { ...counted(trial, credits, differences), ...(credits.length < creditsAtOnce ? ended(ctx) : {}) };
  const isOurs = await ctx.store.transact(async (tables) => {
    if (!(await tables.ruleTrials.markProgress(next, trial.checked))) return false;
    await tables.ruleTrials.appendDifferences(trial.id, differences);
    return true;
  });
  return isOurs ? next : undefined;
}

const ended = (ctx: Context) => ({ state: 'done' as const, endedAt: ctx.now() });

function counted(trial: RuleTrial, credits: readonly JudgedCredit[], differences: readonly TrialDifference[]): RuleTrial {
  const last = credits.at(-1);
  const ofKind = (kind: TrialKind): number => differences.filter((one) => one.kind === kind).length;
  return {
    ...trial,
    checked: trial.checked + credits.length,
    gained: trial.gained + ofKind('gained'),
    lost: trial.lost + ofKind('lost'),
    changed: trial.changed + ofKind('changed'),
    agreeing: trial.agreeing + differences.filter(({ verdict }) => verdict === 'agrees').length,
    contradicting: trial.contradicting + differences.filter(({ verdict }) => verdict === 'contradicts').length,
    ...(last ? { last: { transactionId: last.id, receivedAt: last.receivedAt } } : {}),
  };
}

/** Those that would be matched otherwise, in their order; `from`: the position of the first. */
export async function differencesAmong(
  tables: ReadTables,
  credits: readonly JudgedCredit[],
  rules: RuleSet,
  from: number,
): Promise<TrialDifference[]> {
  const booked = grouped(await tables.allocations.ofTransactions(credits.map(({ id }) => id)), idOf);
  const found: { credit: JudgedCredit; kind: TrialKind; was: readonly Share[]; match: Match }[] = [];
  for (const credit of credits) {
    const was = matchedShares(booked.get(credit.id) ?? []);
    const match = await judgeAgain(tables, credit, rules);
    const kind = kindOf(was, sharesOf(match));
    if (kind) found.push({ credit, kind, was, match });
  }
  if (found.length === 0) return [];
  const resolutions = grouped(
    await tables.resolutions.ofTransactions(found.map(({ credit }) => credit.id)),
    ({ transactionId }) => transactionId,
  );
  return found.map(({ credit, kind, was, match }, place) =>
    differenceOf(credit, kind, was, match, resolutions.get(credit.id) ?? [], from + place),
  );
}

const idOf = ({ source }: Allocation): string => ('transactionId' in source ? source.transactionId : '');

/** What the service gave by itself when the money came, with what was too much; what people did since is another matter. */
const matchedShares = (allocations: readonly Allocation[]): Share[] =>
  netBySource(allocations.filter(({ resolutionId }) => resolutionId === undefined)).map(({ obligationId, amount, excess }) => ({
    obligationId,
    amount: amount.plus(excess),
  }));

function differenceOf(
  { id, amount }: JudgedCredit,
  kind: TrialKind,
  was: readonly Share[],
  match: Match,
  resolutions: readonly Resolution[],
  position: number,
): TrialDifference {
  const would = sharesOf(match);
  const couldTake = Object.fromEntries(
    would.map(({ obligationId }) => [
      obligationId,
      match.proof.candidates.find((one) => one.obligationId === obligationId)?.outstanding ?? 0,
    ]),
  );
  const takes = (share: Share) => smaller(share.amount, vnd(couldTake[share.obligationId] ?? 0));
  return {
    ...{ position, transactionId: id, amount: amount.toJSON(), kind, couldTake },
    verdict: verdictOn({ transactionId: id, amount, was, would, takes, resolutions }),
    was: { shares: was.map(plain) },
    would: {
      shares: would.map(plain),
      ...(match.proof.rule ? { rule: match.proof.rule } : {}),
      ...(match.kind === 'unmatched' ? { why: match.why } : {}),
    },
    found: match.proof.readings.map((reading) => reading.found),
  };
}

const plain = ({ obligationId, amount }: Share) => ({ obligationId, amount: amount.toJSON() });

/** The verdict as things stand now: somebody may have decided since the trial looked. */
export const verdictNow = (
  { transactionId, amount, was, would, couldTake }: TrialDifference,
  resolutions: readonly Resolution[],
): TrialDifference['verdict'] =>
  verdictOn({
    transactionId,
    amount: vnd(amount),
    was: was.shares.map(typed),
    would: would.shares.map(typed),
    takes: (share) => smaller(share.amount, vnd(couldTake[share.obligationId] ?? 0)),
    resolutions,
  });

const typed = ({ obligationId, amount }: { obligationId: string; amount: number }): Share => ({ obligationId, amount: vnd(amount) });
