// Asks for a refund of money that belongs to no obligation, and states the account that it goes to; another person approves it.
import type { Context, Tables } from '../context';
import type { Money } from '../domain/money';
import { isOwnAccount, payersAccount } from '../domain/refund';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand } from './demand';
import { openRefund, sealedAccount, takeStep, type OpenRefund, type RefundOpening } from './openRefund';
import { resolveIn } from './resolveTransaction';

/** Without an account number: the one that paid, as the bank told it. */
export interface StatedPayee {
  bankBin: string;
  accountNumber?: string;
  accountName?: string;
  /** By which document another account than the one that paid is known to be the payer's. */
  evidence?: string;
  /** The money is with the State Treasury already, and goes back by an order to it (procedure 3.000116). */
  isTreasury?: boolean;
}

export interface RefundRequest {
  actor: Actor;
  transactionId: string;
  /** Less than all that has no home. */
  amount?: Money;
  reason: string;
  decisionsSeen?: number;
  payee?: StatedPayee;
}

/** The refund, requested. Throws what `resolveTransaction` throws, and what `prepareRefund` throws where a payee is stated. */
export async function requestRefund(ctx: Context, { actor, payee, ...request }: RefundRequest): Promise<OpenRefund> {
  demand(actor, 'request_refunds');
  const asked = await ctx.store.transact(async (tables) => {
    const { resolutions } = await resolveIn(ctx, tables, { ...request, actor, action: 'refund' });
    const refund = await tables.refunds.findByResolution(resolutions.at(-1)?.id ?? '');
    if (!refund) throw new Error('a decision to refund without its refund');
    const open = await openRefund(ctx, tables, { actor, refundId: refund.id });
    return payee ? prepareIn(ctx, tables, open, actor, payee) : open;
  });
  ctx.bell.ring();
  return asked;
}

/**
 * States where it goes, once more where that was wrong: what was approved of it before counts no more. Throws refund_evidence_missing for another
 * account than the one that paid, or another holder, without a name and evidence.
 */
export async function prepareRefund(ctx: Context, { payee, ...opening }: RefundOpening & { payee: StatedPayee }): Promise<OpenRefund> {
  demand(opening.actor, 'request_refunds');
  const prepared = await ctx.store.transact(async (tables) =>
    prepareIn(ctx, tables, await openRefund(ctx, tables, opening), opening.actor, payee),
  );
  ctx.bell.ring();
  return prepared;
}

async function prepareIn(
  ctx: Context,
  tables: Tables,
  { refund, transaction }: OpenRefund,
  actor: Actor,
  { bankBin, evidence, isTreasury, ...stated }: StatedPayee,
): Promise<OpenRefund> {
  const accountNumber = stated.accountNumber ?? payersAccount(transaction);
  const accountName = stated.accountName ?? transaction.payerName;
  if (accountNumber === undefined || accountName === undefined) throw new Problem('refund_evidence_missing');
  const isOwn = isOwnAccount(transaction, { accountNumber, accountName });
  if (!isOwn && !evidence) throw new Problem('refund_evidence_missing');
  const by = signatureOf(actor);
  const after = await takeStep(
    ctx,
    tables,
    refund,
    'prepare',
    { way: isTreasury ? 'treasury' : 'transfer' },
    { by, ...(evidence ? { reason: evidence } : {}) },
  );
  await tables.refunds.keepPayee({
    ...{ refundId: refund.id, version: after.version, kind: isOwn ? 'own' : 'other', bankBin },
    ...{ sealed: sealedAccount(ctx, { accountNumber, accountName }), statedBy: by, statedAt: ctx.now() },
    ...(evidence ? { evidence } : {}),
  });
  return openRefund(ctx, tables, { actor, refundId: refund.id });
}
