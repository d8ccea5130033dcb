// Every second: compare what catalogues wait, letting other work go first between two pieces.
import { setImmediate as turn } from 'node:timers/promises';
import { compareCatalogue } from '../actions/compareCatalogue';
import type { Context } from '../context';

export const catalogueTick = (ctx: Context) => async (): Promise<void> => {
  while (await compareCatalogue(ctx, () => turn())) await turn();
};
