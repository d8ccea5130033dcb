// Demands of an actor: the right to do something, and sight of the agency that it concerns. What may not be seen does not exist.
import type { ReadTables } from '../context';
import { codesWithin, type Agency, type Counter } from '../domain/agency';
import type { Obligation } from '../domain/obligation';
import { can, sees, type Actor, type Permission } from '../domain/role';
import { Problem, type ProblemCode } from '../problems';

/** Throws role_insufficient, or person_required where only a person may. */
export function demand(actor: Actor, permission: Permission): void {
  if (!can(actor, permission)) throw new Problem(actor.kind === 'system' ? 'person_required' : 'role_insufficient');
}

/** Throws `otherwise` unless the actor sees the agency. */
export async function demandSight(
  tables: Pick<ReadTables, 'agencies'>,
  actor: Actor,
  agencyCode: string | undefined,
  otherwise: ProblemCode,
): Promise<readonly Agency[]> {
  const agencies = await tables.agencies.list();
  if (!sees(actor, agencyCode, agencies)) throw new Problem(otherwise);
  return agencies;
}

/** The obligation, if there is one and the actor sees it; else throws obligation_unknown. */
export async function obligationInSight(
  tables: Pick<ReadTables, 'agencies' | 'obligations'>,
  actor: Actor,
  id: string,
): Promise<Obligation> {
  const obligation = await tables.obligations.find(id);
  await demandSight(tables, actor, obligation?.agencyCode, 'obligation_unknown');
  if (!obligation) throw new Problem('obligation_unknown');
  return obligation;
}

/** The counter, if there is one and the actor sees it; else throws counter_unknown. */
export async function counterInSight(tables: Pick<ReadTables, 'agencies'>, actor: Actor, id: string): Promise<Counter> {
  const counter = await tables.agencies.findCounter(id);
  await demandSight(tables, actor, counter?.agencyCode, 'counter_unknown');
  if (!counter) throw new Problem('counter_unknown');
  return counter;
}

/** Throws account_unknown unless there is such an account and the actor sees it. */
export async function demandAccount(tables: Pick<ReadTables, 'agencies' | 'accounts'>, actor: Actor, id: string): Promise<void> {
  const account = await tables.accounts.find(id);
  await demandSight(tables, actor, account?.agencyCode, 'account_unknown');
}

/** The agencies whose things the actor sees; undefined: all of them. */
export async function sightOf(tables: Pick<ReadTables, 'agencies'>, actor: Actor): Promise<readonly string[] | undefined> {
  return actor.kind === 'system' ? undefined : codesWithin(await tables.agencies.list(), actor.agencyCode);
}

/** Whether the actor sees what belongs to no agency: only those do who see all of them. */
export async function seesStrangeMoney(tables: Pick<ReadTables, 'agencies'>, actor: Actor): Promise<boolean> {
  if (actor.kind !== 'person' || !can(actor, 'see_strange_money')) return false;
  const own = (await tables.agencies.list()).find((agency) => agency.code === actor.agencyCode);
  return own !== undefined && own.parentCode === undefined;
}
