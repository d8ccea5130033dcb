// What Stripe sends, a schema for each kind of event that moves money. Source: docs.stripe.com/api/events/types
import { z } from 'zod';
import { instantOf } from '../../src/domain/time';
import { amount, optionalText, requiredText } from '../fields';

/** The đồng has no smaller unit at Stripe: 180000 is 180.000 ₫. Other money is left to a person. */
const currency = z.literal('vnd');

/** Seconds since 1970, up to the year 2286. */
const created = z
  .int()
  .positive()
  .max(9_999_999_999)
  .transform((seconds) => instantOf(seconds * 1000));

export const stripeEvent = z.object({ type: z.string() });

const paidSession = z.object({
  payment_status: z.literal('paid'),
  id: requiredText,
  amount_total: amount,
  currency,
  /** Null where the session stands for no payment of its own, as in a subscription. */
  payment_intent: requiredText.nullish(),
  /** The id that we gave the payment; elsewhere it is in the metadata. */
  client_reference_id: optionalText,
  metadata: z.object({ payment_request_id: optionalText }).nullish().catch(undefined),
  customer_details: z.object({ name: optionalText }).nullish().catch(undefined),
});

const unpaidSession = z.object({ payment_status: z.enum(['unpaid', 'no_payment_required']) });

/** `checkout.session.completed`, `checkout.session.async_payment_succeeded` */
export const stripeSession = z.object({
  created,
  data: z.object({ object: z.discriminatedUnion('payment_status', [paidSession, unpaidSession]) }),
});

/** A session as Stripe answers when it is asked about it, with what it was paid by. */
export const stripeAskedSession = z.discriminatedUnion('payment_status', [
  paidSession.extend({
    /** Only its charge knows when the payment was made: the session's own time is that of its beginning. */
    payment_intent: z.object({ id: requiredText, latest_charge: z.object({ created }) }),
  }),
  unpaidSession,
]);

export type StripePaidSession = z.output<typeof paidSession>;

/** `charge.refunded` */
export const stripeRefund = z.object({
  created,
  data: z.object({
    /** `amount_refunded` is the sum of all refunds of the charge up to now, this one with them. */
    object: z.object({ id: requiredText, amount_refunded: amount, currency, payment_intent: optionalText }),
    /** What this event changed, as it was before. */
    previous_attributes: z.object({ amount_refunded: z.int().nonnegative().optional() }).nullish(),
  }),
});

/** `charge.dispute.funds_withdrawn` */
export const stripeDispute = z.object({
  created,
  data: z.object({ object: z.object({ id: requiredText, amount, currency, payment_intent: optionalText }) }),
});
