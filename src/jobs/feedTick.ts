// Every second: ring the bell for events that another process committed.
import type { Context } from '../context';

export function feedTick(ctx: Context): () => Promise<void> {
  let lastId: number | undefined;
  return async () => {
    const id = await ctx.store.tables.events.lastId();
    if (lastId !== undefined && id > lastId) ctx.bell.ring();
    lastId = id;
  };
}
