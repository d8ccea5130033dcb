// Every half a minute: look for the bank's credits of gateways' payouts, a part of them each time where many are awaited.
import { settlePayouts } from '../actions/settlePayouts';
import type { Context } from '../context';

export function settlementTick(ctx: Context): () => Promise<void> {
  let after = '';
  return async () => {
    after = await settlePayouts(ctx, after);
  };
}
