// Every ten seconds: search once more for the money of open claims, a part of them each time where many are open.
import { searchClaims } from '../actions/searchClaims';
import type { Context } from '../context';

export function claimTick(ctx: Context): () => Promise<void> {
  let after = '';
  return async () => {
    after = await searchClaims(ctx, after);
  };
}
