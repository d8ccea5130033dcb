// Shows the matching rules: those in force, what was adopted and drafted, and one set with its trials and the matches that would differ.
import type { Context, ReadTables } from '../context';
import { grouped } from '../domain/grouping';
import type { BareObligation } from '../domain/obligation';
import type { Resolution } from '../domain/resolution';
import { can, type Actor } from '../domain/role';
import { firstRules, type DraftedRuleSet, type RuleSet } from '../domain/ruleSet';
import { isFresh, isLongEnough, type HumanVerdict, type RuleTrial, type TrialDifference, type TrialKind } from '../domain/ruleTrial';
import type { Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demand } from './demand';
import { demandHeadOffice, isAtHeadOffice } from './draftRuleSet';
import { rulesInForce } from './rulesInForce';
import { verdictNow } from './runTrial';

export const trialRowsOnPage = 50;
const mostSets = 100;
const mostTrials = 20;

export interface SeenRules {
  inForce: RuleSet;
  /** Its draft; undefined while it is the first one. */
  draft?: DraftedRuleSet;
  /** Newest first, drafts that were never adopted too. */
  sets: readonly DraftedRuleSet[];
  /** The last adopted first. */
  adopted: readonly DraftedRuleSet[];
  mayDraft: boolean;
  names: ReadonlyMap<string, string>;
}

export async function seeRules(ctx: Context, actor: Actor): Promise<SeenRules> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const inForce = await rulesInForce(ctx, tables);
  const draft = inForce.id === firstRules.id ? undefined : await tables.ruleSets.find(inForce.id);
  return {
    inForce,
    ...(draft ? { draft } : {}),
    sets: await tables.ruleSets.list(mostSets),
    adopted: await tables.ruleSets.listAdopted(mostSets),
    mayDraft: can(actor, 'draft_rules') && (await isAtHeadOffice(tables, actor)),
    names: await tables.officers.listNames(),
  };
}

/** What must be so before it may be adopted; each is a refusal's code. */
export type Obstacle =
  'rule_set_adopted' | 'rule_set_withdrawn' | 'rule_set_in_force' | 'rule_set_contradicts' | 'rule_trial_missing' | 'rule_trial_stale';

export interface SeenRuleSet {
  set: DraftedRuleSet;
  inForce: RuleSet;
  /** Newest first. */
  trials: readonly RuleTrial[];
  /** Why nobody can adopt it as things stand; decisions made since the trial are looked at when it is adopted. */
  obstacle?: Obstacle;
  names: ReadonlyMap<string, string>;
}

/** Throws rule_set_unknown. */
export async function seeRuleSet(ctx: Context, actor: Actor, id: string): Promise<SeenRuleSet> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const set = await tables.ruleSets.find(id);
  if (!set) throw new Problem('rule_set_unknown');
  const inForce = await rulesInForce(ctx, tables);
  const trials = await tables.ruleTrials.ofRuleSet(id, mostTrials);
  const obstacle = set.adoption ? 'rule_set_adopted' : set.withdrawal ? 'rule_set_withdrawn' : await obstacleOf(ctx, trials);
  return { set, inForce, trials, ...(obstacle ? { obstacle } : {}), names: await tables.officers.listNames() };
}

async function obstacleOf({ store, now }: Context, trials: readonly RuleTrial[]): Promise<Obstacle | undefined> {
  const done = trials.filter(({ state }) => state === 'done');
  const first = await store.tables.ruleTrials.findFirstHeard();
  const place = done.findIndex((trial) => isLongEnough(trial, first));
  const trial = done[place];
  if (!trial) return 'rule_trial_missing';
  if (done.slice(0, place + 1).some(({ contradicting }) => contradicting > 0)) return 'rule_set_contradicts';
  return isFresh(trial, now()) ? undefined : 'rule_trial_stale';
}

/** One match that would differ, with what a person decided about the money, as things stand now. */
export interface TrialRow {
  difference: TrialDifference;
  transaction: Transaction;
  resolutions: readonly Resolution[];
  verdictNow: HumanVerdict;
}

export interface TrialQuestion {
  kind?: TrialKind;
  verdict?: HumanVerdict;
  /** The position of the last row already seen. */
  after?: number;
}

export interface SeenTrial {
  trial: RuleTrial;
  rows: readonly TrialRow[];
  /** Those that the rows name. */
  obligations: ReadonlyMap<string, BareObligation>;
  names: ReadonlyMap<string, string>;
  next?: number;
}

/** Single payments of every agency stand in it. Throws rule_trial_unknown, rules_head_office. */
export async function seeTrial(
  ctx: Context,
  actor: Actor,
  id: string,
  { after, ...filter }: TrialQuestion = {},
  limit = trialRowsOnPage,
): Promise<SeenTrial> {
  demand(actor, 'see_finance');
  demand(actor, 'see_transactions');
  const { tables } = ctx.store;
  await demandHeadOffice(tables, actor);
  const trial = await tables.ruleTrials.find(id);
  if (!trial) throw new Problem('rule_trial_unknown');
  const found = await tables.ruleTrials.listDifferences(id, filter, limit + 1, after);
  const rows = await rowsOf(tables, found.slice(0, limit));
  const ids = rows.flatMap(({ difference: { was, would }, resolutions }) => [
    ...[...was.shares, ...would.shares].map(({ obligationId }) => obligationId),
    ...resolutions.flatMap(({ obligationId }) => obligationId ?? []),
  ]);
  const obligations = await tables.obligations.listBareByIds([...new Set(ids)]);
  const last = rows.at(-1);
  return {
    trial,
    rows,
    obligations: new Map(obligations.map((obligation) => [obligation.id, obligation])),
    names: await tables.officers.listNames(),
    ...(found.length > limit && last ? { next: last.difference.position } : {}),
  };
}

async function rowsOf(tables: ReadTables, differences: readonly TrialDifference[]): Promise<TrialRow[]> {
  const ids = differences.map(({ transactionId }) => transactionId);
  const resolutions = grouped(await tables.resolutions.ofTransactions(ids), ({ transactionId }) => transactionId);
  const rows: TrialRow[] = [];
  for (const difference of differences) {
    const transaction = await tables.transactions.find(difference.transactionId);
    const decided = resolutions.get(difference.transactionId) ?? [];
    if (transaction) rows.push({ difference, transaction, resolutions: decided, verdictNow: verdictNow(difference, decided) });
  }
  return rows;
}
