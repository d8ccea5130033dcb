// Every ten seconds: apply deliveries that were kept but not applied.
import { sweepDeliveries } from '../actions/sweepDeliveries';
import type { Context } from '../context';

export const sweepTick = (ctx: Context) => async (): Promise<void> => {
  await sweepDeliveries(ctx);
};
