// Rounds of the service's own clock: the sweep of what could not be applied, and the pulling of what nobody told.
import { pullFeeds } from '../../src/actions/pullFeeds';
import { sweepDeliveries } from '../../src/actions/sweepDeliveries';
import type { Context } from '../../src/context';
import type { Ask } from '../../src/outbound/feeds/ask';
import { cassoFeed } from '../../src/outbound/feeds/casso';
import { FeedUnavailable } from '../../src/outbound/feeds/feed';
import { sepayFeed } from '../../src/outbound/feeds/sepay';
import { expectFate, lineOf } from './banks';
import { mustHold } from './broken';
import { chanceOf, happens } from './chances';
import { readFates, settleTold } from './fates';
import { tellListener } from './listener';
import { listOf } from './messages';
import { bankAccounts, type BankAccount } from './office';
import type { Feed, Transfer } from './truth';
import { count, dayMs, dayNumberAt, hourMs, minuteMs, morningOf, strikes, type Failing, type World } from './world';

const sweepEveryMs = 30 * minuteMs;
/** Hours after the morning at which lists are asked for: at 14:00, and at 03:00. A busier clock would find the same. */
const pullHours = [7, 20] as const;
/** How many deliveries a sweep looks at. */
const mostAtOnce = 100;

/** Puts the rounds of a day on the agenda. */
export function planRounds(world: World, day: number): void {
  for (let atMs = morningOf(day) + sweepEveryMs; atMs < morningOf(day) + 16 * hourMs; atMs += sweepEveryMs) {
    world.agenda.add({ atMs, keys: [], alone: true, run: () => sweep(world) });
    if (world.options.isHeard) world.agenda.add({ atMs, keys: [], alone: true, run: () => tellListener(world) });
  }
  for (const hour of pullHours) world.agenda.add({ atMs: morningOf(day) + hour * hourMs, keys: [], alone: true, run: () => pull(world) });
}

/** Sweeps until a sweep applies nothing; what is expected of each is decided by the bug of the day. */
export async function sweep(world: World): Promise<() => Promise<void>> {
  const applied: Failing[] = [];
  for (;;) {
    const looked = [...world.failing].sort((a, b) => a.tries - b.tries || a.receivedMs - b.receivedMs).slice(0, mostAtOnce);
    const mended = looked.filter((failing) => !isStruck(world, failing));
    for (const failing of looked) failing.tries++;
    world.failing = world.failing.filter((failing) => !mended.includes(failing));
    applied.push(...mended);
    const found = await sweepDeliveries(world.ctx);
    mustHold(found === mended.length, 'a sweep applies what a mended reader can read', () => `${found} of ${mended.length}`);
    if (found === 0) break;
  }
  count(world.acts, 'messages applied by the sweep', applied.length);
  for (const { feed, transfers } of applied) for (const transfer of transfers) expectFate(world, transfer, feed);
  return async () => {
    await readFates(world);
    for (const { feed, transfers } of applied) for (const transfer of transfers) settleTold(world, transfer, feed);
  };
}

const isStruck = (world: World, { feed, transfers }: Failing): boolean =>
  strikes(
    world.options.seed,
    feed,
    world.clock.ms,
    transfers.map((transfer) => transfer.ids[feed]),
  );

/** Pulls every list, one after the other, through the feeds that production has; only the wire is ours. */
export async function pull(world: World): Promise<() => void> {
  const served: { feed: Feed; transfer: Transfer }[] = [];
  for (const account of bankAccounts) {
    for (const feed of account.feeds) {
      const answer = pretendSource(world, account, feed, (lines) => served.push(...lines.map((transfer) => ({ feed, transfer }))));
      const ended = await pullFeeds(contextOfOneFeed(world.ctx, account, feed, answer));
      count(world.acts, ended === 1 ? 'lists pulled' : 'lists that broke off');
    }
  }
  for (const { feed, transfer } of served) expectFate(world, transfer, feed);
  return () => {
    for (const { feed, transfer } of served) {
      const isNews = transfer.told.size === 0;
      settleTold(world, transfer, feed);
      if (isNews) count(world.acts, 'transfers that only a list told of');
    }
  };
}

