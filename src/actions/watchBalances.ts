// Watches the running balances of the accounts: where they do not continue, money moved that nobody told us of, and the banks' lists are pulled at once.
import type { Context } from '../context';
import { breaksIn, isLinked } from '../domain/continuity';
import type { FoundBreak } from '../domain/source';
import { addMs, type Instant } from '../domain/time';
import type { ToldMovement } from '../domain/transaction';

/** Webhooks overtake each other: a break is believed when the movement after it has been here for so long. */
const graceMs = 60_000;
const windowMs = 35 * 86_400_000;
/** A shorter stretch of a busy account: what broke before was found before. */
const mostMovements = 2_000;
/** An account is looked at for so long after it was heard of, which is longer than the grace. */
const newsMs = 5 * 60_000;
const mostNews = 5_000;

/** Returns the breaks that are open now. One stays open until its two ends are linked, however old it is. */
export async function watchBalances(ctx: Context): Promise<FoundBreak[]> {
  const now = ctx.now();
  const { tables } = ctx.store;
  const known = await tables.feeds.listBreaks();
  const heard = await tables.transactions.listAccountsHeard(addMs(now, -newsMs), mostNews);
  const accountIds = new Set([...heard, ...known.map((one) => one.accountId)]);
  const found = (await Promise.all([...accountIds].map((id) => breaksOf(ctx, id, now)))).flat();
  const fresh = found.filter((one) => !isAmong(known, one));
  const closed = await closedAmong(ctx, known, found);
  if (fresh.length > 0 || closed.length > 0) await note(ctx, fresh, closed, now);
  return [...known.filter((one) => !closed.includes(one)), ...fresh];
}

async function breaksOf(ctx: Context, accountId: string, now: Instant): Promise<FoundBreak[]> {
  const movements = await ctx.store.tables.feeds.listMovements(accountId, addMs(now, -windowMs), now, mostMovements);
  const settled = addMs(now, -graceMs);
  return breaksIn(wholeGroupsOf(movements)).flatMap((one) => {
    const later = movements.find(({ id }) => id === one.beforeId);
    return later && later.receivedAt <= settled ? [{ ...one, accountId, provider: later.provider, foundAt: now }] : [];
  });
}

/** Without those of the oldest time, where some of them may have been left out: what is missing among them is not missing. */
function wholeGroupsOf(movements: readonly ToldMovement[]): readonly ToldMovement[] {
  const [oldest] = movements;
  return movements.length < mostMovements ? movements : movements.filter(({ bankTime }) => bankTime !== oldest?.bankTime);
}

/** Those whose ends are linked, or are linked but for narrower breaks; one that is not found any more may only be out of sight. */
async function closedAmong(ctx: Context, known: readonly FoundBreak[], found: readonly FoundBreak[]): Promise<FoundBreak[]> {
  const closed: FoundBreak[] = [];
  for (const one of known.filter((other) => !isAmong(found, other))) {
    const { accountId, from, to } = one;
    const between = await ctx.store.tables.feeds.listMovements(accountId, from, to, mostMovements);
    const narrower = found.filter((other) => other.accountId === accountId && other.from >= from && other.to <= to);
    if (isLinked(between, one, narrower)) closed.push(one);
  }
  return closed;
}

async function note(ctx: Context, fresh: readonly FoundBreak[], closed: readonly FoundBreak[], now: Instant): Promise<void> {
  const opened = await ctx.store.transact(async (tables) => {
    const news: FoundBreak[] = [];
    for (const one of closed) await tables.feeds.markBreakClosed(one, now);
    for (const one of fresh) if (await tables.feeds.keepBreak(one)) news.push(one);
    for (const one of news) await tables.feeds.markDue(one.accountId, one.from);
    return news;
  });
  for (const { accountId, provider, from, to, missing } of opened) {
    ctx.log.error({ accountId, provider, from, to, missing: missing.toJSON() }, 'a running balance does not continue');
  }
}

const isAmong = (list: readonly FoundBreak[], one: FoundBreak): boolean => list.some((other) => keyOf(other) === keyOf(one));

const keyOf = ({ accountId, provider, afterId, beforeId }: FoundBreak): string => [accountId, provider, afterId, beforeId].join(' ');
