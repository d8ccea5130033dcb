// Adopts a rule set: another person than drafted it puts it in force, after a trial that contradicts nobody's decision.
import type { Context, Tables } from '../context';
import { signatureOf, type Actor } from '../domain/role';
import { isSameRules, type DraftedRuleSet } from '../domain/ruleSet';
import { isFresh, isLongEnough, type RuleTrial } from '../domain/ruleTrial';
import type { Instant } from '../domain/time';
import { grouped } from '../domain/grouping';
import { Problem } from '../problems';
import { demand } from './demand';
import { demandHeadOffice, reasonFaults } from './draftRuleSet';
import { rulesInForce } from './rulesInForce';
import { differencesAmong, verdictNow } from './runTrial';
import { standingSet } from './withdrawRuleSet';

const mostTrials = 50;
/** About more money than this nobody decides between a trial and the adoption: else it is tried again. */
const mostDecided = 100;

export interface AdoptionWish {
  actor: Actor;
  ruleSetId: string;
  /** The trial that was looked at; another one is refused. */
  trialId?: string;
  reason: string;
}

/** All money that comes afterwards is judged by it. Throws rule_set_own, rule_set_contradicts and others, each saying what is missing. */
export async function adoptRuleSet(ctx: Context, { actor, ruleSetId, trialId, reason }: AdoptionWish): Promise<DraftedRuleSet> {
  demand(actor, 'adopt_rules');
  const faults = reasonFaults(reason);
  if (faults.length > 0) throw new Problem('rule_set_invalid', 'reason', faults);
  const at = ctx.now();
  return ctx.store.transact(async (tables) => {
    await demandHeadOffice(tables, actor);
    const set = await standingSet(tables, ruleSetId);
    if (set.adoption) throw new Problem('rule_set_adopted');
    if (set.draftedBy === signatureOf(actor)) throw new Problem('rule_set_own');
    if (isSameRules(set, await rulesInForce(ctx, tables))) throw new Problem('rule_set_in_force');
    const trial = await trialBehind(tables, set, at);
    if (trialId !== undefined && trialId !== trial.id) throw new Problem('rule_trial_superseded');
    const adoption = {
      number: await tables.ruleSets.nextAdoptionNumber(),
      ...{ trialId: trial.id, by: signatureOf(actor), at, reason: reason.trim() },
    };
    if (!(await tables.ruleSets.keepAdoption(set, adoption))) throw new Problem('rule_set_adopted'); // two at once
    return { ...set, adoption };
  });
}

/** The latest trial that looked far enough back, where neither it nor one after it contradicts anybody. */
async function trialBehind(tables: Tables, set: DraftedRuleSet, at: Instant): Promise<RuleTrial> {
  const done = (await tables.ruleTrials.ofRuleSet(set.id, mostTrials)).filter(({ state }) => state === 'done');
  const first = await tables.ruleTrials.findFirstHeard();
  const place = done.findIndex((trial) => isLongEnough(trial, first));
  const trial = done[place];
  if (!trial) throw new Problem('rule_trial_missing');
  if (!isFresh(trial, at)) throw new Problem('rule_trial_stale');
  for (const one of done.slice(0, place + 1)) await demandNoContradiction(tables, one);
  await demandNoneSince(tables, set, trial);
  return trial;
}

/** Neither when it was tried nor by what people decided since. */
async function demandNoContradiction(tables: Tables, trial: RuleTrial): Promise<void> {
  if (trial.contradicting > 0) throw new Problem('rule_set_contradicts', String(trial.contradicting));
  const since = await tables.ruleTrials.listDecidedSince(trial.id, trial.askedAt);
  if (since.length === 0) return;
  const resolutions = grouped(
    await tables.resolutions.ofTransactions(since.map(({ transactionId }) => transactionId)),
    ({ transactionId }) => transactionId,
  );
  refuseContradicting(since.filter((one) => verdictNow(one, resolutions.get(one.transactionId) ?? []) === 'contradicts'));
}

/** Nor by what they decided about money that came after the trial. */
async function demandNoneSince(tables: Tables, set: DraftedRuleSet, { to }: RuleTrial): Promise<void> {
  const credits = await tables.ruleTrials.listDecidedFrom(to, mostDecided + 1);
  if (credits.length > mostDecided) throw new Problem('rule_trial_stale');
  const differences = await differencesAmong(tables, credits, set, 0);
  refuseContradicting(differences.filter(({ verdict }) => verdict === 'contradicts'));
}

function refuseContradicting({ length }: readonly unknown[]): void {
  if (length > 0) throw new Problem('rule_set_contradicts', String(length));
}