/** The service as it is, with one feed to pull: in which order several would be read is theirs to know. */
function contextOfOneFeed(ctx: Context, account: BankAccount, feed: Feed, ask: Ask): Context {
  const { tables } = ctx.store;
  const list = async () => (await tables.feeds.list()).filter((one) => one.accountId === account.id && one.provider === feed);
  const feeds = [sepayFeed(ask), cassoFeed(ask)];
  return { ...ctx, outbound: { ...ctx.outbound, feeds }, store: { ...ctx.store, tables: { ...tables, feeds: { ...tables.feeds, list } } } };
}

/** A full answer of SePay's is thrown away and asked for again in halves. */
const sepayMostRows = 1_000;
const faultShare = 0.04;
/** No pull looks back further, however often it broke off. */
const listedMs = 4 * dayMs;

/** Answers as the source would, from what happened at the bank; now and then it does not. */
function pretendSource(world: World, account: BankAccount, feed: Feed, serve: (lines: readonly Transfer[]) => void): Ask {
  const chance = chanceOf(world.options.seed, `pull of ${feed} ${account.id} at ${world.clock.ms}`);
  const earliest = world.clock.ms - listedMs;
  const known = world.transfers.filter(({ bankMs, feeds }) => bankMs > earliest && bankMs <= world.clock.ms && feeds.includes(feed));
  const inOrder = known.sort((a, b) => a.bankMs - b.bankMs || a.number - b.number);
  return async (_access, _perSecond, { path }) => {
    if (happens(chance, faultShare)) throw new FeedUnavailable('status_503');
    const query = new URLSearchParams(path.split('?')[1]);
    const { lines, pages } = feed === 'sepay' ? sepayAnswer(inOrder, query) : cassoAnswer(inOrder, query);
    if (feed === 'casso' || lines.length < sepayMostRows) serve(lines.filter((line) => line.accountId === account.id));
    return listOf(
      feed,
      lines.map((line) => lineOf(line, feed)),
      pages,
    );
  };
}

/** Of one account and span, newest first. */
function sepayAnswer(known: readonly Transfer[], query: URLSearchParams): { lines: Transfer[]; pages: number } {
  const [from, to] = [vietnamMs(query.get('transaction_date_min')), vietnamMs(query.get('transaction_date_max'))];
  const accountId = bankAccounts.find(({ number }) => number === query.get('account_number'))?.id;
  const own = known.filter((one) => one.accountId === accountId && one.bankMs >= from && one.bankMs <= to);
  return { lines: own.reverse().slice(0, Number(query.get('limit'))), pages: 1 };
}

/** Of all accounts and whole days, page by page, oldest first. */
function cassoAnswer(known: readonly Transfer[], query: URLSearchParams): { lines: Transfer[]; pages: number } {
  const [from, to] = [vietnamMs(`${query.get('fromDate')} 00:00:00`), vietnamMs(`${query.get('toDate')} 00:00:00`)];
  const [size, page] = [Number(query.get('pageSize')), Number(query.get('page'))];
  const own = known.filter((one) => one.bankMs >= from && one.bankMs < to + dayMs);
  return { lines: own.slice((page - 1) * size, page * size), pages: Math.ceil(own.length / size) };
}

const vietnamMs = (text: string | null): number => Date.parse(`${(text ?? '').replace(' ', 'T')}+07:00`);

const mostLastPulls = 40;

/** After the last day: everything is told, and everything is applied. */
export async function lastRounds(world: World): Promise<void> {
  const last = Math.max(world.clock.ms, ...world.transfers.map(({ bankMs }) => bankMs));
  world.clock.set(morningOf(dayNumberAt(last) + 1));
  await settleAlone(world, () => sweep(world));
  const ended = () => world.acts.get('lists pulled') ?? 0;
  for (let tries = 0, before = -1; ended() - before < bankAccounts.flatMap(({ feeds }) => feeds).length; tries++) {
    mustHold(tries < mostLastPulls, 'a list that broke off goes on');
    before = ended();
    await settleAlone(world, () => pull(world));
    world.clock.set(world.clock.ms + 6 * minuteMs);
  }
  await settleAlone(world, () => sweep(world));
}

async function settleAlone(world: World, run: () => Promise<() => void | Promise<void>>): Promise<void> {
  const settle = await run();
  await readFates(world);
  await settle();
}
