// Every second, and whenever the bell rings: issue receipts for what was paid, and sign them.
import { setTimeout as pause } from 'node:timers/promises';
import { issueReceipts, issueWaitingReceipts } from '../actions/issueReceipts';
import { signReceipts } from '../actions/signReceipts';
import type { Context } from '../context';

/** Payments that come together are receipted together. */
const gatherMs = 20;
/** However much there is to do, the clock is heard again: the next second goes on. */
const longestRunMs = 1_000;
/** `2026-11-21T14`: an instant up to its hour. */
const hourLength = 13;

/** What failed because of a bug is tried again at the start and as every hour begins, as long as that leads anywhere. */
export function receiptTick(ctx: Context): () => Promise<void> {
  let triesFailed = true;
  let triedIn = ctx.now().slice(0, hourLength);
  return async () => {
    await pause(gatherMs);
    const end = performance.now() + longestRunMs;
    const hour = ctx.now().slice(0, hourLength);
    if (hour !== triedIn) [triesFailed, triedIn] = [true, hour];
    for (let done = Infinity; done > 0 && performance.now() < end;) {
      done = await issueReceipts(ctx); // before signing, which is slow: new payments do not wait behind old ones
      const waited = await issueWaitingReceipts(ctx, triesFailed);
      done += waited;
      triesFailed &&= waited > 0;
      done += await leavingHalf(() => signReceipts(ctx));
    }
  };
}

/** Rests as long as it worked: money goes first. */
async function leavingHalf<T>(work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  await pause(performance.now() - started);
  return result;
}
