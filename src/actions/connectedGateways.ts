// The gateways through which an obligation may be paid: those whose key is set for its account, or for one above its agency.
import type { Context, Gateway, GatewayAccess, ReadTables } from '../context';
import { isWithin, type Account } from '../domain/agency';
import type { Money } from '../domain/money';
import type { Obligation } from '../domain/obligation';
import { onlineMethods, unfitFor, type OnlineMethod, type UnfitMethod } from '../domain/onlineSession';
import type { FeedState } from '../domain/source';
import { defaultOwner, secretsIn } from './secretsOf';

type Tables = Pick<ReadTables, 'accounts' | 'agencies' | 'feeds'>;

export interface ConnectedGateway {
  gateway: Gateway;
  /** With whose key it is asked. */
  account: Account;
  access: GatewayAccess;
}

/** The gateways that are connected, in the order in which they are offered. */
export interface OnlineWays {
  methods: readonly OnlineMethod[];
  /** Those that do not take the sum. */
  unfit: readonly UnfitMethod[];
}

/** For so much of the obligation, or of the basket that it is in. Taxes go to the Treasury alone, and not through gateways. */
export async function waysFor(ctx: Context, tables: Tables, obligation: Obligation, amount: Money): Promise<OnlineWays> {
  if (obligation.treasuryAccountId !== undefined) return noWays;
  const feeds = await feedsFor(tables, obligation.agencyCode);
  const connected = onlineMethods.filter((method) => gatewayNamed(ctx, method) && feeds.some((feed) => feed.provider === method));
  const unfit = connected.flatMap((method) => unfitFor(method, amount) ?? []);
  return { methods: connected.filter((method) => !unfit.some((one) => one.method === method)), unfit };
}

export const noWays: OnlineWays = { methods: [], unfit: [] };

/** The gateway for a new session of the obligation, with the key that is nearest to its agency. */
export async function gatewayFor(
  ctx: Context,
  tables: Tables,
  obligation: Obligation,
  method: OnlineMethod,
): Promise<ConnectedGateway | undefined> {
  if (obligation.treasuryAccountId !== undefined) return undefined;
  const feed = (await feedsFor(tables, obligation.agencyCode)).find(({ provider }) => provider === method);
  return feed && connected(ctx, tables, feed);
}

/** The gateway with the key of this account; undefined where that was taken away. */
export async function gatewayOf(
  ctx: Context,
  tables: Tables,
  accountId: string,
  method: OnlineMethod,
): Promise<ConnectedGateway | undefined> {
  const feed = (await tables.feeds.list()).find((known) => known.accountId === accountId && known.provider === method);
  return feed && connected(ctx, tables, feed);
}

const gatewayNamed = (ctx: Context, method: OnlineMethod): Gateway | undefined =>
  ctx.outbound.gateways.find((gateway) => gateway.provider === method);

/** Of accounts of the agency and of those above it, the nearest first. */
async function feedsFor(tables: Tables, agencyCode: string): Promise<FeedState[]> {
  const agencies = await tables.agencies.list();
  const accounts = new Map((await tables.accounts.list()).map((account) => [account.id, account.agencyCode]));
  const ownerOf = ({ accountId }: FeedState): string => accounts.get(accountId) ?? '';
  const near = (await tables.feeds.list()).filter((feed) => isWithin(agencies, agencyCode, ownerOf(feed)));
  return near.sort((a, b) => (ownerOf(a) === ownerOf(b) ? 0 : isWithin(agencies, ownerOf(a), ownerOf(b)) ? -1 : 1));
}

async function connected(ctx: Context, tables: Tables, feed: FeedState): Promise<ConnectedGateway | undefined> {
  const gateway = ctx.outbound.gateways.find(({ provider }) => provider === feed.provider);
  const account = await tables.accounts.find(feed.accountId);
  if (!gateway || !account) return undefined;
  const { secrets } = await secretsIn(ctx, tables, feed.provider);
  const secret = secrets.find(({ owner }) => owner === account.id) ?? secrets.find(({ owner }) => owner === defaultOwner);
  const access = {
    baseUrl: feed.baseUrl ?? gateway.baseUrl,
    token: ctx.seal.open(feed.tokenCiphertext),
    secret: secret?.value ?? '',
    settings: ctx.config.providerSettings,
  };
  return { gateway, account, access };
}
