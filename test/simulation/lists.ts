// Lists: what the pretend source answers when it is asked for its own list, in the ways of SePay and of Casso.
import type { Ask } from '../../src/outbound/feeds/ask';
import { FeedUnavailable } from '../../src/outbound/feeds/feed';
import { lineOf } from './banks';
import { chanceOf, happens } from './chances';
import { listOf, type Line } from './messages';
import { bankAccounts, type BankAccount } from './office';
import type { Feed, Transfer } from './truth';
import { dayMs, type World } from './world';

/** A page that the service reads. */
export interface Served {
  feed: Feed;
  /** Of the account that was asked for. */
  lines: readonly Transfer[];
  /** The page, where one of them, that is known already, has another amount. */
  spoiled?: string;
  /** Of all its lines, of other accounts too. */
  ids: readonly number[];
}

/** A full answer of SePay's is thrown away and asked for again in halves. */
const sepayMostRows = 1_000;
/** Pulls that break off, at one of the first pages. */
const faultShare = 0.15;
const mostPagesBefore = 12;
/** Pages that say another amount of a transfer that is known. */
const spoiledShare = 0.05;
/** No pull looks back further, however often it broke off. */
const listedMs = 6 * dayMs;

/** Answers as the source would, from what happened at the bank; now and then it does not. */
export function pretendSource(world: World, account: BankAccount, feed: Feed, serve: (page: Served) => void): Ask {
  const chance = chanceOf(world.options.seed, `pull of ${feed} ${account.id} at ${world.clock.ms}`);
  const earliest = world.clock.ms - listedMs;
  const known = world.transfers.filter(({ bankMs, feeds }) => bankMs > earliest && bankMs <= world.clock.ms && feeds.includes(feed));
  const inOrder = known.sort((a, b) => a.bankMs - b.bankMs || a.number - b.number);
  let pagesLeft = happens(chance, faultShare) ? chance.below(mostPagesBefore) : Infinity;
  return async (_access, _perSecond, { path }) => {
    if (--pagesLeft < 0) throw new FeedUnavailable('status_503');
    const query = new URLSearchParams(path.split('?')[1]);
    const { lines, pages } = feed === 'sepay' ? sepayAnswer(inOrder, query) : cassoAnswer(inOrder, query);
    if (feed === 'sepay' && lines.length >= sepayMostRows) return listOf(feed, linesOf(lines, feed));
    const own = lines.filter((line) => line.accountId === account.id);
    const spoiled = happens(chance, spoiledShare) ? own.find((line) => line.told.has(feed)) : undefined;
    const ids = lines.map((line) => line.ids[feed]);
    const edited = (line: Line): Line =>
      line.id === spoiled?.ids[feed] ? { ...line, amount: line.amount + (world.clock.ms % 1000) + 1 } : line;
    const page = listOf(feed, linesOf(lines, feed).map(edited), pages);
    serve({ feed, lines: own, ids, ...(spoiled ? { spoiled: page.toString() } : {}) });
    return page;
  };
}

const linesOf = (lines: readonly Transfer[], feed: Feed): Line[] => lines.map((line) => lineOf(line, feed));

/** Of one account and span, newest first. */
function sepayAnswer(known: readonly Transfer[], query: URLSearchParams): { lines: Transfer[]; pages: number } {
  const [from, to] = [vietnamMs(query.get('transaction_date_min')), vietnamMs(query.get('transaction_date_max'))];
  const accountId = bankAccounts.find(({ number }) => number === query.get('account_number'))?.id;
  const own = spanOf(known, from, to + 1).filter((one) => one.accountId === accountId);
  return { lines: own.reverse().slice(0, Number(query.get('limit'))), pages: 1 };
}

/** Of all accounts and whole days, page by page, oldest first. */
function cassoAnswer(known: readonly Transfer[], query: URLSearchParams): { lines: Transfer[]; pages: number } {
  const [from, to] = [vietnamMs(`${query.get('fromDate')} 00:00:00`), vietnamMs(`${query.get('toDate')} 00:00:00`)];
  const [size, page] = [Number(query.get('pageSize')), Number(query.get('page'))];
  const own = spanOf(known, from, to + dayMs);
  return { lines: own.slice((page - 1) * size, page * size), pages: Math.ceil(own.length / size) };
}

/** Of what is in order, all from a time on and before another. */
const spanOf = (known: readonly Transfer[], fromMs: number, beforeMs: number): Transfer[] =>
  known.slice(placeOf(known, fromMs), placeOf(known, beforeMs));

/** Where the first one lies that is not before a time. */
function placeOf(known: readonly Transfer[], ms: number): number {
  let [low, high] = [0, known.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[middle]?.bankMs ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

const vietnamMs = (text: string | null): number => Date.parse(`${(text ?? '').replace(' ', 'T')}+07:00`);
