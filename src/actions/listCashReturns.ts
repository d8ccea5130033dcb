// Lists cash that shall go back over a counter and has not yet, with the obligation that it was paid for.
import type { Context } from '../context';
import type { CashReturn } from '../domain/cashReturn';
import type { BareObligation } from '../domain/obligation';
import type { Actor } from '../domain/role';
import { agenciesAsked, demandShifts } from './seeShift';

export interface ListedReturn {
  cashReturn: CashReturn;
  obligation?: BareObligation;
}

/** Of an agency and those below it, or of all in sight, the oldest first. Throws agency_unknown. */
export async function listOpenReturns(ctx: Context, actor: Actor, agencyCode?: string): Promise<ListedReturn[]> {
  demandShifts(actor);
  const { tables } = ctx.store;
  const open = await tables.cashReturns.listOpen(await agenciesAsked(tables, actor, agencyCode));
  const obligations = await tables.obligations.listBareByIds(open.map(({ obligationId }) => obligationId));
  return open.map((cashReturn) => {
    const obligation = obligations.find(({ id }) => id === cashReturn.obligationId);
    return { cashReturn, ...(obligation ? { obligation } : {}) };
  });
}
