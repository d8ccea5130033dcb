// Continuity: whether the running balances of an account's movements go on from one to the next; where they do not, one is missing.
import { chained, isGap, type Step } from './chain';
import { vnd, type Money } from './money';
import type { Instant } from './time';

/** A movement of one account as one source tells it; some tell no balance with it. */
export interface Movement {
  id: string;
  bankTime: Instant;
  amount: Money;
  direction: 'in' | 'out';
  balanceAfter?: Money;
}

/** Between two movements money moved that the source did not tell of. */
export interface BalanceBreak {
  afterId: string;
  beforeId: string;
  from: Instant;
  to: Instant;
  /** What moved in less what moved out, unseen: above zero where more came in. */
  missing: Money;
}

interface MovementStep extends Step {
  movement: Movement;
}

/**
 * The breaks in a window of movements, given in any order, in order of time; its edges are none. Bank times are whole seconds, of some
 * banks whole days: movements of one time are put into the order that their balances tell, so that a tie makes no break. A movement may
 * come late: found again over the same window with it, its break is gone. Movements that cancel out are not seen. Around a movement whose
 * balance is not known nothing is said.
 */
export function breaksIn(movements: readonly Movement[]): BalanceBreak[] {
  const unknown = movements.filter((movement) => !movement.balanceAfter);
  const hidesNothing = ({ from, to }: BalanceBreak): boolean => !unknown.some(({ bankTime }) => bankTime >= from && bankTime <= to);
  return gapsIn(chained(groupsByTime(movements))).filter(hidesNothing);
}

/**
 * Whether the two ends of a break continue now: its movements, `between` these times and the ends themselves, link them, those without a
 * balance by their amounts; or but for what other breaks between them name as missing.
 */
export function isLinked(between: readonly Movement[], { afterId, beforeId }: BalanceBreak, others: readonly BalanceBreak[]): boolean {
  const chain = chained(groupsByTime(between));
  const [start = -1, end = -1] = [afterId, beforeId]
    .map((id) => chain.findIndex(({ movement }) => movement.id === id))
    .sort((a, b) => a - b);
  if (start < 0) return false;
  const missing =
    sumOf(gapsIn(chain.slice(start, end + 1)).map((gap) => gap.missing.dong)) - sumOf(others.map((other) => other.missing.dong));
  const unknown = sumOf(between.filter((movement) => !movement.balanceAfter).map(changeOf));
  // Of one time with an end, the unknown ones may have come before or after it.
  return missing === 0n || missing === unknown;
}

const gapsIn = (chain: readonly MovementStep[]): BalanceBreak[] =>
  chain.flatMap((later, index) => {
    const earlier = chain[index - 1];
    return earlier && isGap(earlier, later) ? [breakBetween(earlier, later)] : [];
  });

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

/** Those with a balance. Sorted by id too, so that the same movements give the same answer in whichever order they are given. */
function groupsByTime(movements: readonly Movement[]): MovementStep[][] {
  const once = new Map(movements.map((movement) => [movement.id, movement]));
  const groups = new Map<Instant, MovementStep[]>();
  for (const movement of [...once.values()].sort(byTimeAndId)) {
    if (!movement.balanceAfter) continue;
    const after = movement.balanceAfter.dong;
    const step = { before: after - changeOf(movement), after, movement };
    const group = groups.get(movement.bankTime);
    if (group) group.push(step);
    else groups.set(movement.bankTime, [step]);
  }
  return [...groups.values()];
}

const byTimeAndId = (one: Movement, other: Movement): number =>
  one.bankTime === other.bankTime ? (one.id < other.id ? -1 : 1) : one.bankTime < other.bankTime ? -1 : 1;

const changeOf = ({ direction, amount }: Movement): bigint => (direction === 'in' ? amount.dong : -amount.dong);

const breakBetween = (earlier: MovementStep, later: MovementStep): BalanceBreak => ({
  afterId: earlier.movement.id,
  beforeId: later.movement.id,
  from: earlier.movement.bankTime,
  to: later.movement.bankTime,
  missing: vnd(later.before - earlier.after),
});
