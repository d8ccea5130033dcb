// The papers of refunds and of money without a home, opened from their screens by those who work on them.
import { demand } from '../actions/demand';
import { dispositionOf } from '../actions/listDispositions';
import { seeRefund } from '../actions/seeRefund';
import { demandTransaction } from '../actions/seeTransaction';
import { Problem } from '../problems';
import { orderPdf, tracePdf } from './refundPaper';
import type { OfficerVisit, Shown } from './screen';

/** With the account that it goes to: only for those who send refunds, once it is approved. */
export async function showRefundOrder(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req } = visit;
  demand(actor, 'request_refunds');
  const { tables } = ctx.store;
  const seen = await seeRefund(ctx, { actor, refundId: String(req.params['id']) });
  const { refund, transaction } = seen;
  if (refund.code === undefined || refund.way === 'gateway' || refund.state === 'failed') throw new Problem('refund_step_unfit');
  const agency = (await tables.agencies.list()).find(({ code }) => code === transaction.agencyCode);
  const accountId = refund.accountId ?? transaction.accountId;
  const account = accountId === undefined ? undefined : await tables.accounts.find(accountId);
  const file = await orderPdf({ seen, agency, account, names: await tables.officers.listNames(), now: ctx.now() });
  return { file, type: 'application/pdf', name: `${refund.code}.pdf` };
}

export async function showTraceLetter(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req } = visit;
  demand(actor, 'resolve');
  const { tables } = ctx.store;
  const transaction = await demandTransaction(tables, actor, String(req.params['id']));
  const now = ctx.now();
  const { amount, dueOn } = await dispositionOf(tables, transaction, now);
  if (!amount.isPositive()) throw new Problem('transaction_already_resolved');
  const agency = (await tables.agencies.list()).find(({ code }) => code === transaction.agencyCode);
  const account = transaction.accountId === undefined ? undefined : await tables.accounts.find(transaction.accountId);
  const file = await tracePdf({ transaction, amount, dueOn, agency, account, now });
  return { file, type: 'application/pdf', name: `tra-soat-${transaction.id}.pdf` };
}
