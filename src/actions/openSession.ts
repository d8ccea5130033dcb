// Opens a payment session at a gateway. The order is a row before the gateway hears of it, so that whatever happens it can be asked about.
import type { Context, Gateway, Tables } from '../context';
import { outstandingOfAll } from '../domain/basket';
import { isPayable, outstandingOf, type Obligation } from '../domain/obligation';
import { isLive, mostOpenSessions, nextAsk, sessionMs, unfitFor, type OnlineMethod } from '../domain/onlineSession';
import type { PaymentRequest } from '../domain/paymentRequest';
import { addMs, epochMsOf, type Instant } from '../domain/time';
import { Problem } from '../problems';
import { gatewayFor, type ConnectedGateway } from './connectedGateways';
import { demandPayable } from './offerQr';

export interface SessionWish {
  /** One, or the legs of a basket. */
  obligationIds: readonly string[];
  /** Of the basket, where it is one. */
  basket?: string;
  method: OnlineMethod;
  /** Where the payer's browser goes afterwards. */
  returnUrl: string;
  language: 'vi' | 'en';
  /** Of the payer's browser, where we know it. */
  clientAddress?: string;
}

export interface OpenedPayment {
  request: PaymentRequest;
  redirectUrl: string;
}

/**
 * For exactly what is outstanding; whoever asks was let in before. Throws obligation_…, method_unavailable, amount_unfit_for_gateway,
 * sessions_too_many, gateway_refused, or gateway_unavailable where nobody knows what came of it: nothing can be paid then, and the next try is a new order.
 */
export async function openSession(ctx: Context, wish: SessionWish): Promise<OpenedPayment> {
  const at = ctx.now();
  const { request, beside, connected } = await begin(ctx, wish, at);
  const { orderId, amount, reference, createdAt, expiresAt } = request;
  try {
    const opened = await connected.gateway.open(connected.access, {
      ...{ orderId: orderId ?? request.id, amount, reference, createdAt, expiresAt },
      ...{ returnUrl: wish.returnUrl, language: wish.language, clientAddress: wish.clientAddress ?? '127.0.0.1' },
    });
    await ctx.store.transact((tables) => tables.onlineSessions.markOpened(request.id, opened));
    return { request, redirectUrl: opened.redirectUrl };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw await givenUp(ctx, [request, ...beside], error);
  }
}

interface Begun {
  request: PaymentRequest;
  /** What the other legs of a basket were offered. */
  beside: readonly PaymentRequest[];
  connected: ConnectedGateway;
}

async function begin(ctx: Context, wish: SessionWish, at: Instant): Promise<Begun> {
  return ctx.store.transact(async (tables) => {
    const legs = await payableAmong(tables, wish.obligationIds);
    const [first] = legs;
    const amount = outstandingOfAll(legs);
    const connected = await gatewayFor(ctx, tables, first, wish.method);
    if (!connected) throw new Problem('method_unavailable', wish.method);
    if (unfitFor(wish.method, amount)) throw new Problem('amount_unfit_for_gateway', wish.method);
    const live = (await tables.onlineSessions.ofObligation(first.id)).filter(isLive);
    if (live.length >= mostOpenSessions) throw new Problem('sessions_too_many');
    const offer = { reference: wish.basket ?? first.reference, method: wish.method, amount };
    const [request, ...beside] = requestsOf(ctx, legs, offer, connected, at);
    for (const one of [request, ...beside]) await tables.paymentRequests.keep(one);
    await tables.onlineSessions.keep({ paymentRequestId: request.id, state: 'opening', askAt: nextAsk(at, 1) });
    return { request, beside, connected };
  });
}

type Legs = readonly [Obligation, ...Obligation[]];

/** Legs of a basket that are settled or cancelled undo nothing. Throws obligation_… where nothing is left to pay. */
async function payableAmong(tables: Tables, ids: readonly string[]): Promise<Legs> {
  const found: Obligation[] = [];
  for (const id of ids) {
    const obligation = await tables.obligations.find(id);
    if (obligation) found.push(obligation);
  }
  const [first, ...others] = found.filter(isPayable);
  if (first) return [first, ...others];
  const [settled] = found;
  if (!settled) throw new Problem('obligation_unknown');
  demandPayable(settled);
  throw new Problem('obligation_already_paid');
}

/** The order for the whole sum; beside it, what each other leg was offered, so that its money is in time. */
function requestsOf(
  ctx: Context,
  [first, ...others]: Legs,
  { amount, ...offer }: Pick<PaymentRequest, 'reference' | 'method' | 'amount'>,
  { gateway, account }: ConnectedGateway,
  at: Instant,
): [PaymentRequest, ...PaymentRequest[]] {
  const times = { createdAt: at, expiresAt: addMs(at, sessionMs) };
  const requestFor = (obligation: Obligation, id: string): PaymentRequest => ({
    ...{ id, obligationId: obligation.id, ...offer, amount: outstandingOf(obligation), accountId: account.id, payload: '' },
    ...times,
  });
  const id = ctx.id('paymentRequest');
  const order = { ...requestFor(first, id), amount, orderId: orderIdOf(ctx, gateway, id, at) };
  return [order, ...others.map((leg) => requestFor(leg, ctx.id('paymentRequest')))];
}

/** The request's own id, or its letters; where only numbers are taken, the time and three digits of chance: below 2^53 for centuries. */
function orderIdOf(ctx: Context, { orderIds }: Gateway, requestId: string, at: Instant): string {
  if (orderIds !== 'number') return orderIds === 'text' ? requestId : requestId.replaceAll('_', '');
  const [high = 0, low = 0] = ctx.random(2);
  return String(epochMsOf(at) * 1000 + ((high * 256 + low) % 1000));
}

/** Of a gateway that refused nothing is open. Of one that did not answer nobody knows: it is asked later. */
async function givenUp(
  ctx: Context,
  [request, ...beside]: readonly [PaymentRequest, ...PaymentRequest[]],
  error: unknown,
): Promise<unknown> {
  const isRefused = error instanceof Error && error.name === 'GatewayRefused';
  if (!isRefused && !(error instanceof Error && error.name === 'GatewayUnavailable')) return error;
  const at = ctx.now();
  const { method, id } = request;
  ctx.log.warn({ method, paymentRequestId: id, problem: error.message }, 'a payment session could not be opened');
  await ctx.store.transact(async (tables) => {
    if (isRefused) for (const one of [request, ...beside]) await tables.paymentRequests.markEnded(one.id, at);
    const state = isRefused ? 'ended' : 'opening';
    await tables.onlineSessions.markAsked(id, { state, askAt: nextAsk(at, 0), tries: 1, problem: error.message });
  });
  return new Problem(isRefused ? 'gateway_refused' : 'gateway_unavailable', method);
}
