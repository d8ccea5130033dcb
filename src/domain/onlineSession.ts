// Online payment sessions: an order at a gateway, which ends only after the gateway was asked about it.
import { sumOf, vnd, type Money } from './money';
import { outstandingOf, type BareObligation } from './obligation';
import type { PaymentMethod } from './paymentRequest';
import { napasCeiling } from './vietqr';
import { addMs, type Instant } from './time';

/** Opened at a gateway; `opening` until we know that it is. `paid` and `ended` are the gateway's word, or follow from it. */
export type SessionState = 'opening' | 'open' | 'paid' | 'ended';

export type OnlineMethod = Exclude<PaymentMethod, 'vietqr'>;
export const onlineMethods = ['payos', 'vnpay', 'stripe'] as const satisfies readonly OnlineMethod[];
export const isOnlineMethod = (method: PaymentMethod): method is OnlineMethod => method !== 'vietqr';

/**
 * What gateways take in one payment, both ends included. Stripe: no less than 0.50 US dollars, which moves with the rate, and eight figures at
 * most (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts); VNPAY: from 5.000 ₫ to below 1.000.000.000 ₫
 * (sandbox.vnpayment.vn/apis/docs/thanh-toan-pay/pay.html); payOS: a transfer by NAPAS.
 */
const sumsTaken: Readonly<Record<OnlineMethod, { least: Money; most: Money }>> = {
  stripe: { least: vnd(13_000), most: vnd(99_999_999) },
  vnpay: { least: vnd(5_000), most: vnd(999_999_999) },
  payos: { least: vnd(1), most: napasCeiling.minus(vnd(1)) },
};

/** A gateway that does not take the sum, and from or up to which it would. */
export interface UnfitMethod {
  method: OnlineMethod;
  why: 'too_small' | 'too_large';
  limit: Money;
}

/** Undefined where the gateway takes the sum. */
export function unfitFor(method: OnlineMethod, amount: Money): UnfitMethod | undefined {
  const { least, most } = sumsTaken[method];
  if (amount.compare(least) < 0) return { method, why: 'too_small', limit: least };
  return amount.compare(most) > 0 ? { method, why: 'too_large', limit: most } : undefined;
}

export interface OnlineSession {
  paymentRequestId: string;
  method: OnlineMethod;
  state: SessionState;
  obligationId: string;
  /** What it pays: the obligation's own, or that of a basket. */
  reference: string;
  amount: Money;
  /** The account with whose keys it was opened. */
  accountId: string;
  /** The id that the gateway knows it by, and its own name of it. */
  orderId: string;
  sessionId?: string;
  redirectUrl?: string;
  createdAt: Instant;
  expiresAt: Instant;
  /** When to ask the gateway next. */
  askAt: Instant;
  /** How often we asked since anything was new. */
  tries: number;
  /** Why the last question brought no answer. */
  problem?: string;
  /** Since when we know that nobody needs it. */
  needlessAt?: Instant;
}

/** How long a payer has. Gateways take no less than half an hour, by their own clock. */
export const sessionMs = 35 * 60_000;
/** Open at once for one obligation: more than any payer needs, and few enough for one who plays with the button. */
export const mostOpenSessions = 8;
/** A gateway may take a payment that began in time, and answers late. */
const graceMs = 15 * 60_000;
const firstPauseMs = 15_000;
const longestPauseMs = 5 * 60_000;

/** It may still be paid, for all that we know. */
export const isLive = ({ state }: Pick<OnlineSession, 'state'>): boolean => state === 'opening' || state === 'open';

/** Nobody should pay it any more: what its reference names asks for another sum, or for nothing; or its time is over. */
export const isNeedless = (session: Pick<OnlineSession, 'amount' | 'expiresAt'>, named: readonly BareObligation[], now: Instant): boolean =>
  session.expiresAt <= now || !sumOf(named.filter(({ cancelled }) => !cancelled).map(outstandingOf)).equals(session.amount);

/** No gateway takes money for it any more, even one that knows no way to end a session. */
export const isOver = ({ expiresAt }: Pick<OnlineSession, 'expiresAt'>, now: Instant): boolean => addMs(expiresAt, graceMs) <= now;

/** Asked again after ever longer pauses; the webhook is usually sooner. */
export const nextAsk = (now: Instant, tries: number): Instant =>
  addMs(now, Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tries, 10)));

/**
 * What follows from what the gateway said: `ask` again later, `end` it there, or it is `paid` or `ended`. An order that the gateway does
 * not know may still be on its way to it, until its time is over.
 */
export function nextStep(
  session: Pick<OnlineSession, 'amount' | 'expiresAt'>,
  standing: 'open' | 'paid' | 'ended' | 'unknown',
  needless: boolean,
  now: Instant,
): 'ask' | 'end' | 'paid' | 'ended' {
  if (standing === 'paid' || standing === 'ended') return standing;
  if (isOver(session, now)) return 'ended';
  return needless && standing === 'open' ? 'end' : 'ask';
}
