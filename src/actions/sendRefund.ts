// Sends an approved refund: through the gateway that holds the money, by a transfer of the unit, or by an order to the State Treasury.
import type { Context, ReadTables, Tables } from '../context';
import { payBackNow } from './payBackRefunds';
import type { Refund, RefundFile } from '../domain/refund';
import { codeRandomBytes, fileCode } from '../domain/refund';
import { sumOf } from '../domain/money';
import { signatureOf, type Actor } from '../domain/role';
import { addMs, dayOf } from '../domain/time';
import { Problem } from '../problems';
import { confirmIn, creditOf, paidBefore } from './confirmRefund';
import { demand, demandAccount } from './demand';
import { openRefund, takeStep, type OpenRefund, type RefundOpening } from './openRefund';
import { officeOf, payingAccount } from './refundWay';

/** For so long nobody else asks the gateway. */
const firstTryMs = 60_000;
/** Of one file: banks take a few hundred rows. */
export const mostInFile = 500;

/**
 * Sent, and where a gateway holds the money, asked of it after the commit: what it says comes back with the refund. `reason` names the
 * document where that is an order on paper. What the gateway has paid back before confirms it, and nothing is sent.
 */
export async function sendRefund(ctx: Context, { reason, ...opening }: RefundOpening & { reason?: string }): Promise<OpenRefund> {
  demand(opening.actor, 'request_refunds');
  const sent = await ctx.store.transact(async (tables) => {
    const open = await openRefund(ctx, tables, opening);
    const at = ctx.now();
    const { way } = open.refund;
    const paid = await paidBefore(tables, open.refund, open.transaction);
    const isTransfer = way === 'transfer' && !paid;
    const account = isTransfer ? payingAccount(await officeOf(tables), open.transaction, dayOf(at)) : undefined;
    if (isTransfer && !account) throw new Problem('account_unknown');
    const change = {
      ...{ state: 'sent' as const, sentAt: at },
      ...(way === 'gateway' && !paid ? { tryAt: addMs(at, firstTryMs), tries: 1 } : {}),
      ...(account ? { accountId: account.id } : {}),
    };
    const by = signatureOf(opening.actor);
    const after = await takeStep(ctx, tables, open.refund, 'send', change, { by, ...(reason ? { reason } : {}) });
    if (paid) await confirmIn(ctx, tables, after, open.transaction, paid, { by });
    return after;
  });
  if (sent.tryAt !== undefined) await payBackNow(ctx, sent);
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
    const refunds = (await listApproved(ctx, tables)).get(accountId) ?? [];
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

/** What may go into the next file of each account. What a gateway holds that knows no refund is paid from the account of the agency. */
export async function listApproved(ctx: Context, tables: ReadTables): Promise<Map<string, Refund[]>> {
  const office = await officeOf(tables);
  const approved = new Map<string, Refund[]>();
  for (const refund of await tables.refunds.list({ states: ['approved'], way: 'transfer' }, mostApproved)) {
    const credit = await creditOf(tables, refund);
    const account = payingAccount(office, credit, dayOf(ctx.now()));
    const own = account && (approved.get(account.id) ?? []);
    if (own && own.length < mostInFile && !(await paidBefore(tables, refund, credit))) approved.set(account.id, [...own, refund]);
  }
  return approved;
}

const mostApproved = 5_000;

async function freshCode(ctx: Context, tables: Tables): Promise<string> {
  for (;;) {
    const code = fileCode(ctx.random(codeRandomBytes));
    if (!(await tables.refunds.isCodeTaken(code))) return code;
  }
}
