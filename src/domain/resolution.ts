// Resolutions: what a person decided about money that found no home by itself, or took back; each with a reason, a person and a time.
import { netBySource, type Allocation } from './allocation';
import { sumOf, zero, type Money } from './money';
import { addMs, type Instant } from './time';
import type { Transaction, TransactionState } from './transaction';

export type { Refund } from './refund';

/** What a person may say of it. */
export const resolutionActions = ['allocate', 'refund', 'not_ours', 'interest', 'own_transfer', 'to_budget'] as const;
export type ResolutionAction = (typeof resolutionActions)[number];

/** What a record of ours says of it: a gateway's settlement, or cash that was brought to the bank. */
export const recordedActions = ['settlement', 'deposit'] as const;
export type RecordedAction = (typeof recordedActions)[number];

/** Money that needs no other home: it is what it is. */
export const explainingActions = ['interest', 'own_transfer', 'to_budget', ...recordedActions] as const;

/** Everything but an obligation that money may be for. */
export const apartActions = ['refund', 'not_ours', ...explainingActions] as const;
export type ApartAction = (typeof apartActions)[number];

export interface Resolution {
  id: string;
  transactionId: string;
  action: ResolutionAction | RecordedAction | 'undo';
  /** Where it was allocated. */
  obligationId?: string;
  /** The settlement, or the deposit. */
  subjectId?: string;
  amount: Money;
  reason: string;
  by: string;
  at: Instant;
  /** The resolution that this one takes back, or `matchOf` the transaction. */
  undoes?: string;
}

/** The name under which what the service matched by itself is taken back. */
export const matchOf = (transactionId: string): string => `match ${transactionId}`;

/** Those that hold: neither taken back nor the taking back. In the order in which they were made. */
export function standingAmong(resolutions: readonly Resolution[]): Resolution[] {
  const undone = new Set(resolutions.flatMap(({ undoes }) => undoes ?? []));
  return resolutions.filter(({ id, action }) => action !== 'undo' && !undone.has(id));
}

/** The last decision that stands, or nothing but what the service matched by itself; with all that it allocated. */
export interface Undoable {
  decision?: Resolution;
  allocations: Allocation[];
}

/** What would be taken back next; undefined when nothing is left. */
export function undoableOf(allocations: readonly Allocation[], resolutions: readonly Resolution[]): Undoable | undefined {
  const decision = standingAmong(resolutions).at(-1);
  if (decision) return { decision, allocations: allocations.filter((one) => one.resolutionId === decision.id) };
  const matched = netBySource(allocations);
  return matched.length > 0 ? { allocations: matched } : undefined;
}

/** How much that is, also of what was too much. */
export const amountOf = ({ decision, allocations }: Undoable): Money =>
  decision?.amount ?? sumOf(allocations.map(({ amount, excess }) => amount.plus(excess)));

/** When the next decision is made: later than all before it, so that their order is known whatever the clock says. */
export function nextMoment(resolutions: readonly Resolution[], now: Instant): Instant {
  const last = resolutions.at(-1)?.at;
  return last !== undefined && now <= last ? addMs(last, 1) : now;
}

/** Whether a person may decide about it: only money that came to us has a place to be found. */
export const isResolvable = ({ state }: Pick<Transaction, 'state'>): boolean =>
  state === 'applied' || state === 'unapplied' || state === 'resolved';

/** Where the đồng of a transaction are. */
export interface TransactionMoney {
  /** In obligations. */
  applied: Money;
  toRefund: Money;
  notOurs: Money;
  /** Interest, transfers of our own, for the budget, a gateway's settlement, cash that was brought. */
  explained: Money;
  /** Nowhere yet. */
  unapplied: Money;
}

/** Money that left, and money that is not for us, is nowhere with us. */
export function moneyOf(
  { amount, state }: Pick<Transaction, 'amount' | 'state'>,
  allocations: readonly Allocation[],
  resolutions: readonly Resolution[],
): TransactionMoney {
  if (!isResolvable({ state })) return { applied: zero, toRefund: zero, notOurs: zero, explained: zero, unapplied: zero };
  const standing = standingAmong(resolutions);
  const sumFor = (action: Resolution['action']) => sumOf(standing.filter((one) => one.action === action).map((one) => one.amount));
  const applied = sumOf(allocations.map((allocation) => allocation.amount));
  const [toRefund, notOurs] = [sumFor('refund'), sumFor('not_ours')];
  const explained = sumOf(explainingActions.map(sumFor));
  const placed = sumOf([applied, toRefund, notOurs, explained]);
  return { applied, toRefund, notOurs, explained, unapplied: amount.minus(placed) };
}

/** Status is read, not set. */
export function stateOf(
  money: TransactionMoney,
  resolutions: readonly Resolution[],
): Extract<TransactionState, 'applied' | 'unapplied' | 'resolved'> {
  if (money.unapplied.isPositive()) return 'unapplied';
  return standingAmong(resolutions).length > 0 ? 'resolved' : 'applied';
}

/** What each obligation holds too much of one credit, up to an amount; the rest of it lies with no obligation. */
export function excessToRelease(allocations: readonly Allocation[], amount: Money): { allocation: Allocation; released: Money }[] {
  let left = amount;
  return netBySource(allocations).flatMap((allocation) => {
    const released = left.compare(allocation.excess) < 0 ? left : allocation.excess;
    left = left.minus(released);
    return released.compare(zero) > 0 ? [{ allocation, released }] : [];
  });
}
