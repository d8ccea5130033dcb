// Sweeps up deliveries that were kept but could not be applied: tries them again, the least tried first.
import { headersOf, splitTarget, type Provider, type WebhookRequest } from '../../webhooks/provider';
import type { Context, Tables } from '../context';
import type { Delivery } from '../domain/delivery';
import { failedBy, readArrival, type Arrival } from './readArrival';
import { settleArrivals } from './settleArrivals';

const mostAtOnce = 100;

/** The method under which answers of a provider's own list are kept. */
export const pulled = 'PULL';

/** Returns how many were applied. `unreadableToo`: also what nobody could read before, because the readers may have been mended since. */
export async function sweepDeliveries(ctx: Context, unreadableToo = false): Promise<number> {
  let applied = 0;
  for (const delivery of await ctx.store.tables.deliveries.listWaiting(mostAtOnce, unreadableToo)) {
    if (await ctx.store.transact((tables) => sweepOne(ctx, tables, delivery))) applied++;
  }
  if (applied > 0) ctx.bell.ring();
  return applied;
}

async function sweepOne(ctx: Context, tables: Tables, delivery: Delivery): Promise<boolean> {
  const provider = ctx.providerNamed(delivery.provider);
  if (!provider) {
    await tables.deliveries.mark(delivery.id, 'failed', 'no such provider any more');
    return false;
  }
  const arrived = { ...readArrival(ctx, await arrivalOf(tables, provider, delivery)), id: delivery.id };
  const attempt = await tables.attempt(() => settleArrivals(ctx, tables, [arrived], ctx.now()));
  const failure = attempt.ok ? attempt.value.settled[0]?.failure : failedBy(ctx, delivery.id, attempt.error);
  await tables.deliveries.mark(delivery.id, failure?.state ?? 'applied', failure?.problem);
  if (attempt.ok) await tables.events.append(attempt.value.events);
  return failure === undefined;
}

/** What vouched for it when it came, counts: an account that was given a secret of its own since then had none. */
async function arrivalOf(tables: Tables, provider: Provider, delivery: Delivery): Promise<Arrival> {
  const ownThen = await tables.deliveries.listAccountsWithOwnSecret(provider.name, delivery.receivedAt);
  const told = { provider, owner: delivery.owner, accountsWithOwnSecret: new Set(ownThen), request: requestOf(delivery) };
  return delivery.method === pulled ? { ...told, via: 'pull', ...(await meantBy(tables, delivery)) } : { ...told, via: 'push' };
}

/** The account whose list it is: only that one's movements were asked for. */
async function meantBy(tables: Tables, { owner }: Delivery): Promise<Pick<Arrival, 'accountNumber'>> {
  const account = await tables.accounts.find(owner);
  return account ? { accountNumber: account.accountNumber } : {};
}

function requestOf(delivery: Delivery): WebhookRequest {
  const headers = headersOf(Object.entries(delivery.headers).flatMap(([name, value]) => (value === undefined ? [] : [name, value])));
  return { method: delivery.method, ...splitTarget(delivery.target), headers, body: Buffer.from(delivery.body) };
}
