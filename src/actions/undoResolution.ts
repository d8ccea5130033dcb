// Takes back what was decided about a transaction last, or what the service matched by itself, by new and opposite facts.
import type { Context, Tables } from '../context';
import { netBySource, type Allocation } from '../domain/allocation';
import type { NewEvent } from '../domain/event';
import { receivable, reversed, unapplied, type Entry, type Posting } from '../domain/ledger';
import { smaller, zero } from '../domain/money';
import { isSettled, outstandingOf, type BareObligation } from '../domain/obligation';
import { amountOf, matchOf, nextMoment, undoableOf, type Resolution, type Undoable } from '../domain/resolution';
import { signatureOf } from '../domain/role';
import { holderOf, type Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demand } from './demand';
import { markTransaction } from './markTransaction';
import { openDesk, type Desk } from './openDesk';
import { openTransaction, type Opening, type OpenTransaction } from './openTransaction';
import { oneTransaction, type SeenTransaction } from './seeTransaction';

export interface TakingBack extends Opening {
  reason: string;
}

/**
 * The transaction afterwards. Throws resolution_unknown when nothing is left to take back, and obligation_issued_again where an
 * obligation would ask for a fee that another one asks for by now.
 */
export async function undoResolution(ctx: Context, taking: TakingBack): Promise<SeenTransaction> {
  demand(taking.actor, 'resolve');
  const seen = await ctx.store.transact(async (tables) => {
    const about = await openTransaction(tables, taking);
    const undoable = undoableOf(about.allocations, about.resolutions);
    if (!undoable) throw new Problem('resolution_unknown');
    const by = signatureOf(taking.actor);
    if (undoable.decision?.action === 'refund') await withdrawRefund(ctx, tables, undoable.decision.id, { reason: taking.reason, by });
    await takeBackIn(ctx, tables, about, undoable, { reason: taking.reason, by });
    return oneTransaction(tables, about.transaction.id);
  });
  ctx.bell.ring();
  return seen;
}

/** Takes this decision back, or what was matched, within the caller's transaction. Throws transaction_changed where somebody did so. */
export async function takeBackIn(
  ctx: Context,
  tables: Tables,
  { transaction, resolutions }: OpenTransaction,
  undoable: Undoable,
  { reason, by }: Pick<Resolution, 'reason' | 'by'>,
): Promise<void> {
  const { decision: last, allocations: taken } = undoable;
  const undo: Resolution = {
    id: ctx.id('resolution'),
    transactionId: transaction.id,
    action: 'undo',
    amount: amountOf(undoable),
    reason,
    by,
    at: nextMoment(resolutions, ctx.now()),
    undoes: last?.id ?? matchOf(transaction.id),
  };
  if (!(await tables.resolutions.keep(undo))) throw new Problem('transaction_changed'); // two at once
  const news = await moveBack(tables, { transaction, last, taken, undo });
  await tables.events.append([...news, eventOf(transaction, undo, last, resolutions.length + 2)]);
}

interface Undone {
  transaction: Transaction;
  /** The decision that is taken back; undefined: what was matched. */
  last: Resolution | undefined;
  taken: readonly Allocation[];
  undo: Resolution;
}

async function moveBack(tables: Tables, { transaction, last, taken, undo }: Undone): Promise<NewEvent[]> {
  const obligationIds = [...new Set(taken.map((one) => one.obligationId))];
  const desk = await openDesk(tables, obligationIds, undo.at);
  for (const allocation of taken) desk.allot(allocation.obligationId, [opposite(allocation, undo.id)]);
  const flowed = await flowOver(tables, desk, taken, transaction, undo.id);
  const booked = last && last.action !== 'allocate' ? await tables.ledger.listByCauses([last.id]) : [];
  const postings = [...postingsOfUndo(transaction, booked, taken), ...flowed.postings];
  desk.post({ cause: 'resolution', causeId: undo.id, postings });
  const news = await desk.write();
  for (const id of obligationIds) await claimFees(tables, desk.obligationOf(id));
  for (const other of [{ ...transaction, why: 'taken_back' as const }, ...flowed.others]) await markTransaction(tables, other);
  return news;
}

