// What happens at a pretend Stripe: sessions begin and end, payers pay, money comes back, and events tell of it, signed.
import { createHmac } from 'node:crypto';
import { instantOf } from '../../domain/time';
import { nameLike, remember } from './memory';
import { paymentHow, type Behaviour, type PaymentBehaviour, type PretendSettings } from './pretendGateway';
import type { Reply } from './server';
import { chargeObject, secondsOf, sessionObject, type PretendPayment, type PretendSession } from './stripeObjects';
import { StripeRefusal, type SessionRequest } from './stripeRequests';
import type { Teller, Telling } from './teller';

export interface StripeSettings extends PretendSettings {
  /** The secret key that we must have. */
  token: string;
  /** With which webhooks are signed. */
  webhookSecret: string;
}

export type StripeEvent = { id: string; type: string; created: number; data: object };

export interface StripeDesk {
  settings: StripeSettings;
  teller: Teller;
  behaviour: Behaviour;
  /** Where the payment pages are. */
  pages: string;
  sessions: Map<string, PretendSession>;
  events: Map<string, StripeEvent>;
  /** By idempotency key; without a reply as long as the first one is under way. */
  answered: Map<string, { question: string; reply?: Reply }>;
}

const apiVersion = '2026-10-28.endive';

/** As it is after `webhook_first`, where it is paid before anybody hears that it began. */
export async function beginSession(desk: StripeDesk, { expiresAt, ...asked }: SessionRequest): Promise<object> {
  const created = desk.settings.now();
  const begun = { id: nameLike('cs_test_'), created, expiresAt: instantOf(expiresAt * 1000), status: 'open' as const };
  const session: PretendSession = { ...asked, ...begun };
  remember(desk.sessions, session.id, session);
  const object = sessionObject(session, desk.pages);
  if (desk.behaviour === 'webhook_first') await pay(desk, session, 'webhook_first');
  return object;
}

/** As it is now: its time may be over. Throws StripeRefusal. */
export function sessionNamed(desk: StripeDesk, id: string): PretendSession {
  const session = desk.sessions.get(id);
  if (!session) throw new StripeRefusal(404, `No such checkout.session: ${id}`, { code: 'resource_missing', param: 'session' });
  return current(desk, session);
}

export function current({ settings }: StripeDesk, session: PretendSession): PretendSession {
  if (session.status === 'open' && session.expiresAt <= settings.now()) session.status = 'expired';
  return session;
}

export function expireSession(desk: StripeDesk, id: string): object {
  const session = sessionNamed(desk, id);
  if (session.status !== 'open')
    throw new StripeRefusal(400, 'Only Checkout Sessions with a status in ["open"] can be expired.', { param: 'session' });
  session.status = 'expired';
  const object = sessionObject(session, desk.pages);
  void tell(desk, 'checkout.session.expired', object, paymentHow(desk.behaviour));
  return object;
}

/** Resolves when it was told. Where the money is under way, the completed session is told of now and the money later. */
export function pay(desk: StripeDesk, session: PretendSession, how: PaymentBehaviour): Promise<void> {
  const payment: PretendPayment = { id: nameLike('pi_test_') };
  session.status = 'complete';
  session.payment = payment;
  const arrive = (): void => {
    payment.charge = { id: nameLike('ch_test_'), created: desk.settings.now(), refunded: 0 };
  };
  if (how !== 'unpaid_then_paid') arrive();
  else
    desk.teller.later(() => {
      arrive();
      return tell(desk, 'checkout.session.async_payment_succeeded', sessionObject(session, desk.pages), 'well');
    });
  return tell(desk, 'checkout.session.completed', sessionObject(session, desk.pages), how);
}

/** Of the payment of this name; without an amount, all that is left. Throws StripeRefusal. */
export function refund(desk: StripeDesk, paymentId: string | null, asked: string | null): Record<string, unknown> {
  const session = [...desk.sessions.values()].find(({ payment }) => payment !== undefined && payment.id === paymentId);
  const charge = session?.payment?.charge;
  if (!session?.payment || !charge)
    throw new StripeRefusal(404, `No such payment_intent: ${paymentId}`, { code: 'resource_missing', param: 'payment_intent' });
  const left = session.amount - charge.refunded;
  const amount = asked === null ? left : Number(asked);
  if (left === 0) throw new StripeRefusal(400, `Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  if (!Number.isInteger(amount) || amount < 1) throw new StripeRefusal(400, 'Invalid positive integer', { param: 'amount' });
  if (amount > left)
    throw new StripeRefusal(400, `Refund amount (₫${amount}) is greater than unrefunded amount on charge (₫${left})`, { param: 'amount' });
  const before = charge.refunded;
  charge.refunded += amount;
  const object = chargeObject(session, session.payment.id, charge);
  void tell(desk, 'charge.refunded', object, paymentHow(desk.behaviour), { amount_refunded: before });
  const made = { id: nameLike('re_test_'), object: 'refund', amount, charge: charge.id, created: secondsOf(desk.settings.now()) };
  return { ...made, currency: 'vnd', payment_intent: session.payment.id, status: 'succeeded' };
}

/** What is told once is in the list of events, whether its webhook comes or not. */
function tell(desk: StripeDesk, type: string, object: object, how: PaymentBehaviour, previous?: object): Promise<void> {
  const { now, webhookSecret } = desk.settings;
  const data = { object, ...(previous ? { previous_attributes: previous } : {}) };
  const about = { object: 'event', api_version: apiVersion, livemode: false, pending_webhooks: 1 };
  const event = { ...about, id: nameLike('evt_test_'), type, created: secondsOf(now()), data };
  remember(desk.events, event.id, event);
  return desk.teller.tell(how, () => signed(JSON.stringify(event), webhookSecret, secondsOf(now())));
}

/** docs.stripe.com/webhooks/signature */
function signed(body: string, secret: string, seconds: number): Telling {
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': `t=${seconds},v1=${signature}` };
  return { method: 'POST', headers, body };
}
