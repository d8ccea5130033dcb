// Reconciles one account and day, as often as one likes: nothing is kept, it reads what every source has told by now.
import type { Context } from '../context';
import { reconcile } from '../domain/dayReconciliation';
import type { Difference, Reconciliation } from '../domain/reconciliation';
import { can, type Actor } from '../domain/role';
import type { Day } from '../domain/time';
import { demand, demandAccount } from './demand';

/** Throws account_unknown, also for an account that the actor does not see. */
export async function reconcileDay(ctx: Context, actor: Actor, accountId: string, day: Day): Promise<Reconciliation> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  await demandAccount(tables, actor, accountId);
  const reconciliation = reconcile(await tables.reconciliations.facts(accountId, day, ctx.now()));
  return can(actor, 'see_transactions') ? reconciliation : withoutPayers(reconciliation);
}

/** Who does not see single payments sees no names and contents of them either. */
function withoutPayers(reconciliation: Reconciliation): Reconciliation {
  const bare = <One extends Difference>(one: One): One => {
    const { payerName: _, content: __, ...facts } = one.facts;
    return { ...one, facts };
  };
  return { ...reconciliation, differences: reconciliation.differences.map(bare), late: reconciliation.late.map(bare) };
}
