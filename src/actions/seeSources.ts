// Shows who tells us of money: when they were last heard, what came by webhook and what we had to fetch, how soon, and what is missing.
import type { Context } from '../context';
import { sourcesOf, type FeedState, type FoundBreak, type Source } from '../domain/source';
import type { Actor } from '../domain/role';
import { demand, seesStrangeMoney, sightOf } from './demand';

/** The latest transactions of all sources together. */
const looked = 5_000;

export interface Sources {
  sources: Source[];
  /** Without their tokens. */
  feeds: Omit<FeedState, 'tokenCiphertext'>[];
  breaks: FoundBreak[];
}

/** Of the accounts that the actor sees; money that a gateway holds belongs to no agency. */
export async function seeSources(ctx: Context, actor: Actor): Promise<Sources> {
  demand(actor, 'see_strange_money');
  const { tables } = ctx.store;
  const agencyCodes = await sightOf(tables, actor);
  const accounts = (await tables.accounts.list()).filter((account) => !agencyCodes || agencyCodes.includes(account.agencyCode));
  const ids = new Set(accounts.map((account) => account.id));
  const seesGateways = await seesStrangeMoney(tables, actor);
  const { sources, feeds, breaks } = await currentSources(ctx);
  return {
    sources: sources.filter(({ accountId }) => (accountId === undefined ? seesGateways : ids.has(accountId))),
    feeds: feeds.filter((feed) => ids.has(feed.accountId)),
    breaks: breaks.filter((one) => ids.has(one.accountId)),
  };
}

/** For operators too, who may not see the money. */
export async function currentSources(ctx: Context): Promise<Sources> {
  const { tables } = ctx.store;
  return {
    sources: sourcesOf(await tables.transactions.listHeard(looked)),
    feeds: (await tables.feeds.list()).map(({ tokenCiphertext: _, ...feed }) => feed),
    breaks: await tables.feeds.listBreaks(),
  };
}
