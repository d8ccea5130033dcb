// Adds a counter to an agency, with a secret address for its citizen display.
import type { Context } from '../context';
import type { Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';
import { tokenOf } from './signIn';

export interface NewCounter {
  actor: Actor;
  agencyCode: string;
  name: string;
}

/** The id of the new counter. Throws agency_unknown, counter_exists. */
export async function addCounter(ctx: Context, { actor, agencyCode, name }: NewCounter): Promise<string> {
  demand(actor, 'administer');
  const id = ctx.id('counter');
  await ctx.store.transact(async (tables) => {
    await demandSight(tables, actor, agencyCode, 'agency_unknown');
    const known = await tables.agencies.listCounters([agencyCode]);
    if (known.some((counter) => counter.name === name)) throw new Problem('counter_exists', name);
    await tables.agencies.saveCounter({ id, agencyCode, name, displayToken: tokenOf(ctx) });
  });
  return id;
}
