// Continuity: whether the running balances of an account's movements go on from one to the next; where they do not, one is missing.
import { chained, isGap, type Step } from './chain';
import { vnd, type Money } from './money';
import type { Instant } from './time';

/** A movement of one account as one source tells it. */
export interface BalancedMovement {
  id: string;
  bankTime: Instant;
  amount: Money;
  direction: 'in' | 'out';
  balanceAfter: Money;
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
  movement: BalancedMovement;
}

/**
 * The breaks in a window of movements, given in any order, in order of time; its edges are none. Bank times are whole seconds, of some
 * banks whole days: movements of one time are put into the order that their balances tell, so that a tie makes no break. A movement may
 * come late: found again over the same window with it, its break is gone. Movements that cancel out are not seen.
 */
export function breaksIn(movements: readonly BalancedMovement[]): BalanceBreak[] {
  const chain = chained(groupsByTime(movements));
  return chain.flatMap((later, index) => {
    const earlier = chain[index - 1];
    return earlier && isGap(earlier, later) ? [breakBetween(earlier, later)] : [];
  });
}

/** Sorted by id too, so that the same movements give the same answer in whichever order they are given. */
function groupsByTime(movements: readonly BalancedMovement[]): MovementStep[][] {
  const once = new Map(movements.map((movement) => [movement.id, movement]));
  const groups = new Map<Instant, MovementStep[]>();
  for (const movement of [...once.values()].sort(byTimeAndId)) {
    const group = groups.get(movement.bankTime);
    if (group) group.push(stepOf(movement));
    else groups.set(movement.bankTime, [stepOf(movement)]);
  }
  return [...groups.values()];
}

const byTimeAndId = (one: BalancedMovement, other: BalancedMovement): number =>
  one.bankTime === other.bankTime ? (one.id < other.id ? -1 : 1) : one.bankTime < other.bankTime ? -1 : 1;

function stepOf(movement: BalancedMovement): MovementStep {
  const after = movement.balanceAfter.dong;
  return { before: movement.direction === 'in' ? after - movement.amount.dong : after + movement.amount.dong, after, movement };
}

const breakBetween = (earlier: MovementStep, later: MovementStep): BalanceBreak => ({
  afterId: earlier.movement.id,
  beforeId: later.movement.id,
  from: earlier.movement.bankTime,
  to: later.movement.bankTime,
  missing: vnd(later.before - earlier.after),
});
