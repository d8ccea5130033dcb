// Every two seconds, for each gateway by itself: ask about its open payment sessions.
import { settleSessions } from '../actions/settleSessions';
import type { Context } from '../context';

/** A slow gateway holds up its own sessions only. */
export const sessionTick = (ctx: Context, method: Parameters<typeof settleSessions>[1]) => async (): Promise<void> => {
  await settleSessions(ctx, method);
};
