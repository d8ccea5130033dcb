// What a page of Stripe's list of events means: the events of its webhooks, several at once. Source: docs.stripe.com/api/events/list
import { z } from 'zod';
import { readJson } from '../json';
import type { IncomingTransaction } from '../provider';
import { readRows } from '../rows';
import { movementsOf } from './normalise';

const eventList = z.object({ data: z.array(z.unknown()) });

/** Oldest first, as the webhooks would have told; Stripe lists the newest first. Throws Unreadable, with what can be read of it. */
export function readPulledStripe(body: Buffer): IncomingTransaction[] {
  const events = readJson(body, eventList).data;
  return readRows('data', [...events.entries()].toReversed(), (event) => movementsOf(Buffer.from(JSON.stringify(event))));
}
