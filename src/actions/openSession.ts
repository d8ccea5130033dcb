// Opens a payment session at a gateway. The order is a row before the gateway hears of it, so that whatever happens it can be asked about.
import type { Context, Gateway } from '../context';
import { outstandingOf, type Obligation } from '../domain/obligation';
import { isLive, mostOpenSessions, nextAsk, sessionMs, type OnlineMethod } from '../domain/onlineSession';
import type { PaymentRequest } from '../domain/paymentRequest';
import { addMs, epochMsOf, type Instant } from '../domain/time';
import { Problem } from '../problems';
import { gatewayFor, type ConnectedGateway } from './connectedGateways';
import { demandPayable } from './offerQr';

export interface SessionWish {
  obligationId: string;
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
 * For exactly what is outstanding; whoever asks was let in before. Throws obligation_…, method_unavailable, sessions_too_many,
 * gateway_refused, or gateway_unavailable where nobody knows what came of it: nothing can be paid then, and the next try is a new order.
 */
export async function openSession(ctx: Context, wish: SessionWish): Promise<OpenedPayment> {
  const at = ctx.now();
  const { request, connected } = await begin(ctx, wish, at);
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
    throw await givenUp(ctx, request, error);
  }
}

async function begin(ctx: Context, wish: SessionWish, at: Instant): Promise<{ request: PaymentRequest; connected: ConnectedGateway }> {
  return ctx.store.transact(async (tables) => {
    const obligation = await tables.obligations.find(wish.obligationId);
    if (!obligation) throw new Problem('obligation_unknown');
    demandPayable(obligation);
    const connected = await gatewayFor(ctx, tables, obligation, wish.method);
    if (!connected) throw new Problem('method_unavailable', wish.method);
    const live = (await tables.onlineSessions.ofObligation(obligation.id)).filter(isLive);
    if (live.length >= mostOpenSessions) throw new Problem('sessions_too_many');
    const request = requestOf(ctx, obligation, wish.method, connected, at);
    await tables.paymentRequests.keep(request);
    await tables.onlineSessions.keep({ paymentRequestId: request.id, state: 'opening', askAt: nextAsk(at, 1) });
    return { request, connected };
  });
}

function requestOf(
  ctx: Context,
  obligation: Obligation,
  method: OnlineMethod,
  { gateway, account }: ConnectedGateway,
  at: Instant,
): PaymentRequest {
  const id = ctx.id('paymentRequest');
  return {
    id,
    obligationId: obligation.id,
    reference: obligation.reference,
    method,
    amount: outstandingOf(obligation),
    accountId: account.id,
    payload: '',
    orderId: orderIdOf(ctx, gateway, id, at),
    createdAt: at,
    expiresAt: addMs(at, sessionMs),
  };
}

/** The request's own id, or its letters; where only numbers are taken, the time and three digits of chance: below 2^53 for centuries. */
function orderIdOf(ctx: Context, { orderIds }: Gateway, requestId: string, at: Instant): string {
  if (orderIds !== 'number') return orderIds === 'text' ? requestId : requestId.replaceAll('_', '');
  const [high = 0, low = 0] = ctx.random(2);
  return String(epochMsOf(at) * 1000 + ((high * 256 + low) % 1000));
}

/** Of a gateway that refused nothing is open. Of one that did not answer nobody knows: it is asked later. */
async function givenUp(ctx: Context, request: PaymentRequest, error: unknown): Promise<unknown> {
  const isRefused = error instanceof Error && error.name === 'GatewayRefused';
  if (!isRefused && !(error instanceof Error && error.name === 'GatewayUnavailable')) return error;
  const at = ctx.now();
  const { method, id } = request;
  ctx.log.warn({ method, paymentRequestId: id, problem: error.message }, 'a payment session could not be opened');
  await ctx.store.transact(async (tables) => {
    if (isRefused) await tables.paymentRequests.markEnded(id, at);
    const state = isRefused ? 'ended' : 'opening';
    await tables.onlineSessions.markAsked(id, { state, askAt: nextAsk(at, 0), tries: 1, problem: error.message });
  });
  return new Problem(isRefused ? 'gateway_refused' : 'gateway_unavailable', method);
}
