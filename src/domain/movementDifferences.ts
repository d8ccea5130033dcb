// Where the bank's list and our transactions do not agree, and money that has no home: each đồng in one class.
import { normalForm } from './contentLetters';
import type { DayFacts, DayMovement, DayRefund, HeldLine, MovementFacts } from './dayFacts';
import { sumOf, zero, type Money } from './money';
import type { Difference, DifferenceClass, DifferenceFacts, DifferenceSubject, Expected, Way, WayAct } from './reconciliation';
import { isAtNight, nextDayOf } from './nightBooking';
import type { Day } from './time';

/** A difference as the facts alone show it. */
export type Found = Omit<Difference, 'key' | 'owner' | 'deadline' | 'carried' | 'notes'>;

type Facts = Pick<
  MovementFacts,
  'day' | 'statement' | 'nextStatement' | 'nextToClose' | 'isTold' | 'movements' | 'earlier' | 'lines' | 'refunds'
>;

/** All of a day that lie between the bank's list and our transactions. */
export function movementDifferences(facts: Facts): Found[] {
  const pairs = pairsIn(facts);
  const paired = new Set(pairs.flatMap((pair) => [pair.ours.id, pair.with.id]));
  const lines = facts.lines.filter(({ id }) => !paired.has(id));
  const movements = facts.movements.filter(({ id }) => !paired.has(id));
  const missing = facts.earlier.filter((one) => !paired.has(one.id) && isMissingSinceNight(one, facts));
  return [
    ...pairs.map((pair) => differing(pair.ours, pair.theirs, pair.with)),
    ...lines.map((line) => (line.isLate ? lateLine(line, facts) : heldLine(line))),
    ...movements.flatMap((movement) => ofMovement(movement, facts)),
    ...missing.map(notAtBank),
  ];
}

/** First what the bank says of it, then what we know of it. */
function ofMovement(movement: DayMovement, facts: Facts): Found[] {
  const { line } = movement;
  if (movement.isLate) return [lateMovement(movement, facts)];
  if (line && !line.amount.equals(movement.amount)) return [differing(movement, line, { kind: 'line', id: line.id })];
  if (!line && !movement.isDisowned && facts.statement === 'final') {
    if (!isAtNight(movement.bankTime)) return [notAtBank(movement)];
    if (facts.nextStatement === 'final') return []; // it is missing there
  }
  return [...withoutHome(movement), ...toldByTheListOnly(movement, facts)];
}

/** Nothing told of it but the bank's list; of money on an account that nobody tells of there is nothing to miss. */
function toldByTheListOnly(movement: DayMovement, { isTold, refunds }: Pick<Facts, 'isTold' | 'refunds'>): Found[] {
  if (movement.via !== 'statement' || movement.direction === 'out' || !isTold) return [];
  const amount = movement.amount.minus(movement.unplaced).minus(goingBack(movement, refunds));
  if (!amount.isPositive()) return [];
  return [found('paid_not_recorded', { ...movement, amount }, { isBlocking: false, acts: ['see_transaction'] })];
}

const goingBack = ({ id }: DayMovement, refunds: readonly DayRefund[]): Money =>
  sumOf(refunds.filter(({ transactionId }) => transactionId === id).map(({ amount }) => amount));

function withoutHome(movement: DayMovement): Found[] {
  const { unplaced: amount, direction, why } = movement;
  if (!amount.isPositive()) return [];
  const name = direction === 'out' ? 'unknown_content' : classOfMoney(why);
  return [found(name, { ...movement, amount }, { acts: waysHome(movement), ...(why ? { facts: { why } } : {}) })];
}

const waysHome = ({ direction }: DayMovement): WayAct[] => (direction === 'out' ? ['explain'] : ['attach', 'refund', 'decide']);

/** More than was owed is a difference of amounts, be it that the obligation was cancelled; without an obligation its content is unknown. */
function classOfMoney(why: DayMovement['why']): DifferenceClass {
  if (why === 'duplicate') return 'duplicate';
  return why === 'excess' || why === 'after_cancel' ? 'amount_differs' : 'unknown_content';
}

const notAtBank = (movement: DayMovement): Found => found('recorded_not_at_bank', movement, { acts: ['import', 'decide'] });

/** Its day was closed by a whole list: what has no home, and what no list shows, keeps the next one open. */
function lateMovement(movement: DayMovement, facts: Facts): Found {
  const isHomeless = movement.unplaced.isPositive();
  const isMissing = !movement.line && !movement.isDisowned;
  const acts: WayAct[] = [
    ...(isHomeless ? waysHome(movement) : []),
    ...(isMissing ? (['import', 'decide'] as const) : []),
    'correct_close',
  ];
  return found('late_after_close', movement, {
    isBlocking: isHomeless || isMissing,
    acts: [...new Set(acts)],
    facts: closingOf(movement, facts),
  });
}

function closingOf({ closedOn }: DayMovement | HeldLine, { nextToClose }: Facts): DifferenceFacts {
  const closesOn = closedOn ?? nextToClose;
  return closesOn ? { closesOn } : {};
}

interface Pair {
  ours: DayMovement;
  /** A line. */
  theirs: { id: string; amount: Money; fileId: string };
  /** What else is said of by this: the held line, or the transaction that was made of it. */
  with: DifferenceSubject;
}

/**
 * A movement of ours that no line has, and a line of the same bank reference and direction that has another amount. A bank that writes
 * one reference for many transfers says nothing by it: only where it is the only one on both sides.
 */
