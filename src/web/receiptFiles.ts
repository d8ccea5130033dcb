// The files of a receipt: its PDF, a recorded copy of it, and the signed XML that is the original.
import { printReceipt, seePrintedReceipt } from '../actions/printReceipt';
import { checkReceipt, seeReceipt, type CheckedReceipt } from '../actions/seeReceipt';
import { receiptNameOf } from '../domain/receiptName';
import { Problem } from '../problems';
import { receiptPdf } from './receiptPdf';
import type { OfficerVisit, Shown } from './screen';

const nameIn = ({ req }: OfficerVisit): string => String(req.params['number']);

/** Throws receipt_unsigned: before it is signed it is no receipt. */
export async function showReceiptPdf(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor } = visit;
  return pdfOf(visit, await checkReceipt(ctx, await seeReceipt(ctx, actor, nameIn(visit))), false);
}

export async function showReceiptXml(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor } = visit;
  const receipt = await seeReceipt(ctx, actor, nameIn(visit));
  const xml = await ctx.store.tables.receipts.findXml(receipt.id);
  if (xml === undefined) throw new Problem('receipt_unsigned');
  return { file: xml, type: 'application/xml', name: `${receiptNameOf(receipt.content)}.xml` };
}

/** Records the copy, then leads to it. */
export async function takePrint(visit: OfficerVisit): Promise<Shown> {
  const name = nameIn(visit);
  const printId = await printReceipt(visit.ctx, visit.actor, name);
  return { redirect: `/receipts/${name}/copies/${printId}` };
}

export async function showCopyPdf(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req } = visit;
  return pdfOf(visit, await seePrintedReceipt(ctx, actor, nameIn(visit), String(req.params['print'])), true);
}

async function pdfOf({ ctx }: OfficerVisit, { receipt, signature, signed }: CheckedReceipt, isCopy: boolean): Promise<Shown> {
  if (!signature || !signed) throw new Problem(receipt.signedAt ? 'receipt_broken' : 'receipt_unsigned');
  const verificationUrl = `${ctx.config.publicUrl}/receipt/${signed.lookupCode}`;
  const file = await receiptPdf(signed, { verificationUrl, signature, isCopy });
  return { file, type: 'application/pdf', name: `${receiptNameOf(signed)}${isCopy ? '-ban-sao' : ''}.pdf` };
}
