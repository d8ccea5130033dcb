// The sums of a day as the service tells them, held against what really happened, đồng by đồng.
import { addDays, type Day } from '../../../src/domain/time';
import type { Desk } from './desks';
import { mustBe, type Month } from './month';
import type { FoundDifference, Names } from './names';
import { dayOfMs, isOvernight, knownOf, sumOf, toldName, type Known, type Movement } from './truth';

interface Counted {
  sum: number;
  count: number;
}

interface Overnight {
  transactionId: string;
  amount: number;
  expectedOn: string;
}

/** A reconciliation as the service tells it. */
export interface SeenDay {
  standing: string;
  statement: string;
  blocking: number;
  books: Record<string, Counted>;
  differences: FoundDifference[];
  late: FoundDifference[];
  expected: Overnight[];
  bookedFromBefore: Overnight[];
}

export function checkBooks(month: Month, desk: Desk, day: Day, seen: SeenDay, names: Names): void {
  const about = `${desk.accountId} on ${day}`;
  const own = month.movements.filter((one) => one.desk === desk && (dayOfMs(one.atMs) === day || dayOfMs(one.atMs) === addDays(day, -1)));
  const known = own.flatMap((one) => knownOf(one, 'final')).filter((one) => one.day === day);
  const lines = month.book.linesOf({ desk, from: day, to: day, file: 'final' });
  const came = known.filter(({ direction }) => direction === 'in');
  const listed = (way: 'in' | 'out') => counted(lines.flatMap((one) => (one.direction === way ? one.listed.amount : [])));
  const { received, paid, unapplied, banked, left, refunded, remitted, apart } = seen.books;
  mustBe(month, `${about}: banked`, banked, listed('in'));
  mustBe(month, `${about}: left`, left, listed('out'));
  mustBe(month, `${about}: given back`, refunded, counted(lines.flatMap((one) => (isGoingBack(one) ? one.listed.amount : []))));
  mustBe(
    month,
    `${about}: handed to the Treasury`,
    remitted,
    counted(lines.flatMap((one) => (one.kind === 'remittance_sent' ? one.amount : []))),
  );
  mustBe(month, `${about}: for no obligation`, apart, counted(came.flatMap(({ away }) => (away > 0 ? away : []))));
  mustBe(month, `${about}: received`, received, counted(came.map(({ amount }) => amount)));
  mustBe(month, `${about}: paid`, paid?.sum, sumOf(came.map(({ gives }) => gives)));
  mustBe(month, `${about}: without a home`, unapplied, counted(came.map(homelessOf).filter((amount) => amount > 0)));
  const overnight = (of: Day) =>
    own
      .filter((one) => isOvernight(one) && dayOfMs(one.atMs) === of)
      .map((one) => `${toldName(one)} ${one.amount}`)
      .sort();
  const told = (rows: readonly Overnight[]) => rows.map(({ transactionId: id, amount }) => `${nameIn(names, id)} ${amount}`).sort();
  mustBe(month, `${about}: expected on the next day`, told(seen.expected), overnight(day));
  mustBe(month, `${about}: booked from the day before`, told(seen.bookedFromBefore), overnight(addDays(day, -1)));
}

const isGoingBack = ({ kind, direction }: Movement): boolean => direction === 'out' && kind.startsWith('refund_');
const homelessOf = ({ amount, gives, away }: Known): number => amount - gives - away;
const counted = (amounts: readonly number[]): Counted => ({ sum: sumOf(amounts), count: amounts.length });
const nameIn = (names: Names, id: string): string => names.nameOf({ subject: { kind: 'transaction', id }, facts: {} });
