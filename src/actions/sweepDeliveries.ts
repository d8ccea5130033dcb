// Sweeps up deliveries that were kept but could not be applied: tries them again, the least tried first.
import { headersOf, splitTarget, type WebhookRequest } from '../../webhooks/provider';
import type { Context } from '../context';
import type { Delivery } from '../domain/delivery';
import { applyDelivery } from './receiveWebhook';
import { secretsOf } from './secretsOf';

const mostAtOnce = 100;

/** Returns how many were applied. */
export async function sweepDeliveries(ctx: Context): Promise<number> {
  let applied = 0;
  for (const delivery of await ctx.store.tables.deliveries.listWaiting(mostAtOnce)) {
    if (await sweepOne(ctx, delivery)) applied++;
  }
  if (applied > 0) ctx.bell.ring();
  return applied;
}

async function sweepOne(ctx: Context, delivery: Delivery): Promise<boolean> {
  const provider = ctx.providerNamed(delivery.provider);
  if (!provider) {
    await ctx.store.transact((tables) => tables.deliveries.mark(delivery.id, 'failed', 'no such provider any more'));
    return false;
  }
  const { accountsWithOwnSecret } = await secretsOf(ctx, provider.name);
  const teller = { provider: provider.name, owner: delivery.owner, accountsWithOwnSecret, deliveryId: delivery.id };
  const outcome = await ctx.store.transact((tables) => applyDelivery(ctx, tables, provider, requestOf(delivery), teller, ctx.now()));
  return outcome === 'kept';
}

function requestOf(delivery: Delivery): WebhookRequest {
  const headers = headersOf(Object.entries(delivery.headers).flatMap(([name, value]) => (value === undefined ? [] : [name, value])));
  return { method: delivery.method, ...splitTarget(delivery.target), headers, body: Buffer.from(delivery.body) };
}
