// SePay's list of transactions, by spans of time. Source: developer.sepay.vn/en/sepay-api/v1/api-giao-dich
import { addMs, epochMsOf, instantOf, parseInstant, vietnamTimeOf, type Instant } from '../../domain/time';
import { jsonOf, valueAt } from './answer';
import type { Ask } from './ask';
import { FeedRefused, FeedUnavailable, type Feed, type FeedAccess, type FeedPage, type FeedWindow } from './feed';

/** Both ends included, in whole seconds: SePay's times have no more. */
interface Span {
  from: Instant;
  to: Instant;
}

/** Per IP address; SePay says 3 today and said 2 before. */
const requestsPerSecond = 2;
const secondMs = 1000;
const longestSpanMs = 7 * 86_400_000;
/** SePay gives up to 5,000; so many fit into our limit of an answer's size. */
const mostRows = 1_000;

/**
 * The first edition of the list, and not the second (`userapi.sepay.vn/v2`): a webhook names a transaction by a number, so does the first
 * edition, and the second by a UUID that no webhook carries, so that money told by both would be there twice. SePay says that the first
 * "remains unchanged and continues to work": developer.sepay.vn/en/sepay-api/v2/nang-cap-tu-v1. That the two numbers are one is not said
 * in so many words: both are "the transaction's id on SePay", and public code looks up here what a webhook named.
 */
export const sepayFeed = (ask: Ask): Feed => ({
  provider: 'sepay',
  baseUrl: 'https://my.sepay.vn/userapi',
  pages: (access, window) => pagesOf(window, (span) => answerFor(ask, access, span)),
});

/** In which order rows come, and which are left out of a full answer, must not matter: a full one is asked for again in halves. */
async function* pagesOf(window: FeedWindow, answerTo: (span: Span) => Promise<Buffer>): AsyncGenerator<FeedPage> {
  const spans = spansOf(startOf(window), wholeSecond(window.to));
  for (let span = spans.shift(); span; span = spans.shift()) {
    const body = await answerTo(span);
    if (rowsIn(body) >= mostRows) spans.unshift(...halvesOf(span));
    else yield { body, ...(spans[0] ? { next: spans[0].from } : {}) };
  }
}

function answerFor(ask: Ask, access: FeedAccess, { from, to }: Span): Promise<Buffer> {
  const query = new URLSearchParams({
    ...(access.accountNumber ? { account_number: access.accountNumber } : {}),
    transaction_date_min: vietnamTimeOf(from),
    transaction_date_max: vietnamTimeOf(to),
    limit: String(mostRows),
  });
  const headers = { authorization: `Bearer ${access.token}` };
  return ask(access, requestsPerSecond, { path: `/transactions/list?${query}`, headers });
}

/** SePay answers 200 to everything: with an empty body to a wrong token, with a `status` of its own inside to other faults. */
function rowsIn(body: Buffer): number {
  if (body.toString('utf8').trim() === '') throw new FeedRefused('token_refused', 200);
  const json = jsonOf(body);
  const rows = valueAt(json, 'transactions');
  if (Array.isArray(rows)) return rows.length;
  const status = Number(valueAt(json, 'status'));
  if (status >= 400 && status < 500 && status !== 429) throw new FeedRefused(`status_${status}`, status);
  throw new FeedUnavailable('not_a_list');
}

/** The cursor is the beginning of the span that was next. */
function startOf({ from, to, cursor }: FeedWindow): Instant {
  const next = cursor === undefined ? undefined : parseInstant(cursor);
  return wholeSecond(next !== undefined && next >= from && next <= to ? next : from);
}

function spansOf(from: Instant, to: Instant): Span[] {
  const spans: Span[] = [];
  for (let start = from; start <= to; start = addMs(start, longestSpanMs)) {
    const end = addMs(start, longestSpanMs - secondMs);
    spans.push({ from: start, to: end < to ? end : to });
  }
  return spans;
}

function halvesOf({ from, to }: Span): [Span, Span] {
  if (from === to) throw new FeedUnavailable('too_many_in_one_second');
  const middle = wholeSecond(instantOf((epochMsOf(from) + epochMsOf(to)) / 2));
  return [
    { from, to: middle },
    { from: addMs(middle, secondMs), to },
  ];
}

const wholeSecond = (instant: Instant): Instant => instantOf(Math.floor(epochMsOf(instant) / secondMs) * secondMs);
