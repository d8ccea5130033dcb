// Every second: write the papers that wait, one after the other; once an hour forget those that were kept long enough.
import { setImmediate as turn } from 'node:timers/promises';
import { forgetExports, writeExport } from '../actions/exportPaper';
import type { Context } from '../context';

const forgetEveryMs = 60 * 60_000;

export function exportTick(ctx: Context): () => Promise<void> {
  let forgotten = -forgetEveryMs;
  return async () => {
    while (await writeExport(ctx, turn));
    if (performance.now() - forgotten < forgetEveryMs) return;
    forgotten = performance.now();
    await forgetExports(ctx);
  };
}
