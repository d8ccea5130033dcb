// Keeps deliveries first, then applies what they mean: a set in one transaction, where whatever goes wrong with one costs only itself.
import { hash } from 'node:crypto';
import { Unreadable, type IncomingTransaction, type Provider, type WebhookRequest } from '../../webhooks/provider';
import type { Context, Tables } from '../context';
import type { Delivery, KnownDelivery, Outcome } from '../domain/delivery';
import type { NewEvent } from '../domain/event';
import type { Instant } from '../domain/time';
import type { Via } from '../domain/transaction';
import { Problem } from '../problems';
import { applyTransactions, type Applied, type Told } from './applyTransactions';

/** An authentic message: a webhook, or an answer of a provider's own list that we asked for. */
export interface Arrival {
  provider: Provider;
  owner: string;
  accountsWithOwnSecret: ReadonlySet<string>;
  via: Via;
  request: WebhookRequest;
  /** A list may hold other accounts too: only this one's movements are meant. */
  accountNumber?: string;
}

/** A message that was never kept before, with what it says. */
interface Fresh {
  arrival: Arrival;
  id: string;
  digest: string;
  read: Reading;
}

type Reading = { incoming: readonly IncomingTransaction[] } | Failure;
type Failure = { state: 'unreadable' | 'failed'; problem: string };

/**
 * Returns what became of each, in their order. `take` gives the arrivals once the transaction has begun, and the same ones again.
 * A savepoint costs time, and almost never is it needed: only when a set fails is it tried again with one, so that each arrival stands for itself.
 */
export async function keepDeliveries(ctx: Context, take: () => readonly Arrival[]): Promise<Outcome[]> {
  try {
    return await ctx.store.transact((tables) => keepIn(ctx, tables, take(), allOrNothing));
  } catch (error) {
    if (error instanceof Problem) throw error;
    ctx.log.warn({ err: error }, 'deliveries failed together: each is tried by itself');
    return ctx.store.transact((tables) => keepIn(ctx, tables, take(), tables));
  }
}

/** How work is run whose failure must not undo what was kept; without savepoints it does undo it, and the whole is tried again. */
type Attempting = Pick<Tables, 'attempt'>;
const allOrNothing: Attempting = { attempt: async (work) => ({ ok: true, value: await work() }) };

async function keepIn(ctx: Context, tables: Tables, arrivals: readonly Arrival[], attempting: Attempting): Promise<Outcome[]> {
  const at = ctx.now();
  ctx.metrics.deliveriesKept(arrivals.length);
  const readings = arrivals.map((arrival) => readingOf(ctx, arrival));
  const digests = arrivals.map(({ request }, i) => digestOf(request, readings[i]));
  const known = await knownAmong(tables, arrivals, digests);
  const fresh = freshAmong(ctx, arrivals, readings, digests, known);
  const { results, events } = await applyAll(ctx, tables, fresh, at, attempting);
  await tables.deliveries.keep(
    fresh.flatMap((one, i) => (hasNews(one, results[i] ?? lost) ? [deliveryOf(one, results[i] ?? lost, at)] : [])),
  );
  await tables.deliveries.markRepeated(repeatedAmong(arrivals, digests, known, fresh), at);
  await tables.events.append(events);
  return outcomesOf(arrivals, digests, known, fresh, results);
}

/** Applies a delivery that was kept before but could not be applied; returns whether it could now. */
export async function applyKept(ctx: Context, tables: Tables, arrival: Arrival, deliveryId: string, at: Instant): Promise<boolean> {
  const read = readingOf(ctx, arrival);
  const { results, events } = await applyAll(ctx, tables, [{ arrival, id: deliveryId, digest: '', read }], at, tables);
  const [result = lost] = results;
  await tables.deliveries.mark(deliveryId, 'state' in result ? result.state : 'applied', 'state' in result ? result.problem : undefined);
  await tables.events.append(events);
  return !('state' in result);
}

const lost: Failure = { state: 'failed', problem: 'no result' };

