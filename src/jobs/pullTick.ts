// Every ten seconds: look whether the balances continue, and pull the banks' own lists whose time has come.
import { pullFeeds } from '../actions/pullFeeds';
import { watchBalances } from '../actions/watchBalances';
import type { Context } from '../context';

export const pullTick = (ctx: Context) => async (): Promise<void> => {
  await watchBalances(ctx);
  await pullFeeds(ctx);
};
