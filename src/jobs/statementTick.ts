// Every second: read the statements that wait, or whose reading broke off, letting other work go first between two pieces.
import { setImmediate as turn } from 'node:timers/promises';
import { cancelLostArrivals } from '../actions/cancelStatement';
import { importNext } from '../actions/importStatement';
import type { Context } from '../context';

export const statementTick = (ctx: Context) => async (): Promise<void> => {
  await cancelLostArrivals(ctx);
  while (await importNext(ctx, () => turn()));
};
