// Shows an administrator how each account is connected: which lists are pulled, and which webhook secrets hold, but never a secret.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import { sees, type Actor } from '../domain/role';
import type { Instant } from '../domain/time';
import { demand } from './demand';

export interface Connection {
  account: Account;
  /** Providers whose list is pulled. */
  listed: string[];
  secrets: LiveSecrets[];
}

/** The secrets by which one provider may sign for one account. */
export interface LiveSecrets {
  provider: string;
  currentId: string;
  since: Instant;
  /** With the current one; more than one during a rotation. */
  count: number;
}

/** Of the accounts that the actor sees. */
export async function seeConnections({ store }: Context, actor: Actor): Promise<Connection[]> {
  demand(actor, 'administer');
  const { agencies, accounts, feeds } = store.tables;
  const tree = await agencies.list();
  const secrets = await accounts.listSecrets();
  const lists = await feeds.list();
  const seen = (await accounts.list()).filter((account) => sees(actor, account.agencyCode, tree));
  return seen.map((account) => ({
    account,
    listed: lists.filter((feed) => feed.accountId === account.id).map((feed) => feed.provider),
    secrets: liveSecretsOf(secrets.filter((secret) => secret.accountId === account.id)),
  }));
}

/** From secrets with the newest first. */
function liveSecretsOf(secrets: readonly { id: string; provider: string; createdAt: Instant }[]): LiveSecrets[] {
  const providers = [...new Set(secrets.map((secret) => secret.provider))].sort();
  return providers.flatMap((provider) => {
    const own = secrets.filter((secret) => secret.provider === provider);
    const [current] = own;
    return current ? [{ provider, currentId: current.id, since: current.createdAt, count: own.length }] : [];
  });
}