async function applyAll(
  ctx: Context,
  tables: Tables,
  fresh: readonly Fresh[],
  at: Instant,
  attempting: Attempting,
): Promise<{ results: (Applied | Failure)[]; events: NewEvent[] }> {
  const readable = fresh.filter((one): one is Fresh & { read: { incoming: readonly IncomingTransaction[] } } => 'incoming' in one.read);
  const told = readable.map(toldOf);
  const together = await attempting.attempt(() => applyTransactions(ctx, tables, told, at));
  const outcome = together.ok ? { ...together.value } : await applyEach(ctx, tables, told, at, together.error);
  const byId = new Map(readable.map(({ id }, i) => [id, outcome.applied[i] ?? lost]));
  return { results: fresh.map(({ id, read }) => ('state' in read ? read : failureOr(byId.get(id) ?? lost))), events: outcome.events };
}

/** One by one, after the set failed as a whole: whichever is to blame fails alone. */
async function applyEach(
  ctx: Context,
  tables: Tables,
  told: readonly Told[],
  at: Instant,
  error: unknown,
): Promise<{ applied: (Applied | Failure)[]; events: NewEvent[] }> {
  if (told.length === 1) return { applied: [failed(ctx, told[0]?.teller.deliveryId, error)], events: [] };
  const applied: (Applied | Failure)[] = [];
  const events: NewEvent[] = [];
  for (const one of told) {
    const alone = await tables.attempt(() => applyTransactions(ctx, tables, [one], at));
    applied.push(alone.ok ? (alone.value.applied[0] ?? lost) : failed(ctx, one.teller.deliveryId, alone.error));
    if (alone.ok) events.push(...alone.value.events);
  }
  return { applied, events };
}

const toldOf = ({ arrival, id, read }: Fresh & { read: { incoming: readonly IncomingTransaction[] } }): Told => ({
  teller: {
    provider: arrival.provider.name,
    owner: arrival.owner,
    accountsWithOwnSecret: arrival.accountsWithOwnSecret,
    via: arrival.via,
    deliveryId: id,
  },
  incoming: read.incoming,
});

const failureOr = (applied: Applied | Failure): Applied | Failure =>
  'contradicts' in applied && applied.contradicts !== undefined
    ? { state: 'unreadable', problem: `contradicts_earlier: ${applied.contradicts}` }
    : applied;

function failed(ctx: Context, deliveryId: string | undefined, error: unknown): Failure {
  ctx.log.error({ deliveryId, err: error }, 'a kept delivery could not be applied');
  return { state: 'failed', problem: error instanceof Error ? error.message : 'unknown' };
}

/** The messages that were never kept; one that came twice in this set is there once. */
function freshAmong(
  ctx: Context,
  arrivals: readonly Arrival[],
  readings: readonly Reading[],
  digests: readonly string[],
  known: ReadonlyMap<string, KnownDelivery>,
): Fresh[] {
  const fresh = new Map<string, Fresh>();
  arrivals.forEach((arrival, i) => {
    const key = keyOf(arrival, digests[i]);
    if (known.has(key) || fresh.has(key)) return;
    fresh.set(key, { arrival, id: ctx.id('delivery'), digest: digests[i] ?? '', read: readings[i] ?? lost });
  });
  return [...fresh.values()];
}

/** The delivery of each that was kept before, or came before in this set. */
function repeatedAmong(
  arrivals: readonly Arrival[],
  digests: readonly string[],
  known: ReadonlyMap<string, KnownDelivery>,
  fresh: readonly Fresh[],
): string[] {
  if (fresh.length === arrivals.length) return [];
  const firsts = new Set(fresh.map((one) => one.arrival));
  const ids = new Map(fresh.map((one) => [keyOf(one.arrival, one.digest), one.id]));
  return arrivals.flatMap((arrival, i) => {
    const key = keyOf(arrival, digests[i]);
    return firsts.has(arrival) ? [] : (known.get(key)?.id ?? ids.get(key) ?? []);
  });
}

