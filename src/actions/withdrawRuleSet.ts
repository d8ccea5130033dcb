// Withdraws a draft of matching rules that nobody wants any more: it is tried and adopted no more, and stays to be read.
import type { Context, Tables } from '../context';
import { signatureOf, type Actor } from '../domain/role';
import type { DraftedRuleSet } from '../domain/ruleSet';
import { Problem } from '../problems';
import { demand } from './demand';
import { demandHeadOffice } from './draftRuleSet';

/** A trial of it that runs is ended. Throws rule_set_unknown, rule_set_adopted, rule_set_withdrawn. */
export async function withdrawRuleSet(ctx: Context, { actor, ruleSetId }: { actor: Actor; ruleSetId: string }): Promise<DraftedRuleSet> {
  demand(actor, 'draft_rules');
  const withdrawal = { by: signatureOf(actor), at: ctx.now() };
  return ctx.store.transact(async (tables) => {
    await demandHeadOffice(tables, actor);
    const set = await standingSet(tables, ruleSetId);
    if (set.adoption) throw new Problem('rule_set_adopted');
    const [latest] = await tables.ruleTrials.ofRuleSet(ruleSetId, 1);
    if (latest) await tables.ruleTrials.markEnded(latest.id, 'cancelled', withdrawal.at);
    await tables.ruleSets.keepWithdrawal(ruleSetId, withdrawal.by, withdrawal.at);
    return { ...set, withdrawal };
  });
}

/** Throws rule_set_unknown, rule_set_withdrawn. */
export async function standingSet(tables: Pick<Tables, 'ruleSets'>, id: string): Promise<DraftedRuleSet> {
  const set = await tables.ruleSets.find(id);
  if (!set) throw new Problem('rule_set_unknown');
  if (set.withdrawal) throw new Problem('rule_set_withdrawn');
  return set;
}
