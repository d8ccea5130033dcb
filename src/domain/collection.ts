// Collections: what was really collected of each fee, by the day of payment; money that was taken back counts against the day of its taking.
import { smaller, zero, type Money } from './money';
import { dayOf, type Day, type Instant } from './time';

/** What one đồng of a payment was for. */
export interface Collected {
  feeId: string;
  name: string;
  kind: 'phi' | 'le_phi';
  agencyCode: string;
  day: Day;
  /** Under 0 where more was taken back than came. */
  amount: Money;
}

/** A line of an obligation, in its order. */
export interface CollectableLine {
  feeId: string;
  name: string;
  kind: 'phi' | 'le_phi';
  amount: Money;
}

/** One change of what an obligation was paid, in the order in which it was kept. */
export interface CollectedChange {
  amount: Money;
  paidAt: Instant;
  keptAt: Instant;
}

/**
 * How the changes of one obligation fall on its lines: money fills them in their order, the first line first, so that every đồng belongs to
 * exactly one line and nothing is rounded; what is taken back leaves the last filled line first.
 */
export function collectedOf(agencyCode: string, lines: readonly CollectableLine[], changes: readonly CollectedChange[]): Collected[] {
  let paid = zero;
  return changes.flatMap(({ amount, paidAt, keptAt }) => {
    const before = filled(lines, paid);
    paid = paid.plus(amount);
    const after = filled(lines, paid);
    const day = dayOf(amount.dong < 0n ? keptAt : paidAt);
    return lines.flatMap(({ feeId, name, kind }, place) => {
      const change = (after[place] ?? zero).minus(before[place] ?? zero);
      return change.isZero() ? [] : [{ feeId, name, kind, agencyCode, day, amount: change }];
    });
  });
}

function filled(lines: readonly CollectableLine[], paid: Money): Money[] {
  let left = paid;
  return lines.map(({ amount }) => {
    const part = smaller(left, amount);
    left = left.minus(part);
    return part;
  });
}

/** Added up by agency, fee and day. */
export function addedUp(collected: readonly Collected[]): Collected[] {
  const sums = new Map<string, Collected>();
  for (const one of collected) {
    const key = `${one.agencyCode} ${one.feeId} ${one.day}`;
    const known = sums.get(key);
    sums.set(key, known ? { ...known, amount: known.amount.plus(one.amount) } : one);
  }
  return [...sums.values()];
}
