// Sets or rotates the secret by which a provider signs for an account: old and new both hold until the old ones are retired.
import type { Context, Tables } from '../context';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand, demandAccount } from './demand';
import { secretsIn } from './secretsOf';

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
  if (Array.from(secret).length < shortestSecret) throw new Problem('secret_too_short');
  if (ctx.config.mode === 'production' && secret.startsWith(demoPrefix)) throw new Problem('secret_is_demo');
  const id = ctx.id('secret');
  const kept = { id, accountId, provider, ciphertext: ctx.seal.close(secret) };
  await ctx.store.transact(async (tables) => {
    await demandAccount(tables, actor, accountId);
    await demandUnused(ctx, tables, provider, secret);
    await tables.accounts.keepSecret(kept, ctx.now());
  });
  ctx.log.info({ accountId, provider, secretId: id, by: signatureOf(actor) }, 'a webhook secret was set');
  return id;
}

/** One that vouches for something already would speak for two accounts, and only the first of them would be believed. */
async function demandUnused(ctx: Context, tables: Tables, provider: string, secret: string): Promise<void> {
  const { secrets } = await secretsIn(ctx, tables, provider);
  if (secrets.some(({ value }) => value === secret)) throw new Problem('secret_in_use');
}
