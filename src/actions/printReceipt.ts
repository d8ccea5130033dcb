// Records that somebody prints a copy (bản sao) of a receipt: who, and when.
import type { Context } from '../context';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand } from './demand';
import { checkReceipt, receiptInSight, seeReceipt, type CheckedReceipt } from './seeReceipt';

/** Whoever inspects looks, and leaves no copies in the books. */
export const canPrintCopies = (actor: Actor): boolean => actor.kind === 'system' || actor.role !== 'inspector';

/** The id of the copy. Throws receipt_unknown, receipt_unsigned. */
export async function printReceipt(ctx: Context, actor: Actor, name: string): Promise<string> {
  demand(actor, 'see_obligations');
  if (!canPrintCopies(actor)) throw new Problem('role_insufficient');
  const id = ctx.id('receiptPrint');
  await ctx.store.transact(async (tables) => {
    const receipt = await receiptInSight(tables, actor, name);
    if (!receipt.signedAt) throw new Problem('receipt_unsigned');
    await tables.receipts.keepPrint({ id, receiptId: receipt.id, by: signatureOf(actor), at: ctx.now() });
  });
  return id;
}

/** What such a copy shows. Throws receipt_unknown where there is no such copy of it. */
export async function seePrintedReceipt(ctx: Context, actor: Actor, name: string, printId: string): Promise<CheckedReceipt> {
  const receipt = await seeReceipt(ctx, actor, name);
  const print = await ctx.store.tables.receipts.findPrint(printId);
  if (print?.receiptId !== receipt.id) throw new Problem('receipt_unknown');
  return checkReceipt(ctx, receipt);
}
