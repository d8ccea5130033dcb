// Casso's list of transactions, by day and page. Source: developer.casso.vn/casso-api/api/lay-giao-dich
import { addDays, dayOf } from '../../domain/time';
import { jsonOf, valueAt } from './answer';
import type { Ask } from './ask';
import { FeedRefused, FeedUnavailable, type Feed, type FeedPage, type FeedWindow } from './feed';

/** No limit is documented. */
const requestsPerSecond = 2;
/** The largest page is not documented; the answer says how many pages there are of the size that it chose. */
const pageSize = 100;

export const cassoFeed = (ask: Ask): Feed => ({
  provider: 'casso',
  baseUrl: 'https://oauth.casso.vn/v2',
  async *pages(access, window): AsyncGenerator<FeedPage> {
    const headers = { authorization: `Apikey ${access.token}` };
    for (let page: number | undefined = firstPageOf(window.cursor); page !== undefined;) {
      const body = await ask(access, requestsPerSecond, { path: pathOf(window, page), headers });
      page = nextPageIn(body, page);
      yield { body, ...(page === undefined ? {} : { next: String(page) }) };
    }
  },
});

/**
 * Days are whole, and whether `toDate` includes its day is not documented, so one more is asked for. There is no filter by account: the
 * rows say theirs. Oldest first, so that what arrives meanwhile moves rows to later pages and never past the reader.
 */
const pathOf = ({ from, to }: FeedWindow, page: number): string =>
  `/transactions?${new URLSearchParams({
    fromDate: dayOf(from),
    toDate: addDays(dayOf(to), 1),
    page: String(page),
    pageSize: String(pageSize),
    sort: 'ASC',
  })}`;

const firstPageOf = (cursor: string | undefined): number => (cursor !== undefined && /^[1-9]\d{0,5}$/.test(cursor) ? Number(cursor) : 1);

/** `error` is 0 for a list; what else it may be is not documented. */
function nextPageIn(body: Buffer, page: number): number | undefined {
  const json = jsonOf(body);
  const error = valueAt(json, 'error');
  if (typeof error === 'number' && error !== 0) throw new FeedRefused(`error_${error}`);
  const rows = valueAt(json, 'data', 'records');
  if (!Array.isArray(rows)) throw new FeedUnavailable('not_a_list');
  return rows.length > 0 && page < Number(valueAt(json, 'data', 'totalPages')) ? page + 1 : undefined;
}
