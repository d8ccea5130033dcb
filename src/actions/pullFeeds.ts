// Pulls the banks' own lists: money that no webhook told us of enters by the same way as all other, and is known again if it was told.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import type { FeedState } from '../domain/source';
import { addMs, type Instant } from '../domain/time';
import { keepDeliveries, type Arrival } from './keepDeliveries';
import { pulled } from './sweepDeliveries';

const pauseMs = 5 * 60_000;
/** Banks book some transfers hours late, with the time of the payment: each pull looks back. */
const lookBackMs = 2 * 60 * 60_000;
/** The first pull, and one after a long silence. */
const longestWindowMs = 35 * 86_400_000;
const mostOrders = 200;

/** Pulls every feed whose time has come; returns how many were pulled to their end. */
export async function pullFeeds(ctx: Context): Promise<number> {
  const due = (await ctx.store.tables.feeds.list()).filter((feed) => isDue(feed, ctx.now()));
  const ended = await Promise.all(due.map((feed) => pullOne(ctx, feed)));
  return ended.filter(Boolean).length;
}

const isDue = ({ lastPulledAt }: FeedState, now: Instant): boolean => lastPulledAt === undefined || addMs(lastPulledAt, pauseMs) <= now;

async function pullOne(ctx: Context, state: FeedState): Promise<boolean> {
  const account = await ctx.store.tables.accounts.find(state.accountId);
  const feed = ctx.outbound.feeds.find((known) => known.provider === state.provider);
  const to = ctx.now();
  if (!account || !feed || !(await ctx.store.transact((tables) => tables.feeds.claim(state, to)))) return false;
  let { cursor } = state;
  try {
    const access = {
      baseUrl: state.baseUrl ?? feed.baseUrl,
      token: ctx.seal.open(state.tokenCiphertext),
      accountNumber: account.accountNumber,
      settings: ctx.config.providerSettings,
    };
    for await (const page of feed.pages(access, { from: startOf(state, to), to, cursor, openOrders: await openOrdersOf(ctx, state) })) {
      await keepPage(ctx, state, account, page.body);
      cursor = page.next;
    }
    await ctx.store.transact((tables) => tables.feeds.markPulled(state, { pulledTo: to }));
    return true;
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unknown';
    ctx.log.warn({ accountId: state.accountId, provider: state.provider, problem }, 'a feed could not be pulled');
    const isForgotten = error instanceof Error && error.name === 'FeedRefused'; // a source may have forgotten the cursor: then without it
    await ctx.store.transact((tables) => tables.feeds.markPulled(state, { cursor: isForgotten ? undefined : cursor, problem }));
    return false;
  }
}

async function keepPage(ctx: Context, { accountId, provider: name }: FeedState, { accountNumber }: Account, body: Buffer): Promise<void> {
  const provider = ctx.providerNamed(name);
  if (!provider) throw new Error(`no provider ${name}`);
  const request = { method: pulled, path: `/${name}`, query: '', headers: {}, body };
  const arrival: Arrival = { provider, owner: accountId, accountsWithOwnSecret: new Set([accountId]), via: 'pull', accountNumber, request };
  await keepDeliveries(ctx, () => [arrival]);
  ctx.bell.ring();
}

function startOf({ pulledTo }: FeedState, to: Instant): Instant {
  const earliest = addMs(to, -longestWindowMs);
  const from = pulledTo === undefined ? earliest : addMs(pulledTo, -lookBackMs);
  return from < earliest ? earliest : from;
}

async function openOrdersOf(ctx: Context, { provider }: FeedState) {
  const requests = await ctx.store.tables.paymentRequests.listOpenOrders(provider, addMs(ctx.now(), -longestWindowMs), mostOrders);
  return requests.flatMap(({ orderId, createdAt }) => (orderId === undefined ? [] : [{ orderId, createdAt }]));
}
