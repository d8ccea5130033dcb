// The rules in force, by which new money is judged: asked within each transaction, read whole only when others were adopted.
import type { Context, ReadTables } from '../context';
import { firstRules, type RuleSet } from '../domain/ruleSet';

/** Of each store the set that was read last; a set under its id never changes, so that only the id must be asked for. */
const lastRead = new WeakMap<Context['store'], RuleSet>();

/**
 * Whoever judges within a transaction asks within the same: of an adoption in another process at the same time, either the money comes
 * first, or it is judged by the new rules.
 */
export async function rulesInForce({ store }: Pick<Context, 'store'>, tables: Pick<ReadTables, 'ruleSets'>): Promise<RuleSet> {
  const id = await tables.ruleSets.findIdInForce();
  if (id === undefined) return firstRules;
  const known = lastRead.get(store);
  if (known?.id === id) return known;
  const found = await tables.ruleSets.find(id);
  if (!found) throw new Error(`the rule set ${id} was adopted, and is not there`);
  const rules: RuleSet = { id, acts: found.acts, limits: found.limits };
  lastRead.set(store, rules);
  return rules;
}
