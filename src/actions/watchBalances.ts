// Watches the running balances of the accounts: where they do not continue, money moved that nobody told us of, and the banks' lists are pulled at once.
import type { Context } from '../context';
import { breaksIn } from '../domain/continuity';
import type { FoundBreak } from '../domain/source';
import { addMs, type Instant } from '../domain/time';

/** Webhooks overtake each other: a break is believed when the movement after it has been here for so long. */
const graceMs = 60_000;
const windowMs = 35 * 86_400_000;
/** A shorter stretch of a busy account: what broke before was found before. */
const mostMovements = 2_000;
/** An account is looked at for so long after it was heard of, which is longer than the grace. */
const newsMs = 5 * 60_000;
const mostNews = 5_000;

/** Returns the breaks that are open now. */
export async function watchBalances(ctx: Context): Promise<FoundBreak[]> {
  const now = ctx.now();
  const { tables } = ctx.store;
  const known = await tables.feeds.listBreaks();
  const heard = await tables.transactions.listAccountsHeard(addMs(now, -newsMs), mostNews);
  const accountIds = new Set([...heard, ...known.map((one) => one.accountId)]);
  const found = (await Promise.all([...accountIds].map((id) => breaksOf(ctx, id, now)))).flat();
  const fresh = found.filter((one) => !known.some((other) => keyOf(other) === keyOf(one)));
  const closed = known.filter((one) => !found.some((other) => keyOf(other) === keyOf(one)));
  if (fresh.length > 0 || closed.length > 0) await note(ctx, fresh, closed, now);
  return found;
}

async function breaksOf(ctx: Context, accountId: string, now: Instant): Promise<FoundBreak[]> {
  const movements = await ctx.store.tables.transactions.listBalanced(accountId, addMs(now, -windowMs), mostMovements);
  if (movements.some(({ balanceAfter }) => balanceAfter === undefined)) return []; // a source that knows no balance at times says nothing
  const settled = addMs(now, -graceMs);
  const balanced = movements.flatMap(({ balanceAfter, ...movement }) => (balanceAfter ? [{ ...movement, balanceAfter }] : []));
  return breaksIn(balanced).flatMap((one) => {
    const later = movements.find(({ id }) => id === one.beforeId);
    return later && later.receivedAt <= settled ? [{ ...one, accountId, provider: later.provider, foundAt: now }] : [];
  });
}

async function note(ctx: Context, fresh: readonly FoundBreak[], closed: readonly FoundBreak[], now: Instant): Promise<void> {
  await ctx.store.transact(async (tables) => {
    for (const one of closed) await tables.feeds.markBreakClosed(one, now);
    for (const one of fresh) {
      await tables.feeds.keepBreak(one);
      await tables.feeds.markDue(one.accountId, one.from);
    }
  });
  for (const { accountId, provider, from, to, missing } of fresh) {
    ctx.log.error({ accountId, provider, from, to, missing: missing.toJSON() }, 'a running balance does not continue');
  }
}

const keyOf = ({ accountId, provider, afterId, beforeId }: FoundBreak): string => [accountId, provider, afterId, beforeId].join(' ');
