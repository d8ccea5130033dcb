// Resolves money without a home, by a person with a reason: to an obligation, back to its payer, or not ours at all.
import type { Context, Tables } from '../context';
import { netBySource, odditiesOf, wayOf, type Allocation } from '../domain/allocation';
import type { NewEvent } from '../domain/event';
import { interest, notOurs, owedToBudget, ownTransfers, receivable, refundable, unapplied, type Posting } from '../domain/ledger';
import { smaller, zero, type Money } from '../domain/money';
import { outstandingOf, statusOf, type BareObligation } from '../domain/obligation';
import type { Refund } from '../domain/refund';
import { excessToRelease, moneyOf, nextMoment, type Resolution, type ResolutionAction } from '../domain/resolution';
import { signatureOf } from '../domain/role';
import { holderOf, type Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demand, obligationInSight } from './demand';
import { markTransaction } from './markTransaction';
import { openDesk, type Desk } from './openDesk';
import { openTransaction, type Opening, type OpenTransaction } from './openTransaction';
import { oneTransaction, type SeenTransaction } from './seeTransaction';

export interface Decision extends Opening {
  action: ResolutionAction;
  obligationId?: string;
  /** Less than all that has no home: what is left waits for the next decision. */
  amount?: Money;
  reason: string;
}

/** The transaction afterwards. Throws a Problem that says why it cannot be decided so. */
export async function resolveTransaction(ctx: Context, decision: Decision): Promise<SeenTransaction> {
  const seen = await ctx.store.transact((tables) => resolveIn(ctx, tables, decision));
  ctx.bell.ring();
  return seen;
}

