// Opens the citizen's page: what is owed, to whom and for what, with every way to pay it. The link is all the right that is needed.
import type { Context, ReadTables } from '../context';
import type { Account, Agency } from '../domain/agency';
import { sourceIdOf } from '../domain/allocation';
import type { Claim } from '../domain/claim';
import { napasCeiling } from '../domain/vietqr';
import { isPayable, isSettled, outstandingOf, type Obligation } from '../domain/obligation';
import { isLive, type OnlineMethod, type OnlineSession } from '../domain/onlineSession';
import type { Refund } from '../domain/refund';
import { latestQr, paymentRequestStatus, type PaymentRequest } from '../domain/paymentRequest';
import type { Instant } from '../domain/time';
import { Problem } from '../problems';
import { noWays, waysFor, type OnlineWays } from './connectedGateways';
import { accountOf, offerQr } from './offerQr';
import { openSession, type OpenedPayment } from './openSession';
import { isTapped } from './satisfactionMark';
import { checkReceipt, type CheckedReceipt } from './seeReceipt';
import { oneWithMoney, type SeenObligation } from './seeObligation';
import { askSoon } from './settleSessions';
import { referenceBehind } from './sharePayPage';

export interface SeenPayPage extends SeenObligation {
  agency: Agency | undefined;
  /** Whose account a transfer goes to. */
  account: Account | undefined;
  /** The QR for what is outstanding; absent where nothing is, or a transfer cannot carry it. */
  qr: PaymentRequest | undefined;
  /** Gateways. */
  ways: OnlineWays;
  /** Whether somebody has said how paying was. */
  isTapped: boolean;
  /** Sessions that may still be paid. */
  live: readonly OnlineSession[];
  /** What shall go back of the money that came for it. */
  refunds: readonly Refund[];
  /** Reports of transfers that do not show, in the order of raising. */
  claims: readonly Claim[];
}

/** With a fresh QR where one is needed. Throws pay_page_unknown for a link that is wrong or revoked. */
export async function openPayPage(ctx: Context, token: string): Promise<SeenPayPage> {
  const { tables } = ctx.store;
  const obligation = await obligationBehind(ctx, token);
  const qr = await qrFor(ctx, obligation);
  const { agencyCode, id } = obligation;
  return {
    ...(await oneWithMoney(tables, obligation)),
    agency: (await tables.agencies.list()).find(({ code }) => code === agencyCode),
    account: await accountOf(tables, obligation, ctx.now()),
    qr,
    ways: isPayable(obligation) ? await waysFor(ctx, tables, obligation, outstandingOf(obligation)) : noWays,
    refunds: await refundsOf(tables, id),
    claims: await tables.claims.ofNamed([id], undefined),
    isTapped: isSettled(obligation) && (await isTapped(ctx, id)),
    live: await liveSessions(ctx, obligation.reference, [id]),
  };
}

export interface PayPageSession {
  token: string;
  method: OnlineMethod;
  language: 'vi' | 'en';
  clientAddress: string;
}

/** Those of a reference that may still be paid. */
export async function liveSessions(ctx: Context, reference: string, obligationIds: readonly string[]): Promise<OnlineSession[]> {
  const sessions = await ctx.store.tables.onlineSessions.ofReference(reference, obligationIds);
  return sessions.filter((session) => isLive(session) && session.expiresAt > ctx.now());
}

/** Opens a session at a gateway, from which the payer comes back to the page. Throws pay_page_unknown and what `openSession` throws. */
export async function payOnline(ctx: Context, { token, ...wish }: PayPageSession): Promise<OpenedPayment> {
  const { obligationIds, basket } = await namedByLink(ctx, token);
  return openSession(ctx, {
    ...wish,
    ...(basket ? { basket } : {}),
    obligationIds,
    returnUrl: `${ctx.config.publicUrl}/pay/${token}/back`,
  });
}

/** The payer comes back from a gateway. Throws pay_page_unknown. */
export async function comeBack(ctx: Context, token: string): Promise<void> {
  await askSoon(ctx, (await namedByLink(ctx, token)).obligationIds);
}

/** A receipt of what the page shows. Throws pay_page_unknown and receipt_unknown. */
export async function receiptOnPage(ctx: Context, token: string, lookupCode: string): Promise<CheckedReceipt> {
  const { id } = await obligationBehind(ctx, token);
  const receipt = await ctx.store.tables.receipts.findByLookupCode(lookupCode);
  if (receipt?.obligationId !== id) throw new Problem('receipt_unknown');
  return checkReceipt(ctx, receipt);
}

async function refundsOf(tables: ReadTables, obligationId: string): Promise<Refund[]> {
  const sources = (await tables.allocations.ofObligations([obligationId])).map(sourceIdOf);
  const refunds = await tables.refunds.ofTransactions([...new Set(sources)]);
  return refunds.filter(({ state }) => state !== 'withdrawn');
}

export interface NamedByLink {
  reference: string;
  obligationIds: string[];
  /** The same reference, where it names several. */
  basket?: string;
}

/** What the link leads to: one obligation, or the legs of a basket. Throws pay_page_unknown for a link that is wrong or revoked. */
export async function namedByLink(ctx: Context, token: string): Promise<NamedByLink> {
  const { tables } = ctx.store;
  const reference = await referenceBehind(ctx, tables, token);
  const obligationIds = (await tables.obligations.named([reference])).map((named) => named.obligationId);
  if (obligationIds.length === 0) throw new Problem('pay_page_unknown');
  return { reference, obligationIds, ...(obligationIds.length > 1 ? { basket: reference } : {}) };
}

/** The one obligation that a link leads to. Throws pay_page_unknown, also for that of a basket. */
export async function obligationBehind(ctx: Context, token: string): Promise<Obligation> {
  const [id, other] = (await namedByLink(ctx, token)).obligationIds;
  const obligation = id === undefined || other !== undefined ? undefined : await ctx.store.tables.obligations.find(id);
  if (!obligation) throw new Problem('pay_page_unknown');
  return obligation;
}

/** The one that is open for just this sum; else a new one. */
async function qrFor(ctx: Context, obligation: Obligation): Promise<PaymentRequest | undefined> {
  if (!isPayable(obligation) || outstandingOf(obligation).compare(napasCeiling) >= 0) return undefined;
  const at = ctx.now();
  const known = await openQr(ctx.store.tables, obligation, at);
  if (known || !(await accountOf(ctx.store.tables, obligation, at))) return known;
  const offered = await ctx.store.transact(async (tables) => {
    const again = await tables.obligations.find(obligation.id);
    if (!again || !isPayable(again)) return undefined;
    return (await openQr(tables, again, at)) ?? (await offerQr(ctx, tables, again, again.counterId, at)).request;
  });
  ctx.bell.ring();
  return offered;
}

async function openQr(
  tables: Pick<ReadTables, 'paymentRequests'>,
  obligation: Obligation,
  at: Instant,
): Promise<PaymentRequest | undefined> {
  const latest = latestQr(await tables.paymentRequests.ofObligation(obligation.id), obligation.reference);
  const fits = latest && paymentRequestStatus(latest, at) === 'open' && latest.amount.equals(outstandingOf(obligation));
  return fits ? latest : undefined;
}
