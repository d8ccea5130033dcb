// Every second, and whenever the bell rings: tell subscribers what is due.
import { deliverEvents } from '../actions/deliverEvents';
import type { Context } from '../context';

export const deliverTick = (ctx: Context) => async (): Promise<void> => {
  while ((await deliverEvents(ctx)) > 0);
};
