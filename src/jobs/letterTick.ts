// Every second, and whenever the bell rings: queue letters for what happened; every hour forget codes whose time is long over.
import { setTimeout as pause } from 'node:timers/promises';
import { forgetCodes } from '../actions/findPayment';
import { queueLetters } from '../actions/queueLetters';
import type { Context } from '../context';

/** What happens together is written of together. */
const gatherMs = 100;
/** However much there is to do, the clock is heard again: the next second goes on. */
const longestRunMs = 1_000;
const hourMs = 60 * 60_000;

export function letterTick(ctx: Context): () => Promise<void> {
  let forgetsAt = performance.now();
  return async () => {
    await pause(gatherMs);
    const end = performance.now() + longestRunMs;
    while (performance.now() < end && (await queueLetters(ctx)) > 0);
    if (performance.now() < forgetsAt) return;
    forgetsAt = performance.now() + hourMs;
    await forgetCodes(ctx);
  };
}
