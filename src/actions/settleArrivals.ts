// Settles what arrivals say of money, as a set: each gets its outcome, and a failure where a person must look.
import type { Context, Tables } from '../context';
import type { Outcome } from '../domain/delivery';
import type { NewEvent } from '../domain/event';
import type { Instant } from '../domain/time';
import { applyTransactions, type Applied, type Told } from './applyTransactions';
import { failureOf, type ReadArrival } from './readArrival';

/** An arrival, with what became of it. */
export interface SettledArrival extends ReadArrival {
  outcome: Outcome;
}

/** Returns them in their order, and what is to be announced, to be appended last. */
export async function settleArrivals(
  ctx: Context,
  tables: Tables,
  arrivals: readonly ReadArrival[],
  at: Instant,
): Promise<{ settled: SettledArrival[]; events: NewEvent[] }> {
  const { applied, events } = await applyTransactions(ctx, tables, arrivals.map(toldBy), at);
  return { settled: arrivals.map((one, place) => settledBy(one, applied[place])), events };
}

const toldBy = ({ id, arrival, incoming }: ReadArrival): Told => ({
  teller: {
    provider: arrival.provider.name,
    owner: arrival.owner,
    accountsWithOwnSecret: arrival.accountsWithOwnSecret,
    via: arrival.via,
    deliveryId: id,
  },
  incoming,
});

function settledBy(one: ReadArrival, applied: Applied | undefined): SettledArrival {
  if (!applied) throw new Error('a delivery was applied without a result');
  if (one.failure) return { ...one, outcome: 'unreadable' };
  if (applied.contradicts === undefined) return { ...one, outcome: applied.outcome };
  return { ...one, outcome: applied.outcome, failure: failureOf('unreadable', `contradicts_earlier: ${applied.contradicts}`) };
}
