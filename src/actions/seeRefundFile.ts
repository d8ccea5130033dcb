// Shows files of transfers: what could go into the next one, those that were made, and one with its refunds and the accounts they go to.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import type { Payee, Refund, RefundFile } from '../domain/refund';
import type { Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand, demandAccount, sightOf } from './demand';
import { payeesOf } from './openRefund';
import { listApproved } from './sendRefund';
import { demandSightOfRefunds } from './seeRefund';
import { confirmedByMovement } from './takeBackConfirmation';

export interface RefundFiles {
  /** What each account could send now. */
  ready: { account: Account; refunds: Refund[] }[];
  /** The newest first. */
  files: RefundFile[];
}

const mostFiles = 200;

export async function listRefundFiles(ctx: Context, actor: Actor): Promise<RefundFiles> {
  demandSightOfRefunds(actor);
  const { tables } = ctx.store;
  const sight = await sightOf(tables, actor);
  const accounts = (await tables.accounts.list()).filter(
    ({ agencyCode, purpose }) => purpose === 'collection' && (sight?.includes(agencyCode) ?? true),
  );
  const approved = await listApproved(ctx, tables);
  const files = await tables.refunds.listFiles(
    accounts.map(({ id }) => id),
    mostFiles,
  );
  const ready = accounts.flatMap((account) => {
    const refunds = approved.get(account.id);
    return refunds ? [{ account, refunds }] : [];
  });
  return { ready, files };
}

export interface SeenRefundFile {
  file: RefundFile;
  account: Account | undefined;
  refunds: Refund[];
  /** What one movement confirmed, by that movement. */
  confirmed: ReadonlyMap<string, Refund[]>;
}

/** Throws refund_file_unknown, also for what the actor may not see. */
export async function seeRefundFile(ctx: Context, actor: Actor, id: string): Promise<SeenRefundFile> {
  demandSightOfRefunds(actor);
  const { tables } = ctx.store;
  const file = await tables.refunds.findFile(id);
  if (!file) throw new Problem('refund_file_unknown');
  await demandAccount(tables, actor, file.accountId);
  const refunds = await tables.refunds.ofFile(id);
  const account = await tables.accounts.find(file.accountId);
  return { file, account, refunds, confirmed: await confirmedByMovement(tables, refunds) };
}

/**
 * For the bank: with the accounts that it pays to. What was paid, or given up, since the file was made is not in it any more, so that it is
 * not paid again. Who took it is on record. Throws refund_file_empty.
 */
export async function takeRefundFile(
  ctx: Context,
  actor: Actor,
  id: string,
): Promise<{ file: RefundFile; rows: { refund: Refund; payee: Payee }[] }> {
  demand(actor, 'request_refunds');
  const seen = await seeRefundFile(ctx, actor, id);
  const { file } = seen;
  const refunds = seen.refunds.filter(({ state }) => state === 'sent');
  if (refunds.length === 0) throw new Problem('refund_file_empty');
  const payees = await payeesOf(
    ctx,
    ctx.store.tables,
    refunds.map((refund) => refund.id),
  );
  ctx.log.info({ fileId: id, by: actor.kind === 'person' ? actor.officerId : actor.name }, 'a file of transfers was taken');
  const rows = refunds.flatMap((refund) => {
    const payee = payees.get(refund.id);
    return payee ? [{ refund, payee }] : [];
  });
  return { file, rows };
}
