// The list of feeds. A new source is one file and one line here.
import type { Instant } from '../../domain/time';
import { askWithin, usualLimits, type Limits } from './ask';
import { cassoFeed } from './casso';
import { FeedUnavailable, type Feed, type FeedPage } from './feed';
import { payosFeed } from './payos';
import { sepayFeed } from './sepay';
import { stripeFeed } from './stripe';
import { vnpayFeed } from './vnpay';

/** Pages of one pull; a longer one breaks off and goes on from its cursor. */
export const maxPages = 1_000;

/** The feed of each source that has one. */
export function feedsWith(now: () => Instant, limits: Partial<Limits> = {}): readonly Feed[] {
  const ask = askWithin({ ...usualLimits, ...limits }, now);
  return [sepayFeed(ask), cassoFeed(ask), payosFeed(ask), vnpayFeed(ask, now), stripeFeed(ask)].map((feed) => ({
    ...feed,
    pages: (access, window) => bounded(() => feed.pages(access, window)),
  }));
}

/** Whatever goes wrong, a missing setting too, is thrown where the pages are read. */
async function* bounded(pagesOf: () => AsyncIterable<FeedPage>): AsyncGenerator<FeedPage> {
  let count = 0;
  for await (const page of pagesOf()) {
    yield page;
    count += 1;
    if (count >= maxPages && page.next !== undefined) throw new FeedUnavailable('too_many_pages');
  }
}
