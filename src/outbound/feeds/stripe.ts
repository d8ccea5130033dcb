// Stripe's list of events, newest first, which are the same events that its webhooks carry. Source: docs.stripe.com/api/events/list
import { epochMsOf } from '../../domain/time';
import { jsonOf, textAt, valueAt } from './answer';
import type { Ask } from './ask';
import { FeedUnavailable, type Feed, type FeedPage, type FeedWindow } from './feed';

/** Stripe allows 100 in live mode and 25 in test mode; nothing here is in such a hurry. */
const requestsPerSecond = 10;
/** The events that tell of money, as the webhook's reader knows them; Stripe takes up to twenty. */
const eventTypes = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'charge.refunded',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
];
const eventId = /^evt_\w{1,100}$/;

export const stripeFeed = (ask: Ask): Feed => ({
  provider: 'stripe',
  baseUrl: 'https://api.stripe.com',
  /** Stripe keeps events for 30 days: of a longer window it tells the last 30 only, and does not say so. */
  async *pages(access, window): AsyncGenerator<FeedPage> {
    const headers = { authorization: `Bearer ${access.token}` };
    let after = window.cursor !== undefined && eventId.test(window.cursor) ? window.cursor : undefined;
    do {
      const body = await ask(access, requestsPerSecond, { path: pathOf(window, after), headers });
      after = nextIn(body);
      yield { body, ...(after === undefined ? {} : { next: after }) };
    } while (after !== undefined);
  },
});

function pathOf({ from, to }: FeedWindow, after: string | undefined): string {
  const query = new URLSearchParams({
    'created[gte]': String(Math.floor(epochMsOf(from) / 1000)),
    'created[lte]': String(Math.floor(epochMsOf(to) / 1000)),
    limit: '100',
    ...(after ? { starting_after: after } : {}),
  });
  for (const type of eventTypes) query.append('types[]', type);
  return `/v1/events?${query}`;
}

/** The last event of a page that is not the last. */
function nextIn(body: Buffer): string | undefined {
  const json = jsonOf(body);
  const events = valueAt(json, 'data');
  if (!Array.isArray(events)) throw new FeedUnavailable('not_a_list');
  if (valueAt(json, 'has_more') !== true) return undefined;
  const last = textAt(events.at(-1), 'id');
  if (last === undefined || !eventId.test(last)) throw new FeedUnavailable('not_a_list');
  return last;
}
