// Rounds of the service's own clock: the sweep of what could not be applied, and the pulling of what nobody told.
import { pullFeeds } from '../../src/actions/pullFeeds';
import { sweepDeliveries } from '../../src/actions/sweepDeliveries';
import type { Context } from '../../src/context';
import type { Ask } from '../../src/outbound/feeds/ask';
import { cassoFeed } from '../../src/outbound/feeds/casso';
import { sepayFeed } from '../../src/outbound/feeds/sepay';
import { expectFate } from './banks';
import { mustHold } from './broken';
import { readFates, settleTold } from './fates';
import { tellListener } from './listener';
import { pretendSource, type Served } from './lists';
import { bankAccounts, type BankAccount } from './office';
import type { Feed } from './truth';
import { altered } from '../support/altered';
import { count, dayNumberAt, hourMs, minuteMs, morningOf, type Failing, type World } from './world';

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
    const mended = looked.filter((failing) => !world.isStruck(failing.feed, failing.ids));
    for (const failing of looked) failing.tries++;
    world.failing = world.failing.filter((failing) => !mended.includes(failing));
    applied.push(...mended);
    const found = await sweepDeliveries(world.ctx);
    const wanted = mended.filter((failing) => failing.spoiled === undefined).length;
    mustHold(found === wanted, 'a sweep applies what a mended reader can read', () => `${found} of ${wanted}`);
    if (mended.length === 0) break;
  }
  count(world.acts, 'messages applied by the sweep', applied.length);
  for (const { feed, transfers } of applied) for (const transfer of transfers) expectFate(world, transfer, feed);
  return async () => {
    await readFates(world);
    for (const { feed, transfers, spoiled } of applied) {
      for (const transfer of transfers) settleTold(world, transfer, feed);
      if (spoiled !== undefined) noteSpoiled(world, spoiled);
    }
  };
}

/** Pulls every list, one after the other, through the feeds that production has; only the wire is ours. */
export async function pull(world: World): Promise<() => void> {
  const served: Served[] = [];
  for (const account of bankAccounts) {
    for (const feed of account.feeds) {
      const answer = pretendSource(world, account, feed, (page) => served.push(page));
      const ended = await pullFeeds(contextOfOneFeed(world.ctx, account, feed, answer));
      count(world.acts, ended === 1 ? 'lists pulled' : 'lists that broke off');
    }
  }
  for (const { feed, lines, ids } of served)
    if (!world.isStruck(feed, ids)) for (const transfer of lines) expectFate(world, transfer, feed);
  return () => served.forEach((page) => settlePage(world, page));
}

function settlePage(world: World, { feed, lines, ids, spoiled }: Served): void {
  if (world.isStruck(feed, ids)) {
    world.failing.push({ feed, transfers: lines, ids, tries: 1, receivedMs: world.clock.ms, spoiled });
    return count(world.acts, 'lists that met a bug of ours');
  }
  for (const transfer of lines) {
    const isNews = transfer.told.size === 0;
    settleTold(world, transfer, feed);
    if (isNews) count(world.acts, 'transfers that only a list told of');
  }
  if (spoiled !== undefined) noteSpoiled(world, spoiled);
}

function noteSpoiled(world: World, page: string): void {
  world.unreadable.add(page);
  count(world.acts, 'lists with an edited amount');
}

/** The service as it is, with one feed to pull: in which order several would be read is theirs to know. */
function contextOfOneFeed(ctx: Context, account: BankAccount, feed: Feed, ask: Ask): Context {
  const { tables } = ctx.store;
  const list = async () => (await tables.feeds.list()).filter((one) => one.accountId === account.id && one.provider === feed);
  const feeds = [sepayFeed(ask), cassoFeed(ask)];
  return {
    ...ctx,
    outbound: { ...ctx.outbound, feeds },
    store: { ...ctx.store, tables: altered(tables, { feeds: { ...tables.feeds, list } }) },
  };
}

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
