// What a Stripe event means: a payment, a refund, money taken for a dispute, or nothing about money.
import { vnd } from '../../src/domain/money';
import type { Instant } from '../../src/domain/time';
import { readJson } from '../json';
import { Unreadable, type IncomingTransaction, type WebhookRequest } from '../provider';
import { stripeDispute, stripeEvent, stripeRefund, stripeSession, type StripePaidSession } from './payload';

type Reader = (body: Buffer) => IncomingTransaction[];

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['checkout.session.completed', paymentIn],
  ['checkout.session.async_payment_succeeded', paymentIn],
  ['charge.refunded', refundIn],
  ['charge.dispute.funds_withdrawn', withdrawalIn],
  ['charge.dispute.funds_reinstated', leftToAPerson],
]);

/**
 * The movement that an event tells of; every other event tells of none. Those of a trial account look like those of a live one and
 * are read alike: each has a secret of its own, so whoever sets the secret decides which of the two is believed. Throws Unreadable.
 */
export function normaliseStripe({ body }: WebhookRequest): IncomingTransaction[] {
  return movementsOf(body);
}

/** The same of an event alone, in whichever way it came to us. Throws Unreadable. */
export function movementsOf(body: Buffer): IncomingTransaction[] {
  const { type } = readJson(body, stripeEvent);
  return readers.get(type)?.(body) ?? [];
}

/** A session may be completed first and paid later. Both events may say `paid`: the payment's id makes it the same money. */
function paymentIn(body: Buffer): IncomingTransaction[] {
  const { created, data } = readJson(body, stripeSession);
  const session = data.object;
  if (session.payment_status !== 'paid') return [];
  return [toTransaction(session, created)];
}

/** `paidAt` is when Stripe told of the payment, or when it was made. */
export function toTransaction(session: StripePaidSession, paidAt: Instant): IncomingTransaction {
  const ourId = session.client_reference_id ?? session.metadata?.payment_request_id;
  const payment = session.payment_intent ?? undefined;
  return {
    providerId: payment ?? session.id,
    direction: 'in',
    amount: session.amount_total,
    content: ourId ?? '',
    bankReference: payment,
    orderId: ourId ?? session.id,
    payerName: session.customer_details?.name,
    bankTime: paidAt,
    isTest: false,
  };
}

/** What was refunded just now is the sum of all refunds less the sum before; the sum keeps the steps apart. */
function refundIn(body: Buffer): IncomingTransaction[] {
  const { created, data } = readJson(body, stripeRefund);
  const charge = data.object;
  const amount = charge.amount_refunded.minus(vnd(data.previous_attributes?.amount_refunded ?? 0));
  if (!amount.isPositive()) throw new Unreadable('unexpected_shape', 'data.object.amount_refunded');
  return [
    {
      providerId: `${charge.id} refunded ${charge.amount_refunded}`,
      direction: 'out',
      amount,
      content: `Stripe refund of ${charge.id}`,
      bankReference: charge.payment_intent ?? charge.id,
      bankTime: created,
      isTest: false,
    },
  ];
}

/** Without an id in its content that could pass for a reference: money of a dispute is of its payment, which the reference names. */
function withdrawalIn(body: Buffer): IncomingTransaction[] {
  const { created, data } = readJson(body, stripeDispute);
  const dispute = data.object;
  return [
    {
      providerId: `${dispute.id} withdrawn`,
      direction: 'out',
      amount: dispute.amount,
      content: 'Stripe dispute: funds withdrawn',
      bankReference: dispute.payment_intent ?? dispute.id,
      bankTime: created,
      isTest: false,
    },
  ];
}

/** Money of a dispute comes back: the payment that it was taken from is in the books all along, so it is no new one. Throws Unreadable. */
function leftToAPerson(): never {
  throw new Unreadable('needs_a_person', 'type');
}
