// Opens a basket: its legs as they stand, and one QR for what they still ask for together.
import type { Context, ReadTables, Tables } from '../context';
import type { Account, Agency } from '../domain/agency';
import { outstandingOfAll } from '../domain/basket';
import type { Claim } from '../domain/claim';
import type { Money } from '../domain/money';
import { isPayable, outstandingOf, type Obligation } from '../domain/obligation';
import type { OnlineSession } from '../domain/onlineSession';
import { latestQr, paymentRequestStatus, type PaymentRequest } from '../domain/paymentRequest';
import { addMs, type Instant } from '../domain/time';
import { encodeVietQr, napasCeiling } from '../domain/vietqr';
import { noWays, waysFor, type OnlineWays } from './connectedGateways';
import { accountOf } from './offerQr';
import { liveSessions } from './openPayPage';
import { withMoney, type SeenObligation } from './seeObligation';

export interface SeenBasket {
  reference: string;
  legs: SeenObligation[];
  outstanding: Money;
  /** Of the first leg: all are paid to one account. */
  agency: Agency | undefined;
  account: Account | undefined;
  /** Gateways. */
  ways: OnlineWays;
  /** Sessions for the whole that may still be paid. */
  live: readonly OnlineSession[];
  /** Reports of transfers for the whole that do not show. */
  claims: readonly Claim[];
  /** One request of a leg, whose code asks for all of them; absent where nothing is to be paid, or a transfer cannot carry it. */
  qr: PaymentRequest | undefined;
}

/** With a fresh QR where one is needed. `obligationIds` are what the reference names. */
export async function openBasket(ctx: Context, reference: string, obligationIds: readonly string[]): Promise<SeenBasket> {
  const { tables } = ctx.store;
  const obligations = await legsOf(tables, obligationIds);
  const legs = await withMoney(tables, obligations);
  const [first] = obligations;
  const account = first && (await accountOf(tables, first, ctx.now()));
  const open = obligations.find(isPayable);
  const outstanding = outstandingOfAll(obligations.filter(isPayable));
  return {
    ...{ reference, legs, outstanding, account },
    agency: (await tables.agencies.list()).find(({ code }) => code === first?.agencyCode),
    ways: open ? await waysFor(ctx, tables, open, outstanding) : noWays,
    live: await liveSessions(ctx, reference, obligationIds),
    claims: await tables.claims.ofNamed(obligationIds, reference),
    qr: await qrFor(ctx, reference, obligations, account),
  };
}

/** One after the other: a transaction has one connection. */
export async function legsOf(tables: Pick<ReadTables, 'obligations'>, ids: readonly string[]): Promise<Obligation[]> {
  const found: Obligation[] = [];
  for (const id of ids) {
    const obligation = await tables.obligations.find(id);
    if (obligation) found.push(obligation);
  }
  return found;
}

async function qrFor(
  ctx: Context,
  reference: string,
  obligations: readonly Obligation[],
  account: Account | undefined,
): Promise<PaymentRequest | undefined> {
  const at = ctx.now();
  const open = obligations.filter(isPayable);
  if (!account || open.length === 0 || outstandingOfAll(open).compare(napasCeiling) >= 0) return undefined;
  const known = await openQr(ctx.store.tables, reference, open, at);
  if (known) return known;
  const offered = await ctx.store.transact(async (tables) => {
    const ids = obligations.map(({ id }) => id);
    const legs = (await legsOf(tables, ids)).filter(isPayable); // as they stand here
    return legs.length === 0
      ? undefined
      : ((await openQr(tables, reference, legs, at)) ?? offerBasketQr(ctx, tables, { reference, legs, account, at }));
  });
  ctx.bell.ring();
  return offered;
}

/** Each leg has a request for its own part, all with one code. */
async function openQr(
  tables: Pick<ReadTables, 'paymentRequests'>,
  reference: string,
  legs: readonly Obligation[],
  at: Instant,
): Promise<PaymentRequest | undefined> {
  const requests: (PaymentRequest | undefined)[] = [];
  for (const { id } of legs) requests.push(latestQr(await tables.paymentRequests.ofObligation(id), reference));
  const [first] = requests;
  const fits = requests.every((request, place) => {
    const leg = legs[place];
    if (!request || !leg || request.payload !== first?.payload) return false;
    return paymentRequestStatus(request, at) === 'open' && request.amount.equals(outstandingOf(leg));
  });
  return fits ? first : undefined;
}

export interface Offering {
  reference: string;
  legs: readonly Obligation[];
  account: Account;
  at: Instant;
}

/** Returns the request of the first leg; its code asks for all of them. */
export async function offerBasketQr(
  ctx: Context,
  tables: Tables,
  { reference, legs, account, at }: Offering,
): Promise<PaymentRequest | undefined> {
  const { bankBin, accountNumber } = account;
  const payload = encodeVietQr({ bankBin, accountNumber, amount: outstandingOfAll(legs), purpose: reference });
  const expiresAt = addMs(at, ctx.config.paymentRequestMinutes * 60_000);
  const requests = legs.map((leg): PaymentRequest => ({
    ...{
      id: ctx.id('paymentRequest'),
      obligationId: leg.id,
      reference,
      method: 'vietqr',
      amount: outstandingOf(leg),
      accountId: account.id,
    },
    ...{ payload, createdAt: at, expiresAt },
  }));
  for (const request of requests) {
    await tables.paymentRequests.markReplaced(request.obligationId, reference, at);
    await tables.paymentRequests.keep(request);
  }
  return requests[0];
}
