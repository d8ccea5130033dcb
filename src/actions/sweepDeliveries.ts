// Sweeps up deliveries that were kept but could not be applied: tries them again, the least tried first.
import { headersOf, splitTarget, type WebhookRequest } from '../../webhooks/provider';
import type { Context } from '../context';
import type { Delivery } from '../domain/delivery';
import { applyKept, type Arrival } from './keepDeliveries';
import { secretsOf } from './secretsOf';

const mostAtOnce = 100;

/** The method under which answers of a provider's own list are kept. */
export const pulled = 'PULL';

/** Returns how many were applied. `unreadableToo`: also what nobody could read before, because the readers may have been mended since. */
export async function sweepDeliveries(ctx: Context, unreadableToo = false): Promise<number> {
  let applied = 0;
  for (const delivery of await ctx.store.tables.deliveries.listWaiting(mostAtOnce, unreadableToo)) {
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
  const told = { provider, owner: delivery.owner, accountsWithOwnSecret, request: requestOf(delivery) };
  const arrival: Arrival =
    delivery.method === pulled ? { ...told, via: 'pull', ...(await meantBy(ctx, delivery)) } : { ...told, via: 'push' };
  return ctx.store.transact((tables) => applyKept(ctx, tables, arrival, delivery.id, ctx.now()));
}

/** The account whose list it is: only that one's movements were asked for. */
async function meantBy(ctx: Context, { owner }: Delivery): Promise<Pick<Arrival, 'accountNumber'>> {
  const account = await ctx.store.tables.accounts.find(owner);
  return account ? { accountNumber: account.accountNumber } : {};
}

function requestOf(delivery: Delivery): WebhookRequest {
  const headers = headersOf(Object.entries(delivery.headers).flatMap(([name, value]) => (value === undefined ? [] : [name, value])));
  return { method: delivery.method, ...splitTarget(delivery.target), headers, body: Buffer.from(delivery.body) };
}
