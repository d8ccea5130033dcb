// Every second: run what trials of rules wait, letting other work go first between two pieces.
import { setImmediate as turn } from 'node:timers/promises';
import { runTrial } from '../actions/runTrial';
import type { Context } from '../context';

export const ruleTick = (ctx: Context) => {
  const failures = new Map<string, number>();
  return async (): Promise<void> => {
    while (await runTrial(ctx, () => turn(), failures)) await turn();
  };
};
