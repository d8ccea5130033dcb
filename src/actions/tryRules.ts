// Asks for a trial of a rule set, and ends one that nobody wants any more; the work itself is done in the background.
import type { Context, Tables } from '../context';
import { signatureOf, type Actor } from '../domain/role';
import { longestTrialDays, trialDays, usualFrom, type RuleTrial } from '../domain/ruleTrial';
import { Problem } from '../problems';
import { demand } from './demand';
import { demandHeadOffice } from './draftRuleSet';
import { standingSet } from './withdrawRuleSet';

export interface TrialWish {
  actor: Actor;
  ruleSetId: string;
  /** How many days back; ninety where nothing else is said, and at least so many before the rules may be adopted. */
  days?: number;
}

/** Throws rule_set_unknown, rule_set_withdrawn, rule_trial_running. */
export async function tryRules(ctx: Context, { actor, ruleSetId, days = trialDays }: TrialWish): Promise<RuleTrial> {
  demand(actor, 'draft_rules');
  if (!Number.isSafeInteger(days) || days < 1 || days > longestTrialDays)
    throw new Problem('request_invalid', 'days', [{ path: 'days', message: `1–${longestTrialDays}` }]);
  const at = ctx.now();
  return ctx.store.transact(async (tables) => {
    await demandHeadOffice(tables, actor);
    await standingSet(tables, ruleSetId);
    const [latest] = await tables.ruleTrials.ofRuleSet(ruleSetId, 1);
    if (latest?.state === 'running') throw new Problem('rule_trial_running');
    const trial: RuleTrial = {
      id: ctx.id('ruleTrial'),
      ruleSetId,
      ...{ from: usualFrom(at, days), to: at },
      ...{ askedBy: signatureOf(actor), askedAt: at },
      ...{ state: 'running', checked: 0, gained: 0, lost: 0, changed: 0, agreeing: 0, contradicting: 0 },
    };
    await tables.ruleTrials.keep(trial);
    return trial;
  });
}

/** Throws rule_trial_unknown, rule_trial_ended. */
export async function cancelTrial(ctx: Context, { actor, trialId }: { actor: Actor; trialId: string }): Promise<RuleTrial> {
  demand(actor, 'draft_rules');
  const at = ctx.now();
  return ctx.store.transact(async (tables) => {
    await demandHeadOffice(tables, actor);
    await foundTrial(tables, trialId);
    if (!(await tables.ruleTrials.markEnded(trialId, 'cancelled', at))) throw new Problem('rule_trial_ended');
    return foundTrial(tables, trialId);
  });
}

async function foundTrial(tables: Pick<Tables, 'ruleTrials'>, id: string): Promise<RuleTrial> {
  const trial = await tables.ruleTrials.find(id);
  if (!trial) throw new Problem('rule_trial_unknown');
  return trial;
}
