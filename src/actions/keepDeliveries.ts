// Keeps deliveries first, then applies what they mean: a set in one transaction, where whatever goes wrong with one costs only itself.
import type { WebhookRequest } from '../../webhooks/provider';
import type { Context, Tables } from '../context';
import type { Delivery, KnownDelivery, Outcome } from '../domain/delivery';
import type { Instant } from '../domain/time';
import { Problem } from '../problems';
import { failedBy, keyOf, readArrival, type Arrival, type ReadArrival } from './readArrival';
import { settleArrivals, type SettledArrival } from './settleArrivals';

export type { Arrival };

/**
 * Returns what became of each, in their order; of one without an outcome nothing is kept, and whoever told it must tell again.
 * `take` gives the arrivals once the transaction has begun, and the same ones again. A savepoint costs time, and almost never is it needed:
 * only when a set fails is it tried again with one for each arrival. Throws store_busy where nothing of the set is kept.
 */
export async function keepDeliveries(ctx: Context, take: () => readonly Arrival[]): Promise<(Outcome | undefined)[]> {
  const arrived = (): ReadArrival[] => {
    const arrivals = take();
    ctx.metrics.deliveriesKept(arrivals.length);
    return arrivals.map((arrival) => readArrival(ctx, arrival));
  };
  try {
    return await ctx.store.transact((tables) => keepSet(ctx, tables, arrived(), ctx.now()));
  } catch (error) {
    if (error instanceof Problem) throw error;
    ctx.log.warn({ err: error }, 'deliveries failed together: each is tried by itself');
    return ctx.store.transact((tables) => keepEach(ctx, tables, arrived(), ctx.now()));
  }
}

/** What is new among them is applied and kept; what was told before is counted. All of it, or it throws. */
async function keepSet(ctx: Context, tables: Tables, arrived: readonly ReadArrival[], at: Instant): Promise<Outcome[]> {
  const known = await knownAmong(tables, arrived);
  const { settled, events } = await settleArrivals(ctx, tables, freshAmong(arrived, known), at);
  await tables.deliveries.keep(settled.filter(hasNews).map((one) => deliveryOf(one, at)));
  const firsts = new Map([...known, ...settled.map((one) => [one.key, one] as const)]);
  const answers = arrived.map((one) => answerTo(one, firsts.get(one.key)));
  await tables.deliveries.markRepeated(
    answers.flatMap(({ repeats }) => repeats ?? []),
    at,
  );
  await tables.events.append(events);
  return answers.map(({ outcome }) => outcome);
}

async function keepEach(ctx: Context, tables: Tables, arrived: readonly ReadArrival[], at: Instant): Promise<(Outcome | undefined)[]> {
  const outcomes: (Outcome | undefined)[] = [];
  for (const one of arrived) outcomes.push(await keepAlone(ctx, tables, one, at));
  if (outcomes.every((outcome) => outcome === undefined)) throw new Problem('store_busy');
  return outcomes;
}

/** One that cannot be applied is kept all the same, to be tried later. One that not even its table takes is not acknowledged. */
async function keepAlone(ctx: Context, tables: Tables, one: ReadArrival, at: Instant): Promise<Outcome | undefined> {
  const whole = await tables.attempt(() => keepSet(ctx, tables, [one], at));
  if (whole.ok) return whole.value[0];
  const unapplied = { ...one, incoming: [], failure: failedBy(ctx, one.id, whole.error) };
  const bytes = await tables.attempt(() => keepSet(ctx, tables, [unapplied], at));
  if (bytes.ok) return bytes.value[0];
  ctx.log.error({ provider: one.arrival.provider.name, err: bytes.error }, 'a delivery could not be kept');
  return undefined;
}

async function knownAmong(tables: Tables, arrived: readonly ReadArrival[]): Promise<Map<string, KnownDelivery>> {
  const groups = new Map<string, { arrival: Arrival; digests: string[] }>();
  for (const { arrival, digest } of arrived) {
    const teller = `${arrival.provider.name} ${arrival.owner}`;
    const group = groups.get(teller) ?? { arrival, digests: [] };
    group.digests.push(digest);
    groups.set(teller, group);
  }
  const known = new Map<string, KnownDelivery>();
  for (const { arrival, digests } of groups.values()) {
    const rows = await tables.deliveries.listRepeated(arrival.provider.name, arrival.owner, digests);
    for (const row of rows) known.set(keyOf(arrival, row.digest), row);
  }
  return known;
}

/** Those that were never kept; one that came twice in this set is there once. */
function freshAmong(arrived: readonly ReadArrival[], known: ReadonlyMap<string, KnownDelivery>): ReadArrival[] {
  const seen = new Set(known.keys());
  return arrived.filter(({ key }) => !seen.has(key) && seen.add(key));
}

/** A list is asked for again and again: it is kept when it told of something. */
const hasNews = ({ arrival, incoming, failure, outcome }: SettledArrival): boolean =>
  arrival.via === 'push' || failure !== undefined || (incoming.length > 0 && outcome !== 'already_kept');

/** What its teller hears, and which delivery it repeats, if it does. */
function answerTo({ id }: ReadArrival, first: KnownDelivery | undefined): { outcome: Outcome; repeats?: string } {
  if (!first) throw new Error('an arrival is neither known nor settled');
  if (first.id === id) return { outcome: first.outcome };
  return { outcome: first.outcome === 'kept' ? 'already_kept' : first.outcome, repeats: first.id };
}

const deliveryOf = ({ id, arrival, digest, outcome, failure }: SettledArrival, at: Instant): Delivery => ({
  id,
  provider: arrival.provider.name,
  owner: arrival.owner,
  digest,
  method: arrival.request.method,
  target: arrival.request.query ? `${arrival.request.path}?${arrival.request.query}` : arrival.request.path,
  headers: keptHeaders(arrival.request.headers),
  body: arrival.request.body,
  receivedAt: at,
  outcome,
  ...(failure ?? { state: 'applied' as const }),
});

/** What a later look at the delivery needs; never the key by which the sender proved itself. */
const secretHeaders = new Set(['authorization', 'cookie', 'x-secret-key', 'secure-token']);
const keptHeaders = (headers: WebhookRequest['headers']): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !secretHeaders.has(name)));
