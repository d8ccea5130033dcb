// Takes the confirmation of a refund back, by new and opposite facts: it waits for its movement again, and the wrong movement for its own word.
import type { Context, Tables } from '../context';
import { standingExplanations } from '../domain/explanation';
import { reversed } from '../domain/ledger';
import { mayFollow, type RefundStep } from '../domain/refund';
import { signatureOf } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { causeOfWord } from './confirmRefund';
import { demand } from './demand';
import { takeBackExplanationIn } from './explainTransaction';
import { announce, openRefund, takeStep, type OpenRefund, type RefundOpening } from './openRefund';
import { gatewaySigner } from './payBackRefunds';

/** Throws refund_step_unfit unless it was confirmed, and refund_confirmed_by_gateway where no person and no movement did so. */
export async function takeBackConfirmation(ctx: Context, { reason, ...opening }: RefundOpening & { reason: string }): Promise<OpenRefund> {
  const { actor } = opening;
  demand(actor, 'request_refunds');
  const open = await ctx.store.transact(async (tables) => {
    const { refund, transaction, steps } = await openRefund(ctx, tables, opening);
    if (!mayFollow(refund.state, 'take_back')) throw new Problem('refund_step_unfit');
    if (isGatewaysWord(steps)) throw new Problem('refund_confirmed_by_gateway');
    const who = { by: signatureOf(actor), reason };
    const isFirst = steps.every(({ act }) => act !== 'take_back');
    const booked = await tables.ledger.listByCauses([causeOfWord(refund), ...(isFirst ? [refund.id] : [])]); // the first was booked so once
    for (const explanation of standingExplanations(await tables.explanations.ofSubjects([refund.id]))) {
      await takeBackExplanationIn(ctx, tables, explanation, who);
      await markAgain(tables, await tables.transactions.find(explanation.transactionId));
    }
    const { confirmedAt: _, ...unconfirmed } = refund;
    const after = await takeStep(ctx, tables, unconfirmed, 'take_back', { state: 'sent' }, who);
    const postings = reversed(booked.flatMap((entry) => entry.postings));
    await tables.ledger.post([{ cause: 'refund', causeId: causeOfWord(after), createdAt: ctx.now(), postings }]);
    await announce(ctx, tables, 'refund.reopened', after, transaction);
    return openRefund(ctx, tables, { actor, refundId: refund.id });
  });
  ctx.bell.ring();
  return open;
}

/** Whether the gateway's own answer confirmed it: then no person erred. */
export const isGatewaysWord = (steps: readonly RefundStep[]): boolean =>
  steps.findLast(({ act }) => act === 'confirm')?.by === gatewaySigner;

/** What left a gateway's hands and is no refund of ours was taken from us. */
async function markAgain(tables: Tables, movement: Transaction | undefined): Promise<void> {
  if (movement && movement.accountId === undefined) await tables.transactions.mark(movement.id, 'outgoing', 'taken_back_by_gateway');
}
