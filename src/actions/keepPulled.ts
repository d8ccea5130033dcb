// Keeps what a source answered when we asked it: it enters by the same way as a webhook, and is known again if that came too.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import { keepDeliveries, type Arrival } from './keepDeliveries';
import { pulled } from './sweepDeliveries';

/** `body` is the answer as it came, vouched for by the account whose token we asked with. */
export async function keepPulled(ctx: Context, providerName: string, account: Account, body: Buffer): Promise<void> {
  const provider = ctx.providerNamed(providerName);
  if (!provider) throw new Error(`no provider ${providerName}`);
  const request = { method: pulled, path: `/${providerName}`, query: '', headers: {}, body };
  const accountsWithOwnSecret = new Set([account.id]);
  const arrival: Arrival = {
    provider,
    owner: account.id,
    accountsWithOwnSecret,
    via: 'pull',
    accountNumber: account.accountNumber,
    request,
  };
  await keepDeliveries(ctx, () => [arrival]);
  ctx.bell.ring();
}
