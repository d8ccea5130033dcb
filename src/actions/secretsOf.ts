// The secrets by which a provider may sign: those of accounts, then the default for accounts without their own.
import type { Secret } from '../../webhooks/provider';
import type { Context, ReadTables } from '../context';

/** The owner of a secret that vouches for every account without one of its own. */
export const defaultOwner = 'default';

export interface ProviderSecrets {
  secrets: Secret[];
  accountsWithOwnSecret: ReadonlySet<string>;
}

/** Requests that arrive together ask for the same secrets: they are read and opened once in a turn of the event loop. */
export const secretsOf = (ctx: Context, provider: string): Promise<ProviderSecrets> =>
  ctx.oncePerTurn(`secrets of ${provider}`, () => secretsIn(ctx, ctx.store.tables, provider));

/** The same as they stand now, also within a transaction. */
export async function secretsIn(ctx: Context, tables: Pick<ReadTables, 'accounts'>, provider: string): Promise<ProviderSecrets> {
  const stored = (await tables.accounts.listSecrets()).filter((secret) => secret.provider === provider);
  const own = stored.flatMap((secret) => opened(ctx, secret));
  const standard = (ctx.config.webhookSecrets[provider] ?? []).map((value) => ({ value, owner: defaultOwner }));
  return { secrets: [...own, ...standard], accountsWithOwnSecret: new Set(stored.map((secret) => secret.accountId)) };
}

/** A secret that does not open (another SECRET_KEY, a damaged row) is left out: it must not silence the other accounts. */
function opened(ctx: Context, { id, accountId, ciphertext }: { id: string; accountId: string; ciphertext: string }): Secret[] {
  try {
    return [{ value: ctx.seal.open(ciphertext), owner: accountId }];
  } catch (error) {
    ctx.log.error({ err: error, secretId: id, accountId }, 'a provider secret does not open');
    return [];
  }
}
