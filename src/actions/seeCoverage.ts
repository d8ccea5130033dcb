// Shows of each account who may tell of it, heard or not yet, and whether its balances can be checked.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import { balanceCheckOf, type BalanceCheck } from '../domain/balanceCheck';
import type { Actor } from '../domain/role';
import { addMs } from '../domain/time';
import type { ToldMovement } from '../domain/transaction';
import { demand, seesStrangeMoney, sightOf } from './demand';

export interface Coverage {
  accounts: CoveredAccount[];
  /** Providers that sign with the shared secret for every account without one of its own. */
  shared: string[];
  /** Whether the actor sees money that is on no account of ours. */
  seesStrange: boolean;
}

export interface CoveredAccount {
  account: Account;
  /** Providers with a secret of this account's own, or whose list of it is pulled. */
  own: string[];
  balances: BalanceCheck;
}

/** As far back as breaks are looked for; the latest of a busy account. */
const windowMs = 35 * 86_400_000;
const mostMovements = 100;

/** Of the accounts that the actor sees, and never a secret. */
export async function seeCoverage(ctx: Context, actor: Actor): Promise<Coverage> {
  demand(actor, 'see_strange_money');
  const { tables } = ctx.store;
  const agencyCodes = await sightOf(tables, actor);
  const accounts = (await tables.accounts.list()).filter((account) => !agencyCodes || agencyCodes.includes(account.agencyCode));
  const tellers = [...(await tables.accounts.listSecrets()), ...(await tables.feeds.list())];
  const { webhookSecrets } = ctx.config;
  return {
    accounts: await Promise.all(accounts.map((account) => covered(ctx, account, tellers))),
    shared: ctx.providerNames.filter((provider) => (webhookSecrets[provider] ?? []).length > 0),
    seesStrange: await seesStrangeMoney(tables, actor),
  };
}

async function covered(
  ctx: Context,
  account: Account,
  tellers: readonly { accountId: string; provider: string }[],
): Promise<CoveredAccount> {
  const now = ctx.now();
  const own = tellers.filter(({ accountId }) => accountId === account.id).map(({ provider }) => provider);
  const movements = await ctx.store.tables.feeds.listMovements(account.id, addMs(now, -windowMs), now, mostMovements);
  return { account, own: [...new Set(own)].sort(), balances: balanceCheckOf(wholeGroupsOf(movements)) };
}

/** Without those of the oldest time, where some of them may have been left out; unless that is the only time. */
function wholeGroupsOf(movements: readonly ToldMovement[]): readonly ToldMovement[] {
  const later = movements.length < mostMovements ? movements : movements.filter(({ bankTime }) => bankTime !== movements[0]?.bankTime);
  return later.length > 0 ? later : movements;
}
