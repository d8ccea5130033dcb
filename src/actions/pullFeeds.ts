// Pulls the banks' own lists: money that no webhook told us of enters by the same way as all other, and is known again if it was told.
import type { Context } from '../context';
import type { FeedState, PullWindow } from '../domain/source';
import { addMs, type Instant } from '../domain/time';
import { keepPulled } from './keepPulled';

const pauseMs = 5 * 60_000;
/** A source that wants to be left alone for longer is asked all the same, so that an odd answer cannot silence it. */
const longestRestMs = 60 * 60_000;
/** Banks book some transfers hours late, with the time of the payment: each pull looks back. */
const lookBackMs = 2 * 60 * 60_000;
/** The first pull, and one after a long silence. An order is asked about for so long. */
const longestWindowMs = 35 * 86_400_000;
/** For so long a gateway may tell of a payment in a session that it called over. */
const overMs = 6 * 60 * 60_000;
/** Of one pull, where each costs a request; the next one goes on after them. */
const mostOrders = 200;

/** Pulls every feed whose time has come; returns of how many everything up to now is taken. */
export async function pullFeeds(ctx: Context): Promise<number> {
  const due = (await ctx.store.tables.feeds.list()).filter((feed) => isDue(feed, ctx.now()));
  const ended = await Promise.all(due.map((feed) => pullOne(ctx, feed)));
  return ended.filter(Boolean).length;
}

const isDue = ({ lastPulledAt, restUntil }: FeedState, now: Instant): boolean =>
  (lastPulledAt === undefined || addMs(lastPulledAt, pauseMs) <= now) && (restUntil === undefined || restUntil <= now);

/** First what an earlier pull left of its window, then what came since. */
async function pullOne(ctx: Context, state: FeedState): Promise<boolean> {
  const at = ctx.now();
  const { unfinished: rest } = state;
  if (!rest) return pullWindow(ctx, state, windowAfter(state.pulledTo, at), at);
  if (!(await pullWindow(ctx, state, rest, at))) return false;
  return pullWindow(ctx, { ...state, lastPulledAt: at, pulledTo: rest.to }, windowAfter(rest.to, at), at);
}

/** Whether the window was taken to its end. */
async function pullWindow(ctx: Context, state: FeedState, window: PullWindow, at: Instant): Promise<boolean> {
  const account = await ctx.store.tables.accounts.find(state.accountId);
  const feed = ctx.outbound.feeds.find((known) => known.provider === state.provider);
  if (!account || !feed || !(await ctx.store.transact((tables) => tables.feeds.claim(state, window, at)))) return false;
  let { cursor } = window;
  try {
    const orders = await ordersOf(ctx, state, window);
    const access = {
      baseUrl: state.baseUrl ?? feed.baseUrl,
      token: ctx.seal.open(state.tokenCiphertext),
      accountNumber: account.accountNumber,
      settings: ctx.config.providerSettings,
    };
    for await (const page of feed.pages(access, { ...window, orders })) {
      if (page.body) await keepPulled(ctx, state.provider, account, page.body);
      cursor = page.next;
    }
    const isWhole = orders.length < mostOrders;
    await ctx.store.transact((tables) => tables.feeds.markPulled(state, window, { isWhole, cursor }));
    return isWhole;
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unknown';
    ctx.log.warn({ accountId: state.accountId, provider: state.provider, problem }, 'a feed could not be pulled');
    const end = { isWhole: false, cursor: isForgotten(error) ? undefined : cursor, problem, restUntil: addMs(ctx.now(), restOf(error)) };
    await ctx.store.transact((tables) => tables.feeds.markPulled(state, window, end));
    return false;
  }
}

/** A source that refuses may have forgotten the cursor: then without it. */
const isForgotten = (error: unknown): boolean => error instanceof Error && error.name === 'FeedRefused';

/** For how long the source asked to be left alone. */
function restOf(error: unknown): number {
  const askedMs = error instanceof Error && 'retryAfterMs' in error && typeof error.retryAfterMs === 'number' ? error.retryAfterMs : 0;
  return Math.min(askedMs, longestRestMs);
}

function windowAfter(pulledTo: Instant | undefined, to: Instant): PullWindow {
  const earliest = addMs(to, -longestWindowMs);
  const from = pulledTo === undefined ? earliest : addMs(pulledTo, -lookBackMs);
  return { from: from < earliest ? earliest : from, to };
}

/** None of a provider that has a list. A payment may come long after its order was given. */
const ordersOf = (ctx: Context, { provider }: FeedState, { to, cursor }: PullWindow) =>
  ctx.store.tables.paymentRequests.listUnpaidOrders(provider, [addMs(to, -longestWindowMs), to], addMs(to, -overMs), cursor, mostOrders);
