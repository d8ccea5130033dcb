// Every second: compare what catalogues wait, letting other work go first between two pieces.
import { setImmediate as turn } from 'node:timers/promises';
import { compareCatalogue } from '../actions/compareCatalogue';
import type { Context } from '../context';

export const catalogueTick = (ctx: Context) => {
  const failures = new Map<string, number>();
  return async (): Promise<void> => {
    while (await compareCatalogue(ctx, () => turn(), failures)) await turn();
  };
};
