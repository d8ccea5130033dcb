// Every five seconds: find the credits that deposits of cash became, and the movements by which slips for the State budget were paid.
import { confirmRemittances } from '../actions/confirmRemittance';
import { matchDeposits } from '../actions/matchDeposits';
import type { Context } from '../context';

export const depositTick = (ctx: Context) => async (): Promise<void> => {
  await matchDeposits(ctx);
  await confirmRemittances(ctx);
};
