// The balance check: whether the running balances of an account can be held against each other, and why not.
import { breaksIn, type Movement } from './continuity';
import type { Instant } from './time';

export type BalanceCheck =
  /** Nobody has told of the account, or its sources tell no balance, or of one movement only: there is nothing to compare. */
  | { kind: 'unheard' | 'no_balance' | 'one_balance' }
  /** So many of those looked at came without a balance: what happened around them is not seen. */
  | { kind: 'partly'; unknown: number; looked: number }
  /** They do not continue; a movement that is on its way may still come between. */
  | { kind: 'waiting' }
  | { kind: 'checked'; upTo: Instant };

/** Of the latest movements of one account, in order of time. */
export function balanceCheckOf(movements: readonly Movement[]): BalanceCheck {
  const told = movements.filter((movement) => movement.balanceAfter);
  const last = told.at(-1);
  if (movements.length === 0) return { kind: 'unheard' };
  if (!last) return { kind: 'no_balance' };
  if (told.length === 1) return { kind: 'one_balance' };
  if (breaksIn(movements).length > 0) return { kind: 'waiting' };
  const unknown = movements.length - told.length;
  return unknown === 0 ? { kind: 'checked', upTo: last.bankTime } : { kind: 'partly', unknown, looked: movements.length };
}