function readingOf(ctx: Context, { provider, via, request, accountNumber }: Arrival): Reading {
  try {
    if (via !== 'pull') return { incoming: provider.normalise(request) };
    const listed = provider.readPulled?.(request.body) ?? [];
    return { incoming: listed.filter((one) => one.accountNumber === undefined || one.accountNumber === accountNumber) };
  } catch (error) {
    if (error instanceof Unreadable) return { state: 'unreadable', problem: error.message };
    return failed(ctx, undefined, error);
  }
}

async function knownAmong(tables: Tables, arrivals: readonly Arrival[], digests: readonly string[]): Promise<Map<string, KnownDelivery>> {
  const groups = new Map<string, { arrival: Arrival; digests: string[] }>();
  arrivals.forEach((arrival, i) => {
    const group = groups.get(`${arrival.provider.name} ${arrival.owner}`) ?? { arrival, digests: [] };
    group.digests.push(digests[i] ?? '');
    groups.set(`${arrival.provider.name} ${arrival.owner}`, group);
  });
  const known = new Map<string, KnownDelivery>();
  for (const { arrival, digests: own } of groups.values()) {
    const rows = await tables.deliveries.listRepeated(arrival.provider.name, arrival.owner, own);
    for (const row of rows) known.set(keyOf(arrival, row.digest), row);
  }
  return known;
}

function outcomesOf(
  arrivals: readonly Arrival[],
  digests: readonly string[],
  known: ReadonlyMap<string, KnownDelivery>,
  fresh: readonly Fresh[],
  results: readonly (Applied | Failure)[],
): Outcome[] {
  const first = new Map(fresh.map((one, i) => [keyOf(one.arrival, one.digest), outcomeOf(results[i] ?? lost)]));
  const answered = new Set<string>();
  return arrivals.map((arrival, i) => {
    const key = keyOf(arrival, digests[i]);
    const before = known.get(key);
    if (before) return again(before.outcome ?? 'kept');
    const outcome = first.get(key) ?? 'unreadable';
    const isRepeated = answered.has(key);
    answered.add(key);
    return isRepeated ? again(outcome) : outcome;
  });
}

/** A list is asked for again and again: it is kept when it told of something. */
const hasNews = ({ arrival, read }: Fresh, result: Applied | Failure): boolean =>
  arrival.via === 'push' || 'state' in result || ('incoming' in read && read.incoming.length > 0 && result.outcome !== 'already_kept');

const outcomeOf = (result: Applied | Failure): Outcome => ('state' in result ? 'unreadable' : result.outcome);

const again = (outcome: Outcome): Outcome => (outcome === 'kept' ? 'already_kept' : outcome);

const deliveryOf = ({ arrival, id, digest }: Fresh, result: Applied | Failure, at: Instant): Delivery => ({
  id,
  provider: arrival.provider.name,
  owner: arrival.owner,
  digest,
  method: arrival.request.method,
  target: arrival.request.query ? `${arrival.request.path}?${arrival.request.query}` : arrival.request.path,
  headers: keptHeaders(arrival.request.headers),
  body: arrival.request.body,
  receivedAt: at,
  outcome: outcomeOf(result),
  ...('state' in result ? result : { state: 'applied' as const }),
});

const keyOf = ({ provider, owner }: Arrival, digest = ''): string => `${provider.name} ${owner} ${digest}`;

/** The same bytes have the same digest. The provider's id comes first, so that digests of one time lie together in their index. */
function digestOf({ method, query, body }: WebhookRequest, read: Reading | undefined): string {
  const [first] = read && 'incoming' in read ? read.incoming : [];
  return `${first?.providerId ?? ''} ${hash('sha256', Buffer.concat([Buffer.from(`${method}\n${query}\n`), body]), 'base64')}`;
}

/** What a later look at the delivery needs; never the key by which the sender proved itself. */
const secretHeaders = new Set(['authorization', 'cookie', 'x-secret-key', 'secure-token']);
const keptHeaders = (headers: WebhookRequest['headers']): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !secretHeaders.has(name)));
