// Lists what closes carried to a later day, as far as it is still open.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import { reconcileMovements } from '../domain/dayReconciliation';
import type { Difference } from '../domain/reconciliation';
import type { Actor } from '../domain/role';
import type { Day } from '../domain/time';
import { demand, sightOf } from './demand';

/** Closed days that are looked at for one page of the list. */
const daysAtOnce = 40;

export interface CarriedDay {
  account: Account;
  day: Day;
  differences: Difference[];
}

/** The newest day first. `next`: older ones lie before it, where there are more. */
export async function listCarried({ store: { tables } }: Context, actor: Actor, before?: Day): Promise<{ days: CarriedDay[]; next?: Day }> {
  demand(actor, 'see_finance');
  const sight = await sightOf(tables, actor);
  const accounts = (await tables.accounts.list()).filter(({ agencyCode }) => !sight || sight.includes(agencyCode));
  const closed = await tables.reconciliations.listCarryDays(
    accounts.map(({ id }) => id),
    daysAtOnce,
    before,
  );
  const days: CarriedDay[] = [];
  for (const { accountId, day } of closed) {
    const { differences } = reconcileMovements(await tables.reconciliations.movementFacts(accountId, day));
    const open = differences.filter(({ isBlocking }) => isBlocking);
    const account = accounts.find(({ id }) => id === accountId);
    if (account && open.length > 0) days.push({ account, day, differences: open });
  }
  const last = closed.at(-1)?.day;
  const isWhole = new Set(closed.map(({ day }) => day)).size < daysAtOnce;
  return isWhole || last === undefined ? { days } : { days, next: last };
}
