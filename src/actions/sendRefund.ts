// Sends an approved refund: through the gateway that holds the money, by a transfer of the unit, or by an order to the State Treasury.
import type { Context, ReadTables, Tables } from '../context';
import { payBackNow } from './payBackRefunds';
import type { Refund, RefundFile } from '../domain/refund';
import { codeRandomBytes, fileCode } from '../domain/refund';
import { sumOf } from '../domain/money';
import { signatureOf, type Actor } from '../domain/role';
import { addMs } from '../domain/time';
import { Problem } from '../problems';
import { demand, demandAccount } from './demand';
import { openRefund, takeStep, type OpenRefund, type RefundOpening } from './openRefund';
import { payingAccount } from './refundWay';

/** For so long nobody else asks the gateway. */
const firstTryMs = 60_000;
/** Of one file: banks take a few hundred rows. */
export const mostInFile = 500;

/**
 * Sent, and where a gateway holds the money, asked of it after the commit: what it says comes back with the refund. `reason` names the
 * document where that is an order on paper.
 */
export async function sendRefund(ctx: Context, { reason, ...opening }: RefundOpening & { reason?: string }): Promise<OpenRefund> {
  demand(opening.actor, 'request_refunds');
  const sent = await ctx.store.transact(async (tables) => {
    const open = await openRefund(ctx, tables, opening);
    const at = ctx.now();
    const { way } = open.refund;
    const account = way === 'transfer' ? await payingAccount(tables, open.transaction, at) : undefined;
    if (way === 'transfer' && !account) throw new Problem('account_unknown');
    const change = {
      ...{ state: 'sent' as const, sentAt: at },
      ...(way === 'gateway' ? { tryAt: addMs(at, firstTryMs), tries: 1 } : {}),
      ...(account ? { accountId: account.id } : {}),
    };
    return takeStep(ctx, tables, open.refund, 'send', change, { by: signatureOf(opening.actor), ...(reason ? { reason } : {}) });
  });
  if (sent.way === 'gateway') await payBackNow(ctx, sent);
  ctx.bell.ring();
  return openRefund(ctx, ctx.store.tables, { actor: opening.actor, refundId: sent.id });
}

/**
 * All approved refunds that are paid from one account, as one file: each of them is sent by it, and so is in no other. Throws
 * account_unknown and refund_file_empty.
 */
export async function exportRefunds(ctx: Context, { actor, accountId }: { actor: Actor; accountId: string }): Promise<RefundFile> {
  demand(actor, 'request_refunds');
  const file = await ctx.store.transact(async (tables) => {
    await demandAccount(tables, actor, accountId);
    const refunds = await approvedFrom(ctx, tables, accountId);
    if (refunds.length === 0) throw new Problem('refund_file_empty');
    const at = ctx.now();
    const by = signatureOf(actor);
    const total = sumOf(refunds.map(({ amount }) => amount));
    const made = {
      id: ctx.id('refundFile'),
      code: await freshCode(ctx, tables),
      accountId,
      count: refunds.length,
      total,
      madeBy: by,
      madeAt: at,
    };
    await tables.refunds.keepFile(made);
    for (const refund of refunds) {
      await takeStep(ctx, tables, refund, 'send', { state: 'sent', sentAt: at, accountId, fileId: made.id }, { by, reason: made.code });
    }
    return made;
  });
  ctx.bell.ring();
  return file;
}

/** Those of gateways that know no refund are paid from the account of the agency. */
export async function approvedFrom(
  ctx: Context,
  tables: Pick<ReadTables, 'refunds' | 'transactions' | 'accounts' | 'agencies'>,
  accountId: string,
): Promise<Refund[]> {
  const approved = await tables.refunds.list({ states: ['approved'], way: 'transfer' }, mostApproved);
  const own: Refund[] = [];
  for (const refund of approved) {
    const transaction = await tables.transactions.find(refund.transactionId);
    const account = transaction && (await payingAccount(tables, transaction, ctx.now()));
    if (account?.id === accountId && own.length < mostInFile) own.push(refund);
  }
  return own;
}

const mostApproved = 5_000;

async function freshCode(ctx: Context, tables: Tables): Promise<string> {
  for (;;) {
    const code = fileCode(ctx.random(codeRandomBytes));
    if (!(await tables.refunds.isCodeTaken(code))) return code;
  }
}
