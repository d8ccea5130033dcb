// Drafts a rule set: other matching rules than those in force, to be tried and perhaps adopted by somebody else; nothing is judged by it.
import type { Context, ReadTables } from '../context';
import { firstRuleSetId, firstRules, limitBounds, rulesWith, type DraftedRuleSet, type Limit, type Rules } from '../domain/ruleSet';
import { signatureOf, type Actor } from '../domain/role';
import { isSoundText } from '../domain/text';
import { Problem, type FieldError } from '../problems';
import { demand } from './demand';
import { rulesInForce } from './rulesInForce';

export const longestRuleReason = 1_000;

export interface RuleSetDraft {
  actor: Actor;
  /** By name: what shall be otherwise than in `from`. */
  changes: Readonly<Record<string, boolean | number>>;
  /** The id of the set that is changed, `default` for the first one; without it, that in force. */
  from?: string;
  reason: string;
}

/** Throws rule_set_invalid naming what is wrong, rule_set_unknown and rules_head_office. */
export async function draftRuleSet(ctx: Context, { actor, changes, from, reason }: RuleSetDraft): Promise<DraftedRuleSet> {
  demand(actor, 'draft_rules');
  const at = ctx.now();
  return ctx.store.transact(async (tables) => {
    await demandHeadOffice(tables, actor);
    const base = from === undefined ? await rulesInForce(ctx, tables) : await rulesOf(tables, from);
    const rules = rulesWith(changes, base);
    const faults = [...(rules ? [] : faultsIn(changes, base)), ...reasonFaults(reason)];
    if (!rules || faults.length > 0) throw new Problem('rule_set_invalid', faults.map(({ path }) => path).join(', '), faults);
    const set: DraftedRuleSet = {
      id: ctx.id('ruleSet'),
      ...rules,
      number: await tables.ruleSets.nextNumber(),
      reason: reason.trim(),
      draftedBy: signatureOf(actor),
      draftedAt: at,
    };
    await tables.ruleSets.keep(set);
    return set;
  });
}

/** The first rules by their name, or a set that somebody drafted. Throws rule_set_unknown. */
export async function rulesOf(tables: Pick<ReadTables, 'ruleSets'>, id: string): Promise<Rules> {
  const set = id === firstRuleSetId ? firstRules : await tables.ruleSets.find(id);
  if (!set) throw new Problem('rule_set_unknown');
  return set;
}

/** Rules hold for the whole province. Throws rules_head_office. */
export async function demandHeadOffice(tables: Pick<ReadTables, 'agencies'>, actor: Actor): Promise<void> {
  if (!(await isAtHeadOffice(tables, actor))) throw new Problem('rules_head_office');
}

export async function isAtHeadOffice(tables: Pick<ReadTables, 'agencies'>, actor: Actor): Promise<boolean> {
  const agencies = await tables.agencies.list();
  const own = actor.kind === 'person' ? agencies.find((agency) => agency.code === actor.agencyCode) : undefined;
  return own !== undefined && own.parentCode === undefined;
}

/** Each change that cannot be, by itself. */
const faultsIn = (changes: RuleSetDraft['changes'], base: Rules): FieldError[] =>
  Object.entries(changes)
    .filter(([name, value]) => !rulesWith({ [name]: value }, base))
    .map(([path]) => ({
      path,
      message: isLimit(path) ? `${limitBounds[path].least}–${limitBounds[path].most}` : 'not a switch of these rules',
    }));

const isLimit = (name: string): name is Limit => Object.hasOwn(limitBounds, name);

export function reasonFaults(reason: string): FieldError[] {
  if (reason.trim() === '') return [{ path: 'reason', message: 'missing' }];
  return reason.length <= longestRuleReason && isSoundText(reason.replace(/[\n\r\t]/g, ' ')) ? [] : [{ path: 'reason', message: 'shape' }];
}
