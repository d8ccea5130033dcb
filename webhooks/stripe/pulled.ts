// What Stripe says when it is asked: a page of its list of events, which are those of its webhooks, or one session.
// Source: docs.stripe.com/api/events/list and docs.stripe.com/api/checkout/sessions/retrieve
import { z } from 'zod';
import { readJson, shaped } from '../json';
import type { IncomingTransaction } from '../provider';
import { readRows } from '../rows';
import { movementsOf, toTransaction } from './normalise';
import { stripeAskedSession } from './payload';

const eventList = z.object({ data: z.array(z.unknown()) });
const askedSession = z.looseObject({ object: z.literal('checkout.session') });
const answer = z.union([askedSession, eventList]);

/** Events oldest first, as the webhooks would have told; Stripe lists the newest first. Throws Unreadable, with what can be read of it. */
export function readPulledStripe(body: Buffer): IncomingTransaction[] {
  const told = readJson(body, answer);
  if ('object' in told) return paymentOf(told);
  return readRows('data', [...told.data.entries()].toReversed(), (event) => movementsOf(Buffer.from(JSON.stringify(event))));
}

/** The payment of a session, under the id that its webhook has for it; none where it is not paid. */
function paymentOf(told: z.output<typeof askedSession>): IncomingTransaction[] {
  const session = shaped(told, stripeAskedSession);
  if (session.payment_status !== 'paid') return [];
  const { id, latest_charge: charge } = session.payment_intent;
  return [toTransaction({ ...session, payment_intent: id }, charge.created)];
}
