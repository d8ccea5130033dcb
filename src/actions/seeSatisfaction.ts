// Shows how citizens found paying, and which of their reports of transfers wait for an answer beyond their day.
import type { Context } from '../context';
import { isOverdue } from '../domain/claim';
import type { Actor } from '../domain/role';
import { boardOf, type SatisfactionBoard } from '../domain/satisfactionBoard';
import type { Day } from '../domain/time';
import { demand, sightOf } from './demand';
import type { ListedClaim } from './listClaims';

export interface SeenSatisfaction extends SatisfactionBoard {
  /** Names of agencies by code. */
  agencies: ReadonlyMap<string, string>;
  /** The longest overdue first, no more than 50. */
  overdue: ListedClaim[];
}

const mostClaims = 50;

/** Of the agencies in sight, both days included. Throws role_insufficient. */
export async function seeSatisfaction(ctx: Context, actor: Actor, from: Day, to: Day): Promise<SeenSatisfaction> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const agencyCodes = await sightOf(tables, actor);
  return {
    ...boardOf(await tables.satisfaction.list(from, to, agencyCodes)),
    agencies: new Map((await tables.agencies.list()).map(({ code, name }) => [code, name])),
    overdue: await overdueClaims(ctx, agencyCodes ?? []),
  };
}

async function overdueClaims(ctx: Context, agencyCodes: readonly string[]): Promise<ListedClaim[]> {
  const { tables } = ctx.store;
  const claims = (await tables.claims.listDue(agencyCodes, mostClaims)).filter((claim) => isOverdue(claim, ctx.now()));
  const obligations = await tables.obligations.listByIds([...new Set(claims.map(({ obligationId }) => obligationId))]);
  return claims.flatMap((claim) => {
    const obligation = obligations.find(({ id }) => id === claim.obligationId);
    return obligation ? [{ claim, obligation }] : [];
  });
}
