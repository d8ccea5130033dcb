// What a page of Stripe's list of events means: the events of its webhooks, several at once. Source: docs.stripe.com/api/events/list
import { z } from 'zod';
import { readJson } from '../json';
import type { IncomingTransaction } from '../provider';
import { movementsOf } from './normalise';

const eventList = z.object({ data: z.array(z.looseObject({})) });

/** Oldest first, as the webhooks would have told; Stripe lists the newest first. Throws Unreadable. */
export function readPulledStripe(body: Buffer): IncomingTransaction[] {
  const events = readJson(body, eventList).data;
  return events.toReversed().flatMap((event) => movementsOf(Buffer.from(JSON.stringify(event))));
}
