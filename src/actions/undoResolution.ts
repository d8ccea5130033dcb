// Takes back what was decided about a transaction last, or what the service matched by itself, by new and opposite facts.
import type { Context, Tables } from '../context';
import { netBySource, sourceIdOf, type Allocation } from '../domain/allocation';
import { notOurs, receivable, refundable, reversed, unapplied, type Posting } from '../domain/ledger';
import { smaller, sumOf, zero } from '../domain/money';
import { outstandingOf } from '../domain/obligation';
import { matchOf, standingAmong, type Resolution } from '../domain/resolution';
import { signatureOf, type Actor } from '../domain/role';
import { holderOf, type Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demand } from './demand';
import { openDesk, type Desk } from './openDesk';
import { eventsOf, markTransaction, resolvable } from './resolveTransaction';
import { oneTransaction, type SeenTransaction } from './seeTransaction';

export interface TakingBack {
  actor: Actor;
  transactionId: string;
  reason: string;
}

/** The transaction afterwards. Throws resolution_unknown when nothing is left to take back. */
export async function undoResolution(ctx: Context, { actor, transactionId, reason }: TakingBack): Promise<SeenTransaction> {
  demand(actor, 'resolve');
  const at = ctx.now();
  const seen = await ctx.store.transact(async (tables) => {
    const { transaction, allocations, resolutions } = await resolvable(tables, actor, transactionId);
    const last = standingAmong(resolutions).at(-1);
    const taken = last ? allocations.filter((one) => one.resolutionId === last.id) : netBySource(allocations);
    if (!last && taken.length === 0) throw new Problem('resolution_unknown');
    const undo: Resolution = {
      id: ctx.id('resolution'),
      transactionId,
      action: 'undo',
      amount: last?.amount ?? sumOf(taken.map(({ amount, excess }) => amount.plus(excess))),
      reason,
      by: signatureOf(actor),
      at,
      undoes: last?.id ?? matchOf(transactionId),
    };
    await tables.resolutions.keep(undo);
    if (last?.action === 'refund') await withdrawRefund(tables, last.id);
    const desk = await openDesk(ctx, tables, [...new Set(taken.map((one) => one.obligationId))], at);
    for (const allocation of taken) desk.allot(allocation.obligationId, [opposite(allocation, undo.id)]);
    const flowed = await flowOver(tables, desk, taken, transactionId, undo.id);
    desk.post('resolution', undo.id, [...postingsOfUndo(transaction, last, taken), ...flowed.postings]);
    const news = await desk.write();
    for (const other of [{ ...transaction, why: 'taken_back' as const }, ...flowed.transactions]) await markTransaction(tables, other);
    await tables.events.append([...news, ...eventsOf(transaction, undo, resolutions.length + 1, at)]);
    return oneTransaction(tables, transactionId);
  });
  ctx.bell.ring();
  return seen;
}

const opposite = (allocation: Allocation, resolutionId: string): Allocation => ({
  ...allocation,
  amount: zero.minus(allocation.amount),
  excess: zero.minus(allocation.excess),
  flags: [],
  resolutionId,
});

/** The books of what is taken back, turned round; what had been too much was unapplied already. */
function postingsOfUndo(transaction: Transaction, last: Resolution | undefined, taken: readonly Allocation[]): Posting[] {
  const holder = holderOf(transaction);
  const credits = [
    ...taken.filter(({ amount }) => amount.isPositive()).map(({ obligationId, amount }) => ({ credit: receivable(obligationId), amount })),
    ...(last?.action === 'refund' ? [{ credit: refundable(holder), amount: last.amount }] : []),
    ...(last?.action === 'not_ours' ? [{ credit: notOurs(holder), amount: last.amount }] : []),
  ];
  return reversed(credits.map(({ credit, amount }) => ({ debit: unapplied(holder), credit, amount })));
}

/** An obligation that lost money takes what other credits had brought it too much, the earliest first. */
async function flowOver(tables: Tables, desk: Desk, taken: readonly Allocation[], transactionId: string, resolutionId: string) {
  const postings: Posting[] = [];
  const transactions: Transaction[] = [];
  for (const obligationId of new Set(taken.map((one) => one.obligationId))) {
    for (const credit of netBySource(desk.allocationsOf(obligationId))) {
      const moved = smaller(credit.excess, outstandingOf(desk.obligationOf(obligationId)));
      const other =
        moved.isPositive() && sourceIdOf(credit) !== transactionId ? await tables.transactions.find(sourceIdOf(credit)) : undefined;
      if (!other) continue;
      desk.allot(obligationId, [{ ...credit, amount: moved, excess: zero.minus(moved), flags: [], resolutionId }]);
      postings.push({ debit: unapplied(holderOf(other)), credit: receivable(obligationId), amount: moved });
      transactions.push(other);
    }
  }
  return { postings, transactions };
}

async function withdrawRefund(tables: Tables, resolutionId: string): Promise<void> {
  const refund = await tables.resolutions.findRefund(resolutionId);
  if (refund && !(await tables.resolutions.markRefund(refund.id, 'requested', 'withdrawn'))) throw new Problem('refund_decided');
}
