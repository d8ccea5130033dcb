// Shows how much money belongs to nobody yet, and since when the oldest of it waits.
import type { Context } from '../context';
import type { Money } from '../domain/money';
import type { Actor } from '../domain/role';
import type { Instant } from '../domain/time';
import { demand, sightOf } from './demand';

export interface Homeless {
  sum: Money;
  count: number;
  /** Of the bank's time. */
  since?: Instant;
}

/** Of the agencies that the actor sees. */
export async function seeHomeless(ctx: Context, actor: Actor): Promise<Homeless> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const agencyCodes = await sightOf(tables, actor);
  const filter = { states: ['unapplied' as const], ...(agencyCodes ? { agencyCodes } : {}) };
  const since = await tables.reconciliations.oldestUnapplied(agencyCodes);
  return {
    sum: await tables.transactions.unappliedSum(filter),
    count: await tables.transactions.count(filter),
    ...(since ? { since } : {}),
  };
}
