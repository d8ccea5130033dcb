// Every five seconds: hand signed receipts over to the e-receipt provider.
import { handOverReceipts } from '../actions/handOverReceipts';
import type { Context } from '../context';

/** However many there are, the clock is heard again: the next tick goes on. */
const longestRunMs = 4_000;

export const handOverTick = (ctx: Context) => async (): Promise<void> => {
  const end = performance.now() + longestRunMs;
  while (performance.now() < end && (await handOverReceipts(ctx)) > 0);
};
