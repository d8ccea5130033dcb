// The files of a receipt: its PDF, a recorded copy of it, and the signed XML that is the original.
import { receiptByCode } from '../actions/lookUpReceipt';
import { printReceipt, seePrintedReceipt } from '../actions/printReceipt';
import { checkReceipt, seeReceipt, type CheckedReceipt } from '../actions/seeReceipt';
import { receiptNameOf } from '../domain/receiptName';
import { receiptStatusOf, type ReceiptRecord } from '../domain/receiptRecord';
import { receiptMarks } from '../domain/receiptWords';
import { Problem } from '../problems';
import { receiptPdf } from './receiptPdf';
import type { OfficerVisit, Shown, Visit } from './screen';

const nameIn = ({ req }: OfficerVisit): string => String(req.params['number']);

/** Throws receipt_unsigned: before it is signed it is no receipt. */
export async function showReceiptPdf(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor } = visit;
  return pdfOf(visit, await checkReceipt(ctx, await seeReceipt(ctx, actor, nameIn(visit))), false);
}

export async function showReceiptXml(visit: OfficerVisit): Promise<Shown> {
  return xmlOf(visit, await seeReceipt(visit.ctx, visit.actor, nameIn(visit)));
}

async function xmlOf({ ctx }: Visit, receipt: ReceiptRecord): Promise<Shown> {
  const xml = await ctx.store.tables.receipts.findXml(receipt.id);
  if (xml === undefined) throw new Problem('receipt_unsigned');
  return { file: xml, type: 'application/xml', name: `${receiptNameOf(receipt.content)}.xml` };
}

const codeIn = ({ req }: Visit): string => String(req.params['code']);

/** For whoever has the code. Throws receipt_unknown, receipt_unsigned, receipt_broken. */
export const showPublicPdf = async (visit: Visit): Promise<Shown> => pdfOf(visit, await receiptByCode(visit.ctx, codeIn(visit)), false);

/** The same. */
export async function showPublicXml(visit: Visit): Promise<Shown> {
  const checked = await receiptByCode(visit.ctx, codeIn(visit));
  demandGenuine(checked);
  return xmlOf(visit, checked.receipt);
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

/** Throws receipt_unsigned, receipt_broken. */
function demandGenuine({ receipt, signature, signed }: CheckedReceipt): Required<Pick<CheckedReceipt, 'signature' | 'signed'>> {
  if (!signature || !signed) throw new Problem(receipt.signedAt ? 'receipt_broken' : 'receipt_unsigned');
  return { signature, signed };
}

async function pdfOf({ ctx }: Visit, checked: CheckedReceipt, isCopy: boolean): Promise<Shown> {
  const { receipt } = checked;
  const { signature, signed } = demandGenuine(checked);
  const verificationUrl = `${ctx.config.publicUrl}/receipt/${signed.lookupCode}`;
  const file = await receiptPdf(signed, { verificationUrl, signature, isCopy, mark: receiptMarks[receiptStatusOf(receipt)] });
  return { file, type: 'application/pdf', name: `${receiptNameOf(signed)}${isCopy ? '-ban-sao' : ''}.pdf` };
}
