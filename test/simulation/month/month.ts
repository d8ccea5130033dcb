// A simulated month: the real service on a clock of ours, what really happened beside it, and how the service is asked.
import type { AddressInfo } from 'node:net';
import { demoConfig } from '../../../src/config';
import { issueReceipts } from '../../../src/actions/issueReceipts';
import { recogniseRefunds } from '../../../src/actions/recogniseRefunds';
import { webhookReceiver, type ReceiveWebhook } from '../../../src/actions/receiveWebhook';
import { subscribe } from '../../../src/actions/subscribe';
import type { Context } from '../../../src/context';
import { addDays, startOfDay, type Day } from '../../../src/domain/time';
import { depositTick } from '../../../src/jobs/depositTick';
import { settlementTick } from '../../../src/jobs/settlementTick';
import { openLog } from '../../../src/log';
import { assemble } from '../../../src/serve';
import { chanceOf, type Chance } from '../chances';
import { openReader, type Reader } from '../reader';
import { providerNamed } from '../../../webhooks';
import type { Provider } from '../../../webhooks/provider';
import { Clock, count } from '../world';
import type { Drawer } from './cash';
import { desksOf, keyOf, openOffices, type Desk } from './desks';
import type { Payout } from './gateway';
import { BankBook } from './listings';
import type { HandedOver } from './remittances';
import type { Tally, Trouble } from './tally';
import type { Debt, Expectation, Movement, PaidBeside } from './truth';

export interface MonthOptions {
  seed: number;
  payments: number;
  accounts: number;
  days: number;
  /** How many of all payments go wrong in some way, of 1. */
  troubles: number;
  /** Of an empty database. */
  databaseUrl: string;
  /** A fault to plant in the reading of webhooks, so that it can be shown that it would be found. */
  sabotage?: (provider: Provider) => Provider;
}

export interface Month {
  readonly options: MonthOptions;
  readonly ctx: Context;
  readonly receive: ReceiveWebhook;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly desks: readonly Desk[];
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly book: BankBook;
  readonly movements: Movement[];
  readonly debts: Debt[];
  readonly beside: PaidBeside[];
  /** Of counters where cash was taken. */
  readonly drawers: Map<Desk, Drawer>;
  readonly payouts: Payout[];
  readonly handedOver: HandedOver[];
  /** By account and day of the reconciliation. */
  readonly expectations: Map<string, Expectation[]>;
  readonly tallies: Map<Trouble, Tally>;
  /** Payments of each kind, and whatever else is counted. */
  readonly counts: Map<string, number>;
  /** Whatever is not as it must be. */
  readonly faults: string[];
  readonly call: Call;
  /** What was booked on an account of the books and has not left it. */
  balanceOf(account: string): Promise<number>;
  close(): Promise<void>;
}

/** Asks the service over HTTP; the answer must have this status. */
export type Call = <Answer>(
  method: 'GET' | 'POST',
  path: string,
  given?: { by?: string; body?: object | FormData; status?: number },
) => Promise<Answer>;

/** A Monday on which all fees by law are in force, and the last day of a month: what was collected then is to be handed over soon. */
const firstDay = '2026-11-30' as Day;
export const hourMs = 3_600_000;
export const minuteMs = 60_000;
export const msAt = (day: Day, hour: number): number => Date.parse(startOfDay(day)) + hour * hourMs;

export async function openMonth(options: MonthOptions): Promise<Month> {
  const clock = new Clock(msAt(firstDay, 0) - hourMs);
  const config = demoConfig({ PORT: '0', DATABASE_URL: options.databaseUrl });
  const service = await assemble(config, openLog('silent'), {
    now: () => clock.instant,
    random: chanceOf(options.seed, 'the service').bytes,
    ...(options.sabotage ? { providerNamed: planted(options.sabotage) } : {}),
  });
  const { ctx, server } = service;
  await subscribe(ctx);
  const desks = desksOf(options.accounts);
  await openOffices(ctx, desks);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const reader = await openReader(options.databaseUrl);
  return {
    ...{ options, ctx, reader, clock, desks, firstDay, receive: webhookReceiver(ctx), chance: chanceOf(options.seed, 'the month') },
    lastDay: addDays(firstDay, options.days - 1),
    ...{
      book: new BankBook(),
      movements: [],
      debts: [],
      beside: [],
      drawers: new Map(),
      payouts: [],
      handedOver: [],
      expectations: new Map(),
      tallies: new Map(),
      counts: new Map(),
      faults: [],
    },
    call: callerAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    balanceOf: (account) =>
      reader.number(
        `SELECT coalesce(sum(CASE WHEN debit = '${account}' THEN amount ELSE -amount END), 0) FROM posting WHERE debit = '${account}' OR credit = '${account}'`,
      ),
    close: async () => {
      await reader.end();
      await service.stop();
    },
  };
}

/** The providers as installed, with a fault in each. */
function planted(sabotage: (provider: Provider) => Provider): Context['providerNamed'] {
  return (name) => {
    const provider = providerNamed(name, true);
    return provider && sabotage(provider);
  };
}

function callerAt(address: string): Call {
  return async <Answer>(
    method: string,
    path: string,
    { by = 'ketoan', body, status = 200 }: { by?: string; body?: object | FormData; status?: number } = {},
  ) => {
    const isForm = body instanceof FormData;
    const answer = await fetched(`${address}${path}`, {
      method,
      headers: { authorization: `Bearer ${keyOf(by)}`, ...(body && !isForm ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (answer.status !== status) throw new Error(`${method} ${path} ${isForm ? '' : JSON.stringify(body)}: ${answer.status} ${text}`);
    return JSON.parse(text) as Answer;
  };
}

/** While the simulation reads for long, the server lets go of connections: a question is asked again on a new one. */
const fetched = (url: string, asked: RequestInit): Promise<Response> =>
  fetch(url, asked).catch((error: unknown) => {
    if (asked.method !== 'GET' && asked.method !== 'get') throw error;
    return fetch(url, asked);
  });

/** All that the service does by itself about money that it knows until now. */
export async function followMoney({ ctx }: Month): Promise<void> {
  await recogniseRefunds(ctx);
  await depositTick(ctx)();
  await settlementTick(ctx)();
  while ((await issueReceipts(ctx)) > 0);
}

/** Who pays a desk in this way on a day. */
export const paidBeside = ({ beside }: Month, desk: Desk, day: Day, way: PaidBeside['way']): Debt[] =>
  beside.flatMap((one) => (one.desk === desk && one.day === day && one.way === way ? one.debt : []));

/** Whose turn it is among several, one after the other. */
export function turnOf<One>({ counts }: Month, name: string, ones: readonly [One, ...One[]]): One {
  const turn = counts.get(name) ?? 0;
  count(counts, name);
  return ones[turn % ones.length] ?? ones[0];
}

export const placeOf = ({ accountId }: Desk, day: Day): string => `${accountId} ${day}`;

/** Notes what is not as it must be, and goes on: one fault must not hide the others. */
export function mustBe(month: Month, what: string, found: unknown, wanted: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) month.faults.push(`${what}: expected ${other}, found ${one}`);
}

/** So many come to a door together. */
export const atOnce = 32;

/** The results of work over many, so many at once. */
export async function inTurns<One, Result>(ones: readonly One[], atOnce: number, work: (one: One) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < ones.length; from += atOnce) results.push(...(await Promise.all(ones.slice(from, from + atOnce).map(work))));
  return results;
}
