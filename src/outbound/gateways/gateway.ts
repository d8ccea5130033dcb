// The contract of a gateway: opening, asking about, ending and paying back an online payment session.
import type { Money } from '../../domain/money';
import type { Instant } from '../../domain/time';

/** An order as the gateway is told of it. */
export interface GatewayOrder {
  /** What names our payment request at the gateway, and in all that it tells us of it. */
  orderId: string;
  /** The whole sum: what the gateway charges us is never added to it. */
  amount: Money;
  /** The payment reference of the obligation, such as `NP7K2MQX9P`. */
  reference: string;
  createdAt: Instant;
  /** No sooner than half an hour after `createdAt`: less is not taken by every gateway. */
  expiresAt: Instant;
  /** Where the payer's browser goes afterwards, paid or not; what it says there changes nothing. */
  returnUrl: string;
  language: 'vi' | 'en';
  /** Of the payer's browser. */
  clientAddress: string;
}

export interface OpenedSession {
  /** The gateway's own name of the session, where it has one. */
  sessionId?: string;
  /** Where the payer pays. */
  redirectUrl: string;
}

/** An order that was opened, or may have been. `createdAt` as the gateway was told it. */
export interface KnownOrder {
  orderId: string;
  sessionId?: string;
  createdAt: Instant;
}

/** What a gateway says of an order: `told` are the bytes of its answer where it knows of money, for the reader of its webhooks (`readPulled`). */
export type GatewayWord = { standing: 'open' | 'ended' | 'unknown' } | { standing: 'paid'; told: Buffer };

export interface Payback extends KnownOrder {
  /** The same for every try of one refund. */
  refundId: string;
  /** What goes back: all of `paid` or a part. */
  amount: Money;
  paid: Money;
  paidAt: Instant;
  /** `providerId` of the payment's transaction: each gateway finds its own number in it. */
  paymentId: string;
  /** Who asked, as a login; and why, without personal data. */
  by: string;
  reason: string;
}

/** `pending` is on its way: the gateway's webhook or list tells of the rest. */
export interface PaidBack {
  standing: 'done' | 'pending';
  gatewayReference?: string;
}

export interface GatewayAccess {
  /** The gateway's own address is `Gateway.baseUrl`; a sandbox or a pretend one has another. */
  baseUrl: string;
  /** The API key; at VNPAY, which has none, the terminal's hash secret. As of the feed of the same name. */
  token: string;
  /** What messages are signed with, where that is another: payOS's checksum key. Nobody else needs it to be asked. */
  secret: string;
  /** What the gateway must know of us beside these, by name, such as `VNPAY_TMN_CODE`. */
  settings: Readonly<Record<string, string | undefined>>;
}

/** Each call answers within the limits, or throws GatewayRefused or GatewayUnavailable; `circuit_open` at once where a gateway is down. */
export interface Gateway {
  readonly provider: 'stripe' | 'payos' | 'vnpay';
  readonly baseUrl: string;
  /** What an order id may be made of: VNPAY's documents allow letters and digits, payOS takes numbers only. */
  readonly orderIds: 'text' | 'letters_and_digits' | 'number';
  /** The same order may be opened again: it is one session. */
  open(access: GatewayAccess, order: GatewayOrder): Promise<OpenedSession>;
  ask(access: GatewayAccess, order: KnownOrder): Promise<GatewayWord>;
  /**
   * Nobody can pay it from now on, and nobody has; nor could they where the gateway does not know of it. Where a gateway knows no such call
   * the session ends by its own time, which `false` says. Throws GatewayRefused `already_paid` where the payer was faster: then `ask`.
   */
  end(access: GatewayAccess, order: KnownOrder): Promise<boolean>;
  /** Throws GatewayRefused `refund_not_offered` where a gateway knows no such call. */
  payBack(access: GatewayAccess, payback: Payback): Promise<PaidBack>;
}

/** Asking again will not help. `why` names no secret. */
export class GatewayRefused extends Error {
  constructor(readonly why: string) {
    super(`gateway refused: ${why}`);
    this.name = 'GatewayRefused';
  }
}

/** Nobody knows whether it was done; asking later will tell. `why` names no secret. */
export class GatewayUnavailable extends Error {
  constructor(readonly why: string) {
    super(`gateway unavailable: ${why}`);
    this.name = 'GatewayUnavailable';
  }
}
