// Tallies: of each kind of trouble, how often it was made, found, and found where nobody had made it.
import { differenceClasses, type DifferenceClass } from '../../../src/domain/reconciliation';
import type { Month } from './month';

/** Troubles that are no difference of an account's day, but stand on a list of their own until somebody has seen to them. */
export const listedTroubles = [
  /** A count that is not what should lie in the drawer. */
  'shift_differs',
  /** Put aside, and not recorded as brought to the bank in time. */
  'cash_kept_late',
  /** Recorded, and not on the account in time, or not all of it. */
  'deposit_late',
  /** In a gateway's list, and unknown to us. */
  'settlement_unknown_here',
  /** There, and known to us with another sum. */
  'settlement_amount_differs',
] as const;
export type Trouble = DifferenceClass | (typeof listedTroubles)[number];
export const allTroubles: readonly Trouble[] = [...differenceClasses, ...listedTroubles];

export interface Tally {
  injected: number;
  found: number;
  false: number;
}

/** Every one that was made is found once, as it was made; and nothing else is. */
export function tallyUp(month: Month, place: string, name: Trouble, found: readonly string[], wanted: readonly string[]): void {
  const left = [...wanted];
  const strange = found.filter((line) => left.indexOf(line) < 0 || left.splice(left.indexOf(line), 1).length === 0);
  const tally = month.tallies.get(name) ?? { injected: 0, found: 0, false: 0 };
  month.tallies.set(name, {
    injected: tally.injected + wanted.length,
    found: tally.found + wanted.length - left.length,
    false: tally.false + strange.length,
  });
  month.faults.push(
    ...left.map((line) => `${place}: not found: ${name} · ${line}`),
    ...strange.map((line) => `${place}: found for nothing: ${name} · ${line}`),
  );
}
