// Every two seconds, and when the bell rings: recognise our refunds in what left, and ask gateways about those that they have not answered.
import { payBackRefunds } from '../actions/payBackRefunds';
import { recogniseRefunds } from '../actions/recogniseRefunds';
import type { Context } from '../context';

export const refundTick = (ctx: Context) => async (): Promise<void> => {
  await payBackRefunds(ctx);
  await recogniseRefunds(ctx);
};
