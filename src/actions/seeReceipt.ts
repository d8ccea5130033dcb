// Shows a receipt, with what became of it and whether its signature holds.
import type { Context, ReadTables } from '../context';
import type { Handover } from '../domain/handover';
import { parseReceiptName } from '../domain/receiptName';
import type { ReceiptNotice } from '../domain/receiptNotice';
import type { ReceiptRecord } from '../domain/receiptRecord';
import type { ReceiptContent } from '../domain/receipt';
import type { ReceiptCheck, ReceiptSignature } from '../domain/receiptSignature';
import { faultsOf, receiptXml } from '../domain/receiptXml';
import type { Actor } from '../domain/role';
import type { Instant } from '../domain/time';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';
import { verifyReceiptXml } from './verifyReceiptXml';

/** A receipt whose signed text was read again. */
export interface CheckedReceipt {
  receipt: ReceiptRecord;
  /** The one that it stands in for. */
  replaced?: ReceiptRecord;
  /** Absent while it is not signed, and when the signature does not hold. */
  signature?: ReceiptSignature;
  /** What was really signed. */
  signed?: ReceiptContent;
  /** Why the signature does not hold. */
  broken?: Extract<ReceiptCheck, { ok: false }>['why'];
}

export interface ExplainedReceipt extends CheckedReceipt {
  notices: ReceiptNotice[];
  prints: { id: string; by: string; at: Instant }[];
  handover?: Handover;
}

/** By its name such as `26TAB-00000012`. Throws receipt_unknown, also for what the actor may not see. */
export async function seeReceipt(ctx: Context, actor: Actor, name: string): Promise<ReceiptRecord> {
  demand(actor, 'see_obligations');
  return receiptInSight(ctx.store.tables, actor, name);
}

export async function receiptInSight(
  tables: Pick<ReadTables, 'receipts' | 'agencies'>,
  actor: Actor,
  name: string,
): Promise<ReceiptRecord> {
  const named = parseReceiptName(name);
  const receipt = named && (await tables.receipts.findNamed(named.symbol, named.number));
  await demandSight(tables, actor, receipt?.agencyCode, 'receipt_unknown');
  if (!receipt) throw new Problem('receipt_unknown');
  return receipt;
}

/** Everything about it, for those who work with it. */
export async function explainReceipt(ctx: Context, actor: Actor, name: string): Promise<ExplainedReceipt> {
  const receipt = await seeReceipt(ctx, actor, name);
  const { receiptNotices, receipts, receiptHandovers } = ctx.store.tables;
  const handover = await receiptHandovers.find(receipt.id);
  return {
    ...(await checkReceipt(ctx, receipt)),
    notices: await receiptNotices.ofReceipt(receipt.id),
    prints: await receipts.listPrints(receipt.id),
    ...(handover ? { handover } : {}),
  };
}

/** Reads its signed text again: what is shown as genuine is what was signed, not what a table says. */
export async function checkReceipt(ctx: Context, receipt: ReceiptRecord): Promise<CheckedReceipt> {
  const { receipts, collectors } = ctx.store.tables;
  const replaced = receipt.replacesId === undefined ? undefined : await receipts.find(receipt.replacesId);
  const xml = await receipts.findXml(receipt.id);
  const known = { receipt, ...(replaced ? { replaced } : {}) };
  if (xml === undefined) return known;
  const certificates = (await collectors.listCertificates()).map(({ certificatePem }) => certificatePem);
  const check = verifyReceiptXml(xml, certificates);
  if (!check.ok) return { ...known, broken: check.why };
  if (!isSame(check.content, receipt.content)) return { ...known, broken: 'signature_broken' };
  return { ...known, signature: check.signature, signed: check.content };
}

/** Whether the signed text says of this receipt just what the tables say. */
const isSame = (signed: ReceiptContent, kept: ReceiptContent): boolean =>
  faultsOf(kept).length === 0 && receiptXml(kept) === receiptXml(signed);
