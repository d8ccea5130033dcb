// Subscribes the configured system to our events: from now on they wait for it, also when it had asked to hear no more.
import type { Context } from '../context';

export async function subscribe(ctx: Context): Promise<void> {
  const { subscriber } = ctx.config;
  if (!subscriber) return;
  const { url, secret } = subscriber;
  await ctx.store.transact((tables) =>
    tables.events.saveSubscriber({ id: ctx.id('subscriber'), url, secretCiphertext: ctx.seal.close(secret), createdAt: ctx.now() }),
  );
}
