// Searches the money of the accounts in sight across our references, dossiers, amounts, payers and the bank's references.
import type { Context } from '../context';
import type { FoundMoney } from '../domain/moneySearch';
import type { Actor } from '../domain/role';
import type { Day } from '../domain/time';
import { demand, sightOf } from './demand';

export interface MoneySearch {
  actor: Actor;
  text: string;
  /** Vietnamese days, both included; a code is found whenever it was. */
  from: Day;
  to: Day;
}

/** The newest first. */
export async function searchMoney(ctx: Context, { actor, ...asked }: MoneySearch, limit: number, after?: string): Promise<FoundMoney[]> {
  demand(actor, 'see_finance');
  demand(actor, 'see_transactions');
  const { tables } = ctx.store;
  const sight = await sightOf(tables, actor);
  const accountIds = (await tables.accounts.list()).flatMap(({ id, agencyCode }) => (!sight || sight.includes(agencyCode) ? [id] : []));
  return tables.reconciliations.search({ ...asked, accountIds }, limit, after);
}
