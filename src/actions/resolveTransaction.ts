// Resolves money without a home, by a person with a reason: to an obligation, back to its payer, or not ours at all.
import type { Context, Tables } from '../context';
import { wayOf, type Allocation } from '../domain/allocation';
import type { NewEvent } from '../domain/event';
import { notOurs, receivable, refundable, unapplied } from '../domain/ledger';
import { smaller, type Money } from '../domain/money';
import { outstandingOf, statusOf, type BareObligation } from '../domain/obligation';
import { excessToRelease, moneyOf, stateOf, type Resolution, type ResolutionAction } from '../domain/resolution';
import { signatureOf, type Actor } from '../domain/role';
import type { Instant } from '../domain/time';
import { holderOf, type Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demand, demandSight, obligationInSight } from './demand';
import { openDesk, type Desk } from './openDesk';
import { oneTransaction, type SeenTransaction } from './seeTransaction';

export interface Decision {
  actor: Actor;
  transactionId: string;
  action: ResolutionAction;
  obligationId?: string;
  /** Less than all that has no home: what is left waits for the next decision. */
  amount?: Money;
  reason: string;
}

/** The transaction afterwards. Throws a Problem that says why it cannot be decided so. */
export async function resolveTransaction(ctx: Context, decision: Decision): Promise<SeenTransaction> {
  demand(decision.actor, 'resolve');
  const at = ctx.now();
  const seen = await ctx.store.transact(async (tables) => {
    const { transaction, allocations, resolutions } = await resolvable(tables, decision.actor, decision.transactionId);
    const { unapplied: left } = moneyOf(transaction, allocations, resolutions);
    if (!left.isPositive()) throw new Problem('transaction_already_resolved');
    const target = decision.action === 'allocate' ? await targetOf(tables, decision) : undefined;
    const amount = decision.amount ?? (target ? smaller(left, outstandingOf(target)) : left);
    if (amount.compare(left) > 0) throw new Problem('amount_over_unapplied');
    if (target && amount.compare(outstandingOf(target)) > 0) throw new Problem('amount_over_outstanding');
    const resolution: Resolution = {
      id: ctx.id('resolution'),
      transactionId: transaction.id,
      action: decision.action,
      ...(target ? { obligationId: target.id } : {}),
      amount,
      reason: decision.reason,
      by: signatureOf(decision.actor),
      at,
    };
    await tables.resolutions.keep(resolution);
    const desk = await openDesk(ctx, tables, [...allocations.map((one) => one.obligationId), ...(target ? [target.id] : [])], at);
    release(desk, allocations, resolution);
    if (target) await give(tables, desk, transaction, target, resolution);
    desk.post('resolution', resolution.id, [
      { debit: unapplied(holderOf(transaction)), credit: creditOf(transaction, resolution), amount },
    ]);
    const news = await desk.write();
    if (decision.action === 'refund') await tables.resolutions.keepRefund(refundOf(ctx, resolution));
    await markTransaction(tables, transaction);
    await tables.events.append([...news, ...eventsOf(transaction, resolution, [...resolutions, resolution].length, at)]);
    return oneTransaction(tables, transaction.id);
  });
  ctx.bell.ring();
  return seen;
}

/** A credit that the actor may decide about, with all that was decided so far. Throws transaction_unknown or transaction_not_resolvable. */
export async function resolvable(tables: Tables, actor: Actor, id: string) {
  const transaction = await tables.transactions.find(id);
  await demandSight(tables, actor, transaction?.agencyCode, 'transaction_unknown');
  if (!transaction) throw new Problem('transaction_unknown');
  if (!['applied', 'unapplied', 'resolved'].includes(transaction.state)) throw new Problem('transaction_not_resolvable');
  return {
    transaction,
    allocations: await tables.allocations.ofTransactions([id]),
    resolutions: await tables.resolutions.ofTransactions([id]),
  };
}

/** Where the transaction stands after all that was decided. */
export async function markTransaction(tables: Tables, transaction: Transaction): Promise<void> {
  const resolutions = await tables.resolutions.ofTransactions([transaction.id]);
  const state = stateOf(moneyOf(transaction, await tables.allocations.ofTransactions([transaction.id]), resolutions), resolutions);
  await tables.transactions.mark(transaction.id, state, state === 'unapplied' ? (transaction.why ?? 'taken_back') : undefined);
}

async function targetOf(tables: Tables, { actor, obligationId }: Decision): Promise<BareObligation> {
  if (obligationId === undefined)
    throw new Problem('request_invalid', 'obligationId', [{ path: 'obligationId', message: 'needed to allocate' }]);
  const obligation = await obligationInSight(tables, actor, obligationId);
  const refusals = { cancelled: 'obligation_cancelled', free: 'obligation_free' } as const;
  const status = statusOf(obligation);
  if (status === 'cancelled' || status === 'free') throw new Problem(refusals[status]);
  if (outstandingOf(obligation).isZero()) throw new Problem('obligation_already_paid');
  return obligation;
}

/** What the obligations hold too much of it goes from there first. */
function release(desk: Desk, allocations: readonly Allocation[], resolution: Resolution): void {
  for (const { allocation, released } of excessToRelease(allocations, resolution.amount)) {
    const nothing = released.minus(released);
    desk.allot(allocation.obligationId, [
      { ...allocation, amount: nothing, excess: nothing.minus(released), flags: [], resolutionId: resolution.id },
    ]);
  }
}

async function give(tables: Tables, desk: Desk, transaction: Transaction, target: BareObligation, resolution: Resolution): Promise<void> {
  const agency = (await tables.agencies.list()).find((known) => known.code === target.agencyCode);
  const way = wayOf(transaction, desk.requestsOf(target.id), agency?.dynamicQrFlag ?? 0);
  const { amount } = resolution;
  desk.allot(target.id, [
    {
      source: { transactionId: transaction.id },
      ...way,
      paidAt: transaction.bankTime,
      amount,
      excess: amount.minus(amount),
      flags: [],
      resolutionId: resolution.id,
    },
  ]);
}

function creditOf(transaction: Transaction, { action, obligationId = '' }: Resolution): string {
  if (action === 'allocate') return receivable(obligationId);
  return action === 'refund' ? refundable(holderOf(transaction)) : notOurs(holderOf(transaction));
}

const refundOf = (ctx: Context, { id, transactionId, amount, reason, by, at }: Resolution) => ({
  id: ctx.id('refund'),
  transactionId,
  resolutionId: id,
  amount,
  reason,
  state: 'requested' as const,
  requestedBy: by,
  requestedAt: at,
});

/** What a decision is announced as; `version` counts the decisions about the transaction. */
export function eventsOf(transaction: Transaction, resolution: Resolution, version: number, at: Instant): NewEvent[] {
  const { action, amount, obligationId } = resolution;
  const about = {
    at,
    subjectId: transaction.id,
    ...(obligationId ? { obligationId } : {}),
    ...(transaction.agencyCode ? { agencyCode: transaction.agencyCode } : {}),
    version: version + 1,
    payload: { id: transaction.id, action, amount, ...(obligationId ? { obligationId } : {}) },
  };
  const resolved: NewEvent = { type: 'transaction.resolved', ...about };
  return action === 'refund' ? [resolved, { type: 'refund.requested', ...about }] : [resolved];
}