function pairsIn({ movements, earlier, lines }: Facts): Pair[] {
  const ours = byReference([...movements, ...earlier].filter((one) => !one.line && !one.isLate && !one.isDisowned));
  const theirs = byReference([
    ...lines.filter((line) => !line.isLate).map((line) => ({ ...line, lineId: line.id, kind: 'line' as const })),
    ...movements.flatMap((one) =>
      one.line && one.via === 'statement' && !one.isLate
        ? [{ ...one, lineId: one.line.id, fileId: one.line.fileId, kind: 'transaction' as const }]
        : [],
    ),
  ]);
  return [...ours].flatMap(([reference, [movement, ...others]]) => {
    const [line, ...more] = theirs.get(reference) ?? [];
    if (!movement || !line || others.length + more.length > 0 || line.amount.equals(movement.amount)) return [];
    return [
      { ours: movement, theirs: { id: line.lineId, amount: line.amount, fileId: line.fileId }, with: { kind: line.kind, id: line.id } },
    ];
  });
}

function byReference<One extends Pick<HeldLine, 'bankReference' | 'direction'>>(ones: readonly One[]): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of ones) {
    const key = referenceOf(one);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

function referenceOf({ bankReference, direction }: Pick<HeldLine, 'bankReference' | 'direction'>): string | undefined {
  const reference = normalForm(bankReference ?? '');
  return reference === '' ? undefined : `${direction} ${reference}`;
}

/** So much more or less than we recorded the bank says. */
function differing(ours: DayMovement, theirs: Pair['theirs'], other: DifferenceSubject): Found {
  const gap = theirs.amount.minus(ours.amount);
  const amount = gap.isPositive() ? gap : zero.minus(gap);
  const facts = { bankAmount: theirs.amount, ourAmount: ours.amount, fileId: theirs.fileId };
  const difference = found('amount_differs', { ...ours, amount }, { acts: ['decide'], facts });
  const way = wayOf(other.kind === 'line' ? 'decide_line' : 'decide', other);
  const line: DifferenceSubject = { kind: 'line', id: theirs.id };
  const evidence: DifferenceSubject[] = [{ kind: 'transaction', id: ours.id }, ...(other.kind === 'line' ? [] : [other]), line];
  return { ...difference, ways: [way, ...difference.ways], evidence };
}

const heldLine = (line: HeldLine): Found => foundLine('paid_not_recorded', line, ['decide_line']);
const lateLine = (line: HeldLine, facts: Facts): Found =>
  foundLine('late_after_close', line, ['decide_line', 'correct_close'], closingOf(line, facts));

function foundLine(differenceClass: DifferenceClass, line: HeldLine, acts: readonly WayAct[], facts: DifferenceFacts = {}): Found {
  const subject: DifferenceSubject = { kind: 'line', id: line.id };
  return {
    class: differenceClass,
    amount: line.amount,
    subject,
    facts: { ...toldOf(line), fileId: line.fileId, ...facts },
    since: line.keptAt,
    isBlocking: true,
    ways: acts.map((act) => wayOf(act, subject)),
    evidence: [subject],
  };
}

function found(
  differenceClass: DifferenceClass,
  movement: DayMovement,
  { isBlocking = true, acts, facts = {} }: { isBlocking?: boolean; acts: readonly WayAct[]; facts?: DifferenceFacts },
): Found {
  const subject: DifferenceSubject = { kind: 'transaction', id: movement.id };
  const line: DifferenceSubject[] = movement.line ? [{ kind: 'line', id: movement.line.id }] : [];
  return {
    class: differenceClass,
    amount: movement.amount,
    subject,
    facts: { ...toldOf(movement), ...facts },
    since: movement.receivedAt,
    isBlocking,
    ways: acts.map((act) => wayOf(act, subject)),
    evidence: [subject, ...line],
  };
}

const wayOf = (act: WayAct, subject: DifferenceSubject): Way => ({ act, subject });

const toldOf = ({ content, bankReference, payerName, direction }: DayMovement | HeldLine): DifferenceFacts => ({
  content,
  direction,
  ...(bankReference ? { bankReference } : {}),
  ...(payerName ? { payerName } : {}),
});

/** The night is over, its day's list and the next one are there, and it is on neither. */
const isMissingSinceNight = (movement: DayMovement, { day, statement }: Pick<Facts, 'day' | 'statement'>): boolean =>
  !movement.line &&
  !movement.isLate &&
  !movement.isDisowned &&
  statement === 'final' &&
  isAtNight(movement.bankTime) &&
  nextDayOf(movement.bankTime) === day;

/** What this day's list does not show and a later one shows, or should: no gap, but carried over. */
export function expectedOf({ day, statement, movements }: Pick<DayFacts, 'day' | 'statement' | 'movements'>): Expected[] {
  return movements.flatMap((movement) => {
    if (movement.line) return movement.line.day === day ? [] : [expected(movement, movement.line.day)];
    return statement === 'final' && !movement.isDisowned && isAtNight(movement.bankTime)
      ? [expected(movement, nextDayOf(movement.bankTime))]
      : [];
  });
}

/** What came before and stands, or should stand, on this day's list. */
export const bookedFromBefore = ({ day, earlier }: Pick<DayFacts, 'day' | 'earlier'>): Expected[] =>
  earlier.filter(({ line, isDisowned }) => (line ? line.day === day : !isDisowned)).map((movement) => expected(movement, day));

const expected = (movement: DayMovement, expectedOn: Day): Expected => ({
  transactionId: movement.id,
  amount: movement.amount,
  direction: movement.direction,
  ...(movement.bankReference ? { bankReference: movement.bankReference } : {}),
  bankTime: movement.bankTime,
  expectedOn,
  isBooked: movement.line !== undefined,
});
