// The contract of a pretend gateway: a server of its own on 127.0.0.1 that speaks as the real one does, and misbehaves on demand.
import type { Money } from '../../domain/money';
import type { Instant } from '../../domain/time';

/**
 * The first four are about its answers to us: `slow` thinks for a minute, `fails` answers 500 and does nothing, `half_open` begins an
 * answer and never ends it, `byte_by_byte` sends one byte a second. The others are about payments: the webhook comes before the
 * answer to us or the payer's return, never, or twice; or the payer comes back unpaid, and the money arrives a while later.
 */
export const behaviours = [
  ...(['well', 'slow', 'fails', 'half_open', 'byte_by_byte'] as const),
  ...(['webhook_first', 'webhook_never', 'webhook_twice', 'unpaid_then_paid'] as const),
] as const;
export type Behaviour = (typeof behaviours)[number];

/** Those that a payer may choose on the payment page. */
export const paymentBehaviours = ['well', 'webhook_first', 'webhook_never', 'webhook_twice', 'unpaid_then_paid'] as const;
export type PaymentBehaviour = (typeof paymentBehaviours)[number];

/** How payments behave while the gateway behaves so. */
export const paymentHow = (behaviour: Behaviour): PaymentBehaviour => paymentBehaviours.find((one) => one === behaviour) ?? 'well';

export interface PretendGateway {
  readonly provider: 'stripe' | 'payos' | 'vnpay';
  /** On 127.0.0.1; port 0 is any free one. */
  listen(port?: number): Promise<{ url: string; close(): Promise<void> }>;
  behave(how: Behaviour): void;
  /** Money that is under way arrives now; returns when all that was told of it was answered or given up. */
  settle(): Promise<void>;
}

/** Money on its way from the gateway to our bank account. */
export interface PretendPayout {
  amount: Money;
  content: string;
  at: Instant;
}

export interface PretendSettings {
  /** How a payout reaches our account; without it only its list is made. */
  payOut?: (payout: PretendPayout) => Promise<void>;
  now: () => Instant;
  /** Where it tells us of payments, such as `http://127.0.0.1:3000/webhooks/stripe`; asked at every telling. */
  webhookUrl: () => string;
  /** For how long money of `unpaid_then_paid` is under way. */
  laterMs?: number;
  /** Between two tellings, where the first was not accepted; there are three at most. */
  retryMs?: number;
}