/** The same within the caller's transaction; whoever calls rings the bell after it. */
export async function resolveIn(ctx: Context, tables: Tables, decision: Decision): Promise<SeenTransaction> {
  demand(decision.actor, 'resolve');
  const about = await openTransaction(tables, decision);
  const { unapplied: left } = moneyOf(about.transaction, about.allocations, about.resolutions);
  if (!left.isPositive()) throw new Problem('transaction_already_resolved');
  const target = decision.action === 'allocate' ? await targetOf(tables, decision) : undefined;
  const amount = decision.amount ?? (target ? smaller(left, outstandingOf(target)) : left);
  if (amount.compare(left) > 0) throw new Problem('amount_over_unapplied');
  if (target && amount.compare(outstandingOf(target)) > 0) throw new Problem('amount_over_outstanding');
  const { transactionId, action, reason } = decision;
  const made = { id: ctx.id('resolution'), by: signatureOf(decision.actor), at: nextMoment(about.resolutions, ctx.now()) };
  await carryOut(ctx, tables, about, { ...made, transactionId, action, amount, reason }, placeOf(about.transaction, action, target));
  return oneTransaction(tables, transactionId);
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

/** Where money goes: an obligation, or an account of the books; with what else is booked for it. */
export type Place = { obligation: BareObligation } | { account: string; also?: readonly Posting[] };

function placeOf(transaction: Transaction, action: ResolutionAction, target: BareObligation | undefined): Place {
  if (target) return { obligation: target };
  return { account: accountFor(action, holderOf(transaction)) };
}

function accountFor(action: ResolutionAction, holder: string): string {
  if (action === 'refund') return refundable(holder);
  if (action === 'interest') return interest(holder);
  if (action === 'own_transfer') return ownTransfers;
  if (action === 'to_budget') return owedToBudget(holder);
  return notOurs(holder);
}

/** Writes the decision, moves the money, and announces both; the caller has made sure that it may be decided so. */
export async function carryOut(
  ctx: Context,
  tables: Tables,
  { transaction, allocations, resolutions }: OpenTransaction,
  decided: Omit<Resolution, 'obligationId'>,
  place: Place,
): Promise<void> {
  const target = 'obligation' in place ? place.obligation : undefined;
  const resolution: Resolution = { ...decided, ...(target ? { obligationId: target.id } : {}) };
  const { id, amount, at } = resolution;
  await tables.resolutions.keep(resolution);
  const desk = await openDesk(tables, [...allocations.map((one) => one.obligationId), ...(target ? [target.id] : [])], at);
  release(desk, allocations, resolution);
  if (target) await give(tables, desk, transaction, target, resolution);
  const credit = 'account' in place ? place.account : receivable(place.obligation.id);
  const also = 'account' in place ? (place.also ?? []) : [];
  desk.post({ cause: 'resolution', causeId: id, postings: [{ debit: unapplied(holderOf(transaction)), credit, amount }, ...also] });
  const news = await desk.write();
  const refund = resolution.action === 'refund' ? refundOf(ctx, resolution) : undefined;
  if (refund) await tables.refunds.keep(refund);
  await markTransaction(tables, transaction);
  const version = resolutions.length + 2;
  await tables.events.append([
    ...news,
    ...eventsOf(transaction, resolution, version),
    ...askedEvents(transaction, allocations, refund, version),
  ]);
}

/** What the obligations hold too much of it goes from there first. */
function release(desk: Desk, allocations: readonly Allocation[], { id: resolutionId, amount }: Resolution): void {
  for (const { allocation, released } of excessToRelease(allocations, amount)) {
    desk.allot(allocation.obligationId, [{ ...allocation, amount: zero, excess: zero.minus(released), flags: [], resolutionId }]);
  }
}

async function give(tables: Tables, desk: Desk, transaction: Transaction, target: BareObligation, resolution: Resolution): Promise<void> {
  const office = { agencies: await tables.agencies.list(), accounts: await tables.accounts.list() };
  const offers = desk.offersOf(target.id);
  const agency = office.agencies.find((known) => known.code === target.agencyCode);
  desk.allot(target.id, [
    {
      source: { transactionId: transaction.id },
      ...wayOf(transaction, offers, agency?.dynamicQrFlag ?? 0),
      paidAt: transaction.bankTime,
      amount: resolution.amount,
      excess: zero,
      flags: odditiesOf(office, transaction, target, offers),
      resolutionId: resolution.id,
    },
  ]);
}

const refundOf = (ctx: Context, { id, transactionId, amount, reason, by, at }: Resolution): Refund => ({
  id: ctx.id('refund'),
  transactionId,
  resolutionId: id,
  amount,
  reason,
  state: 'requested',
  requestedBy: by,
  requestedAt: at,
  version: 1,
  tries: 0,
});

/** What a decision is announced as; `version` is that of the transaction: 1 as it came, one more with every decision. */
function eventsOf(transaction: Transaction, resolution: Resolution, version: number): NewEvent[] {
  const { action, amount, obligationId, at } = resolution;
  const about = {
    at,
    subjectId: transaction.id,
    ...(obligationId ? { obligationId } : {}),
    ...(transaction.agencyCode ? { agencyCode: transaction.agencyCode } : {}),
    version,
    payload: { id: transaction.id, action, amount, ...(obligationId ? { obligationId } : {}) },
  };
  return [{ type: 'transaction.resolved', ...about }];
}

/** Of an obligation for which the money came, whose payer hears of it. */
function askedEvents(
  transaction: Transaction,
  allocations: readonly Allocation[],
  refund: Refund | undefined,
  version: number,
): NewEvent[] {
  if (!refund) return [];
  const { amount, requestedAt: at } = refund;
  const obligationId = obligationBehind(allocations, amount);
  return [
    {
      type: 'refund.requested',
      at,
      subjectId: transaction.id,
      ...(obligationId ? { obligationId } : {}),
      ...(transaction.agencyCode ? { agencyCode: transaction.agencyCode } : {}),
      version,
      payload: { id: transaction.id, action: 'refund', amount, refundId: refund.id },
    },
  ];
}

/** The one that held too much of a credit, else one that it paid in part. */
export const obligationBehind = (allocations: readonly Allocation[], amount: Money): string | undefined =>
  excessToRelease(allocations, amount)[0]?.allocation.obligationId ?? (netBySource(allocations)[0] ?? allocations[0])?.obligationId;
