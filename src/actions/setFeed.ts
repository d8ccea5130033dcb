// Sets the token with which a bank's own list of an account is pulled; kept encrypted, and never shown again.
import type { Context } from '../context';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';

export interface FeedWish {
  actor: Actor;
  accountId: string;
  provider: string;
  token: string;
  /** For a sandbox of the source's. */
  baseUrl?: string;
}

/** From the next tick on the feed is pulled. Throws account_unknown (also for one out of sight) or provider_unknown. */
export async function setFeed(ctx: Context, { actor, accountId, provider, token, baseUrl }: FeedWish): Promise<void> {
  demand(actor, 'administer');
  if (!ctx.outbound.feeds.some((feed) => feed.provider === provider)) throw new Problem('provider_unknown');
  await ctx.store.transact(async (tables) => {
    const account = await tables.accounts.find(accountId);
    await demandSight(tables, actor, account?.agencyCode, 'account_unknown');
    const feed = { accountId, provider, tokenCiphertext: ctx.seal.close(token), ...(baseUrl ? { baseUrl } : {}) };
    await tables.feeds.save(feed, ctx.now());
  });
  ctx.log.info({ accountId, provider, by: signatureOf(actor) }, 'the token of a feed was set');
}
