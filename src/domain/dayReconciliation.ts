// The reconciliation of a day, decided from its facts: every difference with its owner, its deadline and what was said of it.
import { bookDifferences } from './bookDifferences';
import type { DayFacts, DayMovement, MovementFacts } from './dayFacts';
import { sumOf } from './money';
import { bookedFromBefore, expectedOf, movementDifferences, type Found } from './movementDifferences';
import {
  keyOf,
  type Counted,
  type Difference,
  type DifferenceClass,
  type DifferenceNote,
  type DifferenceOwner,
  type LateDifference,
  type Reconciliation,
} from './reconciliation';
import type { Role } from './role';
import { dayOf, type Day } from './time';
import { workingDayAfter } from './workingDay';

/** Facts in, reconciliation out: nothing is remembered between two runs. */
export function reconcile(facts: DayFacts): Reconciliation {
  const { accountId, day, asOf, statement, statementId, closedAt, books, notes } = facts;
  return {
    accountId,
    day,
    asOf,
    statement,
    ...(statementId ? { statementId } : {}),
    ...(closedAt ? { closedAt } : {}),
    books: { ...books, unapplied: unappliedIn(facts.movements) },
    differences: withWords([...movementDifferences(facts), ...bookDifferences(facts)], notes),
    expected: expectedOf(facts),
    bookedFromBefore: bookedFromBefore(facts),
    late: lateOf(facts),
  };
}

export const reconcileMovements = (facts: MovementFacts): Pick<Reconciliation, 'statement' | 'differences' | 'late'> => ({
  statement: facts.statement,
  differences: withWords(movementDifferences(facts), facts.notes),
  late: lateOf(facts),
});

const lateOf = (facts: MovementFacts): LateDifference[] =>
  facts.late.flatMap((closed) => {
    const late = movementDifferences({ ...facts, ...closed, earlier: [] });
    return withWords(late, closed.notes).map((difference) => ({ ...difference, day: closed.day }));
  });

function unappliedIn(movements: readonly DayMovement[]): Counted {
  const waiting = movements.filter(({ direction, unplaced }) => direction === 'in' && unplaced.isPositive());
  return { sum: sumOf(waiting.map(({ unplaced }) => unplaced)), count: waiting.length };
}

function withWords(found: readonly Found[], notes: readonly DifferenceNote[]): Difference[] {
  const byKey = new Map<string, DifferenceNote[]>();
  for (const note of notes) byKey.set(note.key, [...(byKey.get(note.key) ?? []), note]);
  return found
    .map((one) => withNotes(one, byKey.get(keyOf(one.class, one.subject)) ?? []))
    .sort((a, b) => (a.since === b.since ? (a.key < b.key ? -1 : 1) : a.since < b.since ? -1 : 1));
}

function withNotes(found: Found, notes: readonly DifferenceNote[]): Difference {
  const carry = notes.findLast(({ kind }) => kind === 'carry');
  const carried = carry?.amount.equals(found.amount) ? { reason: carry.text, by: carry.by, at: carry.at } : undefined;
  return {
    ...found,
    key: keyOf(found.class, found.subject),
    owner: ownerOf(found, notes),
    deadline: deadlineOf(found.class, dayOf(found.since)),
    ...(carried ? { carried } : {}),
    notes,
  };
}

function ownerOf(found: Found, notes: readonly DifferenceNote[]): DifferenceOwner {
  const taken = notes.findLast(({ kind }) => kind === 'owner')?.ownerId;
  return taken === undefined ? { kind: 'role', role: roleFor(found) } : { kind: 'person', officerId: taken };
}

/** Only what waits for an approval is the supervisor's. */
const roleFor = ({ class: differenceClass, facts }: Found): Role =>
  differenceClass === 'refund_pending' && facts.why === 'requested' ? 'finance_supervisor' : 'finance_officer';

/** Differences are solved within a working day of being seen; money on its way back takes two banks and two persons. */
const workingDays: Partial<Record<DifferenceClass, number>> = { refund_pending: 5 };

const deadlineOf = (differenceClass: DifferenceClass, since: Day): Day => workingDayAfter(since, workingDays[differenceClass] ?? 1);
