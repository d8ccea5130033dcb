// Stripe: cards and wallets, one event a webhook. Source: docs.stripe.com/webhooks
import type { Acknowledgement, Provider } from '../provider';
import { normaliseStripe } from './normalise';
import { readPulledStripe } from './pulled';
import { verifyStripe } from './signature';

export const stripe: Provider = {
  name: 'stripe',
  verify: verifyStripe,
  normalise: normaliseStripe,
  readPulled: readPulledStripe,
  acknowledge: () => answer(200, true),
  refuse: () => answer(401, false),
};

/** Stripe reads the status alone; the body is for the person who looks at its dashboard. */
function answer(status: number, received: boolean): Acknowledgement {
  return { status, contentType: 'application/json', body: JSON.stringify({ received }) };
}
