// The world of a simulation: the real service on a clock and chance of ours, the simulator's own truth, and what is still to happen.
import { demoConfig } from '../../src/config';
import { setFeed } from '../../src/actions/setFeed';
import { webhookReceiver, type ReceiveWebhook } from '../../src/actions/receiveWebhook';
import { subscribe } from '../../src/actions/subscribe';
import type { Context } from '../../src/context';
import { instantOf, type Instant } from '../../src/domain/time';
import { openLog } from '../../src/log';
import { Problem } from '../../src/problems';
import { assemble } from '../../src/serve';
import { seedDemoOffice } from '../../prisma/seed';
import { providerNamed } from '../../webhooks';
import type { IncomingTransaction, Provider } from '../../webhooks/provider';
import { Agenda } from './agenda';
import { mustHold } from './broken';
import { chanceOf } from './chances';
import type { Fate } from './fates';
import { listenerAt, listenerOf } from './listener';
import { administrator, bankAccounts, ownSecret } from './office';
import { openReader, type Reader } from './reader';
import type { Debt, Dossier, Feed, Transfer } from './truth';

export interface Options {
  seed: number;
  /** Transfers into our accounts that citizens mean to make; a few more may come of it. */
  payments: number;
  /** Of an empty database. */
  databaseUrl: string;
  /** Things that happen at once, at most. */
  atOnce?: number;
  paymentsADay?: number;
  /** A system listens to all events: slower, and one more thing to check. */
  isHeard?: boolean;
  /** A fault to plant, so that the simulator can show that it would find it. */
  sabotage?: { provider?: (provider: Provider) => Provider; afterwards?: (databaseUrl: string) => Promise<void> };
}

/** A message that the service kept but could not apply. */
export interface Failing {
  feed: Feed;
  transfers: readonly Transfer[];
  /** Of every line in it, of other accounts too. */
  ids: readonly number[];
  tries: number;
  receivedMs: number;
  /** A list that says another amount of a transfer that is known: all but that can be applied. */
  spoiled?: string | undefined;
}

export interface World {
  readonly options: Options;
  readonly ctx: Context;
  readonly receive: ReceiveWebhook;
  readonly reader: Reader;
  readonly agenda: Agenda;
  readonly clock: Clock;
  readonly dossiers: Dossier[];
  readonly debts: Map<string, Debt>;
  readonly transfers: Transfer[];
  /** Of which no other obligation may be given again. */
  readonly references: Set<string>;
  /** Messages that the service has kept, by their bytes. */
  readonly heard: Set<string>;
  failing: Failing[];
  /** What the service holds beside money of ours, by state. */
  readonly strays: Map<string, number>;
  /** Messages that stay with a person, by their bytes: the same again is the same message. */
  readonly unreadable: Set<string>;
  refused: number;
  /** What this wave may have changed. */
  readonly touched: Touched;
  readonly fates: Map<string, Map<string, number>>;
  /** Things done, by name. */
  readonly acts: Map<string, number>;
  isStruck(feed: Feed, ids: readonly number[]): boolean;
  readonly listener: { heard: readonly number[] };
  transferOf(source: string): Transfer | undefined;
  close(): Promise<void>;
}

export interface Touched {
  debts: Set<Debt>;
  transfers: Set<Transfer>;
  /** Told of for the first time by a feed. */
  told: { feed: Feed; transfer: Transfer }[];
  fates: Map<string, Fate>;
}

/** The wall clock of the simulation; it stands still while a wave happens. */
export class Clock {
  #ms: number;
  #text: Instant;

  constructor(ms: number) {
    this.#ms = ms;
    this.#text = instantOf(ms);
  }

  get ms(): number {
    return this.#ms;
  }

  get instant(): Instant {
    return this.#text;
  }