/** What asks for money again asks for its fees alone; those that are settled by now let go of theirs first. */
async function claimFees(tables: Tables, obligation: BareObligation): Promise<void> {
  if (isSettled(obligation)) return;
  await tables.obligations.markSettledReissuable(obligation.dossierId);
  const other = await tables.obligations.claimFees(obligation.id);
  if (other) throw new Problem('obligation_issued_again', other);
}

const opposite = (allocation: Allocation, resolutionId: string): Allocation => ({
  ...allocation,
  amount: zero.minus(allocation.amount),
  excess: zero.minus(allocation.excess),
  flags: [],
  resolutionId,
});

/** The books of what is taken back, turned round; what had been too much was unapplied already. */
function postingsOfUndo(transaction: Transaction, booked: readonly Entry[], taken: readonly Allocation[]): Posting[] {
  const allocated = taken
    .filter(({ amount }) => amount.isPositive())
    .map(({ obligationId, amount }) => ({ debit: unapplied(holderOf(transaction)), credit: receivable(obligationId), amount }));
  return reversed([...allocated, ...booked.flatMap(({ postings }) => postings)]);
}

/**
 * An obligation that lost money takes what credits have brought it too much, the earliest first: others, and also this one where a
 * decision is taken back that had freed its excess, and the obligation lost its first payment meanwhile.
 */
async function flowOver(tables: Tables, desk: Desk, taken: readonly Allocation[], transaction: Transaction, resolutionId: string) {
  const postings: Posting[] = [];
  const others = new Map<string, Transaction>();
  for (const obligationId of new Set(taken.map((one) => one.obligationId))) {
    for (const credit of netBySource(desk.allocationsOf(obligationId))) {
      const moved = smaller(credit.excess, outstandingOf(desk.obligationOf(obligationId)));
      if (!moved.isPositive() || !('transactionId' in credit.source)) continue;
      const { transactionId } = credit.source;
      const source = transactionId === transaction.id ? transaction : await tables.transactions.find(transactionId);
      if (!source) throw new Error(`an allocation without its transaction ${transactionId}`);
      desk.allot(obligationId, [{ ...credit, amount: moved, excess: zero.minus(moved), flags: [], resolutionId }]);
      postings.push({ debit: unapplied(holderOf(source)), credit: receivable(obligationId), amount: moved });
      if (source !== transaction) others.set(source.id, source);
    }
  }
  return { postings, others: [...others.values()] };
}

async function withdrawRefund(
  ctx: Context,
  tables: Tables,
  resolutionId: string,
  { reason, by }: Pick<Resolution, 'reason' | 'by'>,
): Promise<void> {
  const refund = await tables.refunds.findByResolution(resolutionId);
  if (!refund) return;
  if (refund.state !== 'requested') throw new Problem('refund_decided');
  const after = { ...refund, state: 'withdrawn' as const, version: refund.version + 1 };
  const step = {
    refundId: refund.id,
    version: after.version,
    act: 'withdraw' as const,
    from: refund.state,
    to: after.state,
    by,
    at: ctx.now(),
    reason,
  };
  if (!(await tables.refunds.mark(after, step))) throw new Problem('refund_decided');
}

/** Who listens hears that the money waits again, and what was taken back. */
const eventOf = (transaction: Transaction, undo: Resolution, last: Resolution | undefined, version: number): NewEvent => ({
  type: 'transaction.unapplied',
  at: undo.at,
  subjectId: transaction.id,
  ...(transaction.agencyCode ? { agencyCode: transaction.agencyCode } : {}),
  version,
  payload: {
    id: transaction.id,
    amount: transaction.amount,
    bankTime: transaction.bankTime,
    why: 'taken_back',
    takenBack: last?.action ?? 'match',
    amountTakenBack: undo.amount,
  },
});
