// Shows who tells us of money: when they were last heard, what came by webhook and what we had to fetch, how soon, and what is missing.
import type { Context } from '../context';
import { sourcesOf, type FeedState, type FoundBreak, type Source } from '../domain/source';
import type { Actor } from '../domain/role';
import { demand, seesStrangeMoney, sightOf } from './demand';

/** The latest transactions of all sources together. */
const looked = 5_000;

/** What is missing, or may be. */
export interface Troubles {
  /** Without their tokens. */
  feeds: Omit<FeedState, 'tokenCiphertext'>[];
  breaks: FoundBreak[];
}

export interface Sources extends Troubles {
  sources: Source[];
}

/**
 * Of the accounts that the actor sees; money that a gateway holds belongs to no agency. Another system sees the whole province.
 * `heard` is what is known of all sources: looking it up reads thousands of transactions.
 */
export async function seeSources(ctx: Context, actor: Actor, heard = () => heardSources(ctx)): Promise<Sources> {
  const isPerson = actor.kind === 'person';
  if (isPerson) demand(actor, 'see_strange_money');
  const { tables } = ctx.store;
  const agencyCodes = await sightOf(tables, actor);
  const accounts = (await tables.accounts.list()).filter((account) => !agencyCodes || agencyCodes.includes(account.agencyCode));
  const ids = new Set(accounts.map((account) => account.id));
  const seesGateways = !isPerson || (await seesStrangeMoney(tables, actor));
  const { feeds, breaks } = await currentTroubles(ctx);
  return {
    sources: (await heard()).filter(({ accountId }) => (accountId === undefined ? seesGateways : ids.has(accountId))),
    feeds: feeds.filter((feed) => ids.has(feed.accountId)),
    breaks: breaks.filter((one) => ids.has(one.accountId)),
  };
}

/** Of all accounts. */
export const heardSources = async ({ store: { tables } }: Context): Promise<Source[]> => sourcesOf(await tables.sources.listHeard(looked));

/** Of all accounts: that there are any may be told to everybody. */
export const currentTroubles = async ({ store: { tables } }: Context): Promise<Troubles> => ({
  feeds: (await tables.feeds.list()).map(({ tokenCiphertext: _, ...feed }) => feed),
  breaks: await tables.feeds.listBreaks(),
});
