// Sets or rotates the secret by which a provider signs for an account: old and new both hold until the old ones are retired.
import type { Context, ReadTables } from '../context';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';
import { secretsOf } from './secretsOf';

/** A secret that could be guessed would let anybody say that money came; some providers give short ones. */
export const shortestSecret = 8;
const demoPrefix = 'demo-';

export interface SecretWish {
  actor: Actor;
  accountId: string;
  provider: string;
  secret: string;
}

/** Returns the new secret's id. Throws account_unknown, provider_unknown, secret_too_short, secret_is_demo, secret_in_use. */
export async function rotateSecret(ctx: Context, { actor, accountId, provider, secret }: SecretWish): Promise<string> {
  demand(actor, 'administer');
  if (!ctx.providerNames.includes(provider)) throw new Problem('provider_unknown');
  await demandFit(ctx, provider, secret);
  const id = ctx.id('secret');
  const kept = { id, accountId, provider, ciphertext: ctx.seal.close(secret) };
  await ctx.store.transact(async (tables) => {
    await demandAccount(tables, actor, accountId);
    await tables.accounts.keepSecret(kept, ctx.now());
  });
  ctx.log.info({ accountId, provider, secretId: id, by: signatureOf(actor) }, 'a webhook secret was set');
  return id;
}

export interface RetirementWish {
  actor: Actor;
  accountId: string;
  provider: string;
  /** The current secret as the actor saw it: whatever is older goes. */
  keepId: string;
}

/** Returns how many were retired. Throws account_unknown, and secret_changed when there is a newer one by now. */
export async function retireSecrets(ctx: Context, { actor, accountId, provider, keepId }: RetirementWish): Promise<number> {
  demand(actor, 'administer');
  const retired = await ctx.store.transact(async (tables) => {
    await demandAccount(tables, actor, accountId);
    const live = (await tables.accounts.listSecrets()).filter((one) => one.accountId === accountId && one.provider === provider);
    if (live[0]?.id !== keepId) throw new Problem('secret_changed');
    return tables.accounts.markSecretsRetired(accountId, provider, ctx.now(), keepId);
  });
  ctx.log.info({ accountId, provider, keptSecretId: keepId, retired, by: signatureOf(actor) }, 'older webhook secrets were retired');
  return retired;
}

/** One that vouches for something already would speak for two accounts, and only the first of them would be believed. */
async function demandFit(ctx: Context, provider: string, secret: string): Promise<void> {
  if (Array.from(secret).length < shortestSecret) throw new Problem('secret_too_short');
  if (ctx.config.mode === 'production' && secret.startsWith(demoPrefix)) throw new Problem('secret_is_demo');
  const { secrets } = await secretsOf(ctx, provider);
  if (secrets.some(({ value }) => value === secret)) throw new Problem('secret_in_use');
}

async function demandAccount(tables: Pick<ReadTables, 'agencies' | 'accounts'>, actor: Actor, accountId: string): Promise<void> {
  const account = await tables.accounts.find(accountId);
  await demandSight(tables, actor, account?.agencyCode, 'account_unknown');
}
