// Retires the older secrets by which a provider signs for an account: from now on only the current one holds.
import type { Context } from '../context';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand, demandAccount } from './demand';

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
