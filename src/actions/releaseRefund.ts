// Ends a refund that did not come about: its money waits for a home again, and another refund may be asked for.
import type { Context, Tables } from '../context';
import type { Refund, RefundStep } from '../domain/refund';
import { signatureOf } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demand } from './demand';
import { openRefund, takeStep, type OpenRefund, type RefundOpening } from './openRefund';
import { takeBackIn } from './undoResolution';

/** The bank returned it, or nobody will send it. Throws refund_under_way while a gateway has not said what became of it. */
export async function failRefund(ctx: Context, { reason, ...opening }: RefundOpening & { reason: string }): Promise<OpenRefund> {
  demand(opening.actor, 'request_refunds');
  const failed = await ctx.store.transact(async (tables) => {
    const open = await openRefund(ctx, tables, opening);
    if (open.refund.tryAt !== undefined) throw new Problem('refund_under_way');
    await failIn(ctx, tables, open.refund, open.transaction, { by: signatureOf(opening.actor), reason });
    return openRefund(ctx, tables, { actor: opening.actor, refundId: open.refund.id });
  });
  ctx.bell.ring();
  return failed;
}

/** The same within the caller's transaction. */
export async function failIn(
  ctx: Context,
  tables: Tables,
  { tryAt: _, ...refund }: Refund,
  transaction: Transaction,
  who: Pick<RefundStep, 'by'> & { reason: string },
): Promise<void> {
  await takeStep(ctx, tables, refund, 'fail', { state: 'failed' }, who);
  await releaseIn(ctx, tables, refund, transaction, who);
}

/** Takes the decision behind a refund back by an opposite one. */
export async function releaseIn(
  ctx: Context,
  tables: Tables,
  { resolutionId }: Refund,
  transaction: Transaction,
  who: Pick<RefundStep, 'by'> & { reason: string },
): Promise<void> {
  const allocations = await tables.allocations.ofTransactions([transaction.id]);
  const resolutions = await tables.resolutions.ofTransactions([transaction.id]);
  const decision = resolutions.find(({ id }) => id === resolutionId);
  if (!decision) throw new Error(`a refund without its decision ${resolutionId}`);
  const freed = allocations.filter((one) => one.resolutionId === decision.id);
  await takeBackIn(ctx, tables, { transaction, allocations, resolutions }, { decision, allocations: freed }, who);
}
