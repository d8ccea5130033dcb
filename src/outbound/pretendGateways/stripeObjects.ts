// The objects of a pretend Stripe, in the form in which its API and its webhooks tell of them. Source: docs.stripe.com/api
import type { Instant } from '../../domain/time';
import { epochMsOf } from '../../domain/time';

export interface PretendSession {
  id: string;
  amount: number;
  what: string;
  ourId: string | undefined;
  metadata: Record<string, string>;
  paymentMetadata: Record<string, string>;
  successUrl: string;
  cancelUrl: string;
  locale: string | null;
  created: Instant;
  expiresAt: Instant;
  status: 'open' | 'complete' | 'expired';
  payment?: PretendPayment;
}

export interface PretendPayment {
  id: string;
  /** Absent as long as the money is under way. */
  charge?: PretendCharge;
}

export interface PretendCharge {
  id: string;
  created: Instant;
  refunded: number;
}

export const secondsOf = (instant: Instant): number => Math.floor(epochMsOf(instant) / 1000);

/** `pages` is where the payment page is; `expanded` puts the payment and its charge inside. */
export const sessionObject = (session: PretendSession, pages: string, expanded = false): Record<string, unknown> => ({
  id: session.id,
  object: 'checkout.session',
  amount_subtotal: session.amount,
  amount_total: session.amount,
  cancel_url: session.cancelUrl,
  client_reference_id: session.ourId ?? null,
  created: secondsOf(session.created),
  currency: 'vnd',
  customer_details: session.payment ? { address: null, email: null, name: 'NGUOI NOP THU NGHIEM', phone: null } : null,
  expires_at: secondsOf(session.expiresAt),
  livemode: false,
  locale: session.locale,
  metadata: session.metadata,
  mode: 'payment',
  payment_intent: session.payment ? (expanded ? paymentObject(session, session.payment) : session.payment.id) : null,
  payment_status: session.payment?.charge ? 'paid' : 'unpaid',
  status: session.status,
  success_url: session.successUrl,
  url: session.status === 'open' ? `${pages}/c/pay/${session.id}` : null,
});

const paymentObject = (session: PretendSession, payment: PretendPayment): Record<string, unknown> => ({
  id: payment.id,
  object: 'payment_intent',
  amount: session.amount,
  currency: 'vnd',
  latest_charge: payment.charge ? chargeObject(session, payment.id, payment.charge) : null,
  livemode: false,
  metadata: session.paymentMetadata,
  status: payment.charge ? 'succeeded' : 'processing',
});

export const chargeObject = (session: PretendSession, paymentId: string, charge: PretendCharge): Record<string, unknown> => ({
  id: charge.id,
  object: 'charge',
  amount: session.amount,
  amount_captured: session.amount,
  amount_refunded: charge.refunded,
  captured: true,
  created: secondsOf(charge.created),
  currency: 'vnd',
  livemode: false,
  metadata: session.paymentMetadata,
  paid: true,
  payment_intent: paymentId,
  refunded: charge.refunded === session.amount,
  status: 'succeeded',
});
