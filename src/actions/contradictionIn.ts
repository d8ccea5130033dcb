// Finds what a message contradicts: the transaction that is known under the same id of its provider, and what the message says instead.
import { splitTarget, Unreadable, type IncomingTransaction } from '../../webhooks/provider';
import type { Context } from '../context';
import type { Delivery } from '../domain/delivery';
import { gatewayScope, type KnownTransaction } from '../domain/transaction';
import { failureOf } from './readArrival';

export interface Contradiction {
  known: KnownTransaction;
  told: Pick<IncomingTransaction, 'amount' | 'direction'>;
}

const reason = 'contradicts_earlier: ';

/** Undefined where the message contradicts nothing, or cannot be read any more. */
export async function contradictionIn(ctx: Context, delivery: Delivery): Promise<Contradiction | undefined> {
  if (!delivery.problem?.startsWith(reason)) return undefined;
  const told = toldIn(ctx, delivery).find(
    ({ providerId }) => failureOf('unreadable', `${reason}${providerId}`).problem === delivery.problem,
  );
  if (!told) return undefined;
  for (const scope of await scopesOf(ctx, delivery, told)) {
    const [known] = await ctx.store.tables.transactions.listTold(delivery.provider, scope, [told.providerId]);
    if (known) return { known, told };
  }
  return undefined;
}

/** Where the service had looked: at the account or the gateway's money, or among what its teller may not speak for. */
async function scopesOf({ store }: Context, { owner }: Delivery, { accountNumber, feed }: IncomingTransaction): Promise<string[]> {
  const accounts = (await store.tables.accounts.list()).filter((account) => account.accountNumber === accountNumber);
  const own = accounts.map(({ id }) => (feed === undefined ? id : `${id} ${feed}`));
  return [...own, ...(accountNumber === undefined ? [gatewayScope] : []), `foreign:${owner}`];
}

function toldIn(ctx: Context, { provider: name, method, target, headers, body }: Delivery): readonly IncomingTransaction[] {
  const provider = ctx.providerNamed(name);
  const request = { method, ...splitTarget(target), headers, body: Buffer.from(body) };
  for (const read of [() => provider?.normalise(request), () => provider?.readPulled?.(request.body)]) {
    try {
      const told = read() ?? [];
      if (told.length > 0) return told;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      if (error.readable.length > 0) return error.readable;
    }
  }
  return [];
}