  /** Time never goes back. */
  set(ms: number): void {
    if (ms <= this.#ms) return;
    this.#ms = ms;
    this.#text = instantOf(ms);
  }
}

export const usualPaymentsADay = 20_000;

/** A Monday on which all fees of the demo office are in force, 07:00 in Vietnam. */
export const firstMorningMs = Date.parse('2026-11-23T00:00:00.000Z');
export const hourMs = 3_600_000;
export const minuteMs = 60_000;
export const dayMs = 24 * hourMs;
export const dayNumberAt = (ms: number): number => Math.floor((ms - firstMorningMs) / dayMs);
export const morningOf = (dayNumber: number): number => firstMorningMs + dayNumber * dayMs;

export async function openWorld(options: Options): Promise<World> {
  const clock = new Clock(firstMorningMs);
  const bug = bugOf(options, clock);
  const listener = listenerOf(options.seed);
  const config = {
    ...demoConfig({ PORT: '0', DATABASE_URL: options.databaseUrl }),
    ...(options.isHeard ? { subscriber: listenerAt } : {}),
  };
  const service = await assemble(config, openLog('silent'), {
    now: () => clock.instant,
    random: chanceOf(options.seed, 'the service').bytes,
    providerNamed: providersWith(bug, options),
    subscriber: { post: listener.post },
  });
  const { ctx } = service;
  await seedDemoOffice(ctx);
  mustHold((await ctx.store.tables.events.lastId()) === 0, 'a simulation begins with an empty database');
  await subscribe(ctx);
  await ctx.store.transact((tables) =>
    tables.accounts.keepSecret(
      { id: 'sec_simulation', accountId: ownSecret.accountId, provider: ownSecret.feed, ciphertext: ctx.seal.close(ownSecret.value) },
      clock.instant,
    ),
  );
  for (const { id, feeds } of bankAccounts)
    for (const provider of feeds) await setFeed(ctx, { actor: administrator, accountId: id, provider, token: 'token-of-the-simulation' });
  const reader = await openReader(options.databaseUrl);
  const transfers: Transfer[] = [];
  return {
    ...{ options, ctx, reader, clock, transfers, listener, isStruck: bug, agenda: new Agenda(), receive: webhookReceiver(ctx) },
    ...{ dossiers: [], debts: new Map(), references: new Set(), heard: new Set(), failing: [] },
    ...{ strays: new Map(), unreadable: new Set(), refused: 0, fates: new Map(), acts: new Map() },
    touched: { debts: new Set(), transfers: new Set(), told: [], fates: new Map() },
    transferOf: (source) => (source.startsWith('transfer ') ? transfers[Number(source.slice('transfer '.length))] : undefined),
    close: async () => {
      await reader.end();
      await service.stop();
    },
  };
}

/** Whether a reader of ours meets its bug in a message of these ids, now. */
type Bug = (feed: string, ids: readonly number[]) => boolean;

/** A sweep looks at a hundred: so many may fail in the hour of a bug. */
const mostFailing = 40;
const leastOneIn = 6;

/** For an hour a day, in one message of six, or fewer on busy days. */
function bugOf({ seed, payments, paymentsADay = usualPaymentsADay }: Options, clock: Clock): Bug {
  const oneIn = Math.max(leastOneIn, Math.ceil(Math.min(payments, paymentsADay) / (5 * mostFailing)));
  const from = (feed: string, day: number) =>
    morningOf(day) + 2 * hourMs + chanceOf(seed, `bug of ${feed} on day ${day}`).below(5 * hourMs);
  return (feed, ids) => {
    const sinceMs = clock.ms - from(feed, dayNumberAt(clock.ms));
    return sinceMs >= 0 && sinceMs < hourMs && ids.some((id) => id > 0 && id % oneIn === seed % oneIn);
  };
}

/** The providers as installed, with the bug of the day, and whatever else is planted. */
function providersWith(bug: Bug, { sabotage }: Options): Context['providerNamed'] {
  const known = new Map<string, Provider | undefined>();
  const unlessStruck = (name: string, told: IncomingTransaction[]): IncomingTransaction[] => {
    const ids = told.map(({ providerId }) => Number(providerId));
    if (bug(name, ids)) throw new TypeError('a planted bug of ours');
    return told;
  };
  const withBug = (provider: Provider): Provider => ({
    ...provider,
    normalise: (request) => unlessStruck(provider.name, provider.normalise(request)),
    readPulled: (body) => unlessStruck(provider.name, provider.readPulled?.(body) ?? []),
  });
  return (name) => {
    const provider = providerNamed(name, true);
    if (!known.has(name)) known.set(name, provider && withBug(sabotage?.provider?.(provider) ?? provider));
    return known.get(name);
  };
}

/** What came of asking the service: what it returned, or by which name it refused. */
export async function asked<Result>(work: Promise<Result>): Promise<Result | string> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

export function count(counts: Map<string, number>, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

export const touchDebts = (world: World, debts: Iterable<Debt>): void => {
  for (const debt of debts) for (const sibling of debt.dossier.debts) world.touched.debts.add(sibling);
};
