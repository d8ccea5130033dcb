// A pretend Stripe: Checkout sessions, refunds and events as its API has them, a payment page, and signed webhooks. Source: docs.stripe.com/api
import { createHash } from 'node:crypto';
import { vnd } from '../../domain/money';
import { remember } from './memory';
import { chosenIn, offerPage, refusalPage, sentTo } from './page';
import { feeOf, isPayoutPath, newPayoutDesk, payoutAnswer, refundOf, stripeList, type PretendMovement } from './payouts';
import type { PretendGateway } from './pretendGateway';
import { gatewayOver, type Asked, type Reply } from './server';
import { beginSession, current, expireSession, pay, refund, sessionNamed, type StripeDesk, type StripeSettings } from './stripeDesk';
import { nestedIn, sessionRequestIn, StripeRefusal } from './stripeRequests';
import { secondsOf, sessionObject } from './stripeObjects';
import { tellerTo } from './teller';

const pagePrefix = '/c/pay/';

export function pretendStripe(settings: StripeSettings): PretendGateway {
  const teller = tellerTo(settings, (status) => status >= 200 && status < 300);
  const memory = { sessions: new Map(), events: new Map(), answered: new Map() };
  const desk: StripeDesk = { settings, teller, behaviour: 'well', pages: '', ...memory };
  const isPage = (path: string): boolean => path.startsWith(pagePrefix) || isPayoutPath(path);
  const refunds = new Map<string, number>();
  const payouts = newPayoutDesk({
    ...{ gateway: 'Stripe', name: 'po_', now: settings.now, payOut: settings.payOut },
    ...{ listOf: stripeList, movements: () => movementsAt(desk, refunds) },
  });
  const answer = (asked: Asked) => {
    if (isPayoutPath(asked.path)) return payoutAnswer(payouts, asked);
    return isPage(asked.path) ? pageFor(desk, asked) : apiAnswer(desk, asked);
  };
  return gatewayOver('stripe', desk, { isPage, answer });
}

const feeRate = '0.034';

/** Every payment that has arrived, and what was paid back of it. */
const movementsAt = (desk: StripeDesk, refunds: Map<string, number>): PretendMovement[] =>
  [...desk.sessions.values()].flatMap(({ payment, amount, ourId = '' }) => {
    if (!payment?.charge) return [];
    const { created: at, refunded } = payment.charge;
    const about = { paymentId: payment.id, orderId: ourId, at };
    const gross = vnd(amount);
    const paid = { ...about, id: payment.id, kind: 'payment' as const, gross, fee: feeOf(gross, feeRate) };
    return [paid, ...refundOf(refunds, about, refunded)];
  });

async function apiAnswer(desk: StripeDesk, asked: Asked): Promise<Reply> {
  try {
    return await answered(desk, asked);
  } catch (error) {
    if (error instanceof StripeRefusal) return error.reply;
    throw error;
  }
}

async function answered(desk: StripeDesk, asked: Asked): Promise<Reply> {
  const { method, path, headers, query } = asked;
  if (headers.authorization !== `Bearer ${desk.settings.token}`) throw new StripeRefusal(401, 'Invalid API Key provided');
  const [, id = '', verb = 'itself'] = /^\/v1\/checkout\/sessions\/(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
  switch (`${method} ${id ? `session ${verb}` : path}`) {
    case 'POST /v1/checkout/sessions':
      return once(desk, asked, (form) => beginSession(desk, sessionRequestIn(form, secondsOf(desk.settings.now()))));
    case 'GET /v1/checkout/sessions':
      return good(
        listOf(
          [...desk.sessions.values()].map((one) => ({ ...sessionObject(current(desk, one), desk.pages), id: one.id })),
          query,
          path,
        ),
      );
    case 'GET session itself':
      return good(sessionObject(sessionNamed(desk, id), desk.pages, [...query.values()].includes('payment_intent.latest_charge')));
    case 'POST session expire':
      return once(desk, asked, async () => expireSession(desk, id));
    case 'POST /v1/refunds':
      return once(desk, asked, async (form) => ({
        ...refund(desk, form.get('payment_intent'), form.get('amount')),
        metadata: nestedIn(form, 'metadata'),
      }));
    case 'GET /v1/events':
      return good(listOf([...desk.events.values()].filter(isOneOf(query.getAll('types[]'))), query, path));
    default:
      throw new StripeRefusal(404, `Unrecognized request URL (${method}: ${path}).`);
  }
}

const good = (body: object): Reply => ({ status: 200, body });

/** The same key with the same request brings the first one's answer; what was refused did not begin, and may be asked for again. */
async function once(desk: StripeDesk, { path, body, headers }: Asked, work: (form: URLSearchParams) => Promise<object>): Promise<Reply> {
  const key = headers['idempotency-key'];
  const form = new URLSearchParams(body);
  if (typeof key !== 'string') return good(await work(form));
  const question = createHash('sha256').update(`${path}\n${body}`).digest('hex');
  const before = desk.answered.get(key);
  if (before && before.question !== question)
    throw new StripeRefusal(400, 'Keys for idempotent requests can only be used with the same parameters.', { type: 'idempotency_error' });
  if (before?.reply) return before.reply;
  if (before) throw new StripeRefusal(409, 'Another request with this key is under way.', { code: 'idempotency_key_in_use' });
  remember(desk.answered, key, { question });
  try {
    const reply = good(await work(form));
    remember(desk.answered, key, { question, reply });
    return reply;
  } catch (error) {
    desk.answered.delete(key);
    throw error;
  }
}

const isOneOf =
  (types: readonly string[]) =>
  ({ type }: { type: string }): boolean =>
    types.length === 0 || types.includes(type);

/** Newest first, as Stripe lists; `kept` is oldest first. */
function listOf(kept: readonly Record<string, unknown>[], query: URLSearchParams, url: string): object {
  const [from, to] = [Number(query.get('created[gte]') ?? 0), Number(query.get('created[lte]') ?? Infinity)];
  const found = kept.filter(({ created }) => Number(created) >= from && Number(created) <= to).reverse();
  const after = query.get('starting_after');
  const first = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
  const data = found.slice(first, first + Math.min(100, Number(query.get('limit') ?? 10)));
  return { object: 'list', url, has_more: first + data.length < found.length, data };
}

async function pageFor(desk: StripeDesk, { method, path, body }: Asked): Promise<Reply> {
  const session = desk.sessions.get(path.slice(pagePrefix.length));
  if (!session || current(desk, session).status !== 'open') return refusalPage('Stripe', 'Phiên thanh toán này đã kết thúc.');
  const chosen = method === 'POST' ? chosenIn(body) : undefined;
  const { amount, what } = session;
  if (!chosen) return offerPage({ gateway: 'Stripe', amount: vnd(amount), what, action: path, behaviour: desk.behaviour });
  if (chosen.choice === 'cancel') return sentTo(session.cancelUrl);
  const told = pay(desk, session, chosen.how);
  if (chosen.how === 'webhook_first') await told;
  return sentTo(session.successUrl);
}
