// Stripe Checkout: a session on Stripe's own page, by card or wallet. Source: docs.stripe.com/api/checkout/sessions and npm stripe 23.1.0
import Stripe from 'stripe';
import { addMs, epochMsOf, type Instant } from '../../domain/time';
import { jsonOf, textAt } from '../feeds/answer';
import {
  GatewayRefused,
  GatewayUnavailable,
  type Gateway,
  type GatewayAccess,
  type GatewayOrder,
  type KnownOrder,
  type OpenedSession,
} from './gateway';
import { pageAt, type Call, type Judge, type Within } from './limits';

/** Stripe takes a session of half an hour to a day from when it hears of it, by its own clock: a minute more than the least. */
const leastMs = 31 * 60_000;
const mostMs = 24 * 60 * 60_000;

/** Where a session is looked for whose name we do not know: from shortly before its order, as clocks differ, and no further. */
const beforeMs = 5 * 60_000;
const afterMs = 60 * 60_000;
const mostPages = 5;

/** The token is the secret key; the secret of webhooks is not needed here. */
export const stripeGateway = (within: Within): Gateway => ({
  provider: 'stripe',
  baseUrl: 'https://api.stripe.com',
  orderIds: 'text',

  open: (access, order) => within(access, (call) => opened(clientOf(access, call).checkout.sessions, order), judge),

  ask: (access, order) =>
    within(
      access,
      async (call) => {
        const session = await found(clientOf(access, call).checkout.sessions, order);
        if (!session) return { standing: 'unknown' };
        return session.payment_status === 'paid'
          ? { standing: 'paid', told: call.answer().body }
          : { standing: mayBePaid(session) ? 'open' : 'ended' };
      },
      judge,
    ),

  /** Throws GatewayRefused `already_paid` where the payer was faster, or a slow payment is on its way. */
  end: (access, order) => within(access, (call) => ended(clientOf(access, call).checkout.sessions, order), judge),

  payBack: (access, { paymentId, amount, refundId, orderId }) =>
    within(
      access,
      async (call) => {
        const refund = await clientOf(access, call).refunds.create(
          { payment_intent: paymentId, amount: amount.toJSON(), metadata: { refund_id: refundId, payment_request_id: orderId } },
          { idempotencyKey: `refund-${refundId}` },
        );
        if (refund.status === 'failed' || refund.status === 'canceled') throw new GatewayRefused(`refund_${refund.status}`);
        return { standing: refund.status === 'succeeded' ? 'done' : 'pending', gatewayReference: refund.id };
      },
      judge,
    ),
});

type Sessions = Stripe['checkout']['sessions'];
type Session = Stripe.Checkout.Session;

/** By the key that comes from the order, Stripe answers a second request with the first one's session. */
async function opened(sessions: Sessions, order: GatewayOrder): Promise<OpenedSession> {
  const session = await sessions.create(sessionFor(order), { idempotencyKey: `open-${order.orderId}` }).catch(async (error: unknown) => {
    // Opened with another language or another address to return to: it is one session all the same.
    const before = error instanceof Stripe.errors.StripeIdempotencyError ? await sought(sessions, order) : undefined;
    if (before) return before;
    throw error;
  });
  if (session.url === null) throw new GatewayRefused('session_not_open');
  return { sessionId: session.id, redirectUrl: pageAt(session.url) };
}

async function ended(sessions: Sessions, order: KnownOrder): Promise<boolean> {
  const session = await found(sessions, order);
  if (!session || !mayBePaid(session)) return true;
  if (session.status === 'complete') throw new GatewayRefused('already_paid');
  const expired = await sessions.expire(session.id).catch((error: unknown) => {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    // Only an open session is ended: this one was paid, or ended by itself, between the two questions.
    throw new GatewayUnavailable('session_just_changed');
  });
  return expired.status === 'expired';
}

/** The SDK with our fetch, without tries, telemetry or warnings of its own. */
function clientOf({ baseUrl, token }: GatewayAccess, { fetch }: Call): Stripe {
  if (!token) throw new GatewayRefused('token_missing');
  const { hostname, port, protocol } = new URL(baseUrl);
  const isHttp = protocol === 'http:';
  return new Stripe(token, {
    host: hostname,
    port: port || (isHttp ? 80 : 443),
    protocol: isHttp ? 'http' : 'https',
    httpClient: Stripe.createFetchHttpClient(fetch),
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

/** Everything follows from the order: with other words under the same key Stripe refuses. The đồng has no smaller unit. */
function sessionFor({
  orderId,
  amount,
  reference,
  createdAt,
  expiresAt,
  returnUrl,
  language,
}: GatewayOrder): Stripe.Checkout.SessionCreateParams {
  const metadata = { payment_request_id: orderId };
  const name = language === 'vi' ? `Phí, lệ phí ${reference}` : `Public service fee ${reference}`;
  return {
    mode: 'payment',
    client_reference_id: orderId,
    metadata,
    payment_intent_data: { metadata, description: reference },
    line_items: [{ quantity: 1, price_data: { currency: 'vnd', unit_amount: amount.toJSON(), product_data: { name } } }],
    success_url: returnUrl,
    cancel_url: returnUrl,
    expires_at: secondsOf(clamped(expiresAt, addMs(createdAt, leastMs), addMs(createdAt, mostMs))),
    locale: language,
  };
}

/** With the time of the payment, which only its charge knows. */
async function found(sessions: Sessions, order: KnownOrder): Promise<Session | undefined> {
  const sessionId = order.sessionId ?? (await sought(sessions, order))?.id;
  if (sessionId === undefined) return undefined;
  const session = await sessions.retrieve(sessionId, { expand: ['payment_intent.latest_charge'] }).catch(noneIfUnknown);
  if (session && session.client_reference_id !== order.orderId) throw new GatewayUnavailable('another_order');
  return session;
}

/** Stripe cannot be asked by our id: the session is sought among those of that time. */
async function sought(sessions: Sessions, { orderId, createdAt }: Pick<KnownOrder, 'orderId' | 'createdAt'>): Promise<Session | undefined> {
  const created = { gte: secondsOf(addMs(createdAt, -beforeMs)), lte: secondsOf(addMs(createdAt, afterMs)) };
  let after: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await sessions.list({ created, limit: 100, ...(after ? { starting_after: after } : {}) });
    const session = page.data.find(({ client_reference_id: ourId }) => ourId === orderId);
    if (session || !page.has_more) return session;
    after = page.data.at(-1)?.id;
  }
  throw new GatewayUnavailable('too_many_sessions');
}

function noneIfUnknown(error: unknown): undefined {
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404) return undefined;
  throw error;
}

/** A session may be completed first and paid later; where that came to nothing it can be paid no more. */
function mayBePaid({ status, payment_intent: payment }: Session): boolean {
  if (status !== 'complete') return status === 'open';
  return typeof payment !== 'object' || payment === null || !['requires_payment_method', 'canceled'].includes(payment.status);
}

/** Such as `charge_already_refunded`, or the kind of refusal where it has no name. */
const judge: Judge = (answer) => {
  const json = jsonOf(answer);
  const why = textAt(json, 'error', 'code') ?? textAt(json, 'error', 'type');
  return why === undefined ? undefined : { is: 'refused', why };
};

const secondsOf = (instant: Instant): number => Math.floor(epochMsOf(instant) / 1000);

const clamped = (instant: Instant, least: Instant, most: Instant): Instant => (instant < least ? least : instant > most ? most : instant);
