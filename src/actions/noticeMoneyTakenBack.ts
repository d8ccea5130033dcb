// Notice that the money of a receipt was taken back: requested by one person, confirmed or refused by another, because money changes.
import type { Context } from '../context';
import { isWithoutMoney } from '../domain/receiptRecord';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demandStep } from './correctReceipt';
import { demand } from './demand';
import { receiptInSight } from './seeReceipt';

export interface NoticeRequest {
  actor: Actor;
  name: string;
  reason: string;
}

/**
 * The receipt stands until a second person confirms. Throws receipt_unknown, receipt_replaced, receipt_notice_exists, and
 * receipt_money_there while its obligation is settled.
 */
export async function requestNotice(ctx: Context, { actor, name, reason }: NoticeRequest): Promise<void> {
  demand(actor, 'correct_receipts');
  await ctx.store.transact(async (tables) => {
    const receipt = await receiptInSight(tables, actor, name);
    demandStep(receipt, 'give_notice');
    const isFirst = await tables.receiptNotices.keep({
      id: ctx.id('receiptNotice'),
      receiptId: receipt.id,
      ground: 'money_taken_back',
      reason,
      state: 'requested',
      givenBy: signatureOf(actor),
      givenAt: ctx.now(),
    });
    if (!isFirst) throw new Problem('receipt_notice_exists'); // two at once
  });
}

export interface NoticeDecision {
  actor: Actor;
  name: string;
  decision: 'confirmed' | 'refused';
}

/**
 * Confirmed, the receipt counts no more; when the money comes again, a new one replaces it by itself. Refused, or withdrawn by whoever asked
 * for it, it stands. Throws
 * receipt_notice_unknown, second_person_required, and receipt_money_there where the money came again before it was confirmed.
 */
export async function decideNotice(ctx: Context, { actor, name, decision }: NoticeDecision): Promise<void> {
  demand(actor, 'correct_receipts');
  await ctx.store.transact(async (tables) => {
    const receipt = await receiptInSight(tables, actor, name);
    const { notice } = receipt;
    if (notice?.state !== 'requested') throw new Problem('receipt_notice_unknown');
    if (decision === 'confirmed' && notice.givenBy === signatureOf(actor)) throw new Problem('second_person_required');
    if (decision === 'confirmed' && receipt.isSettled) throw new Problem('receipt_money_there');
    const at = ctx.now();
    const isFirst = await tables.receiptNotices.markDecided(notice.id, decision, signatureOf(actor), at);
    if (!isFirst) throw new Problem('receipt_notice_unknown'); // two at once
    const all = await tables.receipts.ofObligations([receipt.obligationId]);
    if (!all.some(isWithoutMoney)) await tables.receiptNotices.markWaitsEnded([receipt.obligationId], at);
  });
}
