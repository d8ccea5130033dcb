// Checks a signed receipt that somebody holds as a file: whether it is byte for byte what was signed here, and whether it still stands.
import type { Context } from '../context';
import { receiptStatusOf, type ReceiptRecord, type ReceiptStatus } from '../domain/receiptRecord';
import { namesInXml } from '../domain/receiptXmlReader';
import type { ReceiptSignature } from '../domain/receiptSignature';
import { checkReceipt } from './seeReceipt';

/** More than any receipt needs; larger files are not looked at. */
export const maxReceiptFileBytes = 1024 * 1024;

/** `altered`: it calls itself one of our receipts and is not what was signed. `foreign`: it is none of ours. */
export type FileVerdict =
  | { kind: 'genuine'; receipt: ReceiptRecord; status: ReceiptStatus; signature: ReceiptSignature }
  | { kind: 'altered' }
  | { kind: 'foreign' };

/**
 * The file is compared with what was kept when it was signed, and that is verified anew: nothing of the file comes as far as an XML parser, and
 * nothing of it is kept.
 */
export async function checkReceiptFile(ctx: Context, bytes: Uint8Array): Promise<FileVerdict> {
  const xml = textIn(bytes);
  const receipt = xml === undefined ? undefined : await namedIn(ctx, xml);
  if (!receipt) return { kind: 'foreign' };
  const { receipts } = ctx.store.tables;
  if ((await receipts.findXml(receipt.id)) !== xml) return { kind: receipt.signedAt ? 'altered' : 'foreign' };
  const { signature } = await checkReceipt(ctx, receipt);
  return signature ? { kind: 'genuine', receipt, status: receiptStatusOf(receipt), signature } : { kind: 'altered' };
}

/** Undefined where it is no UTF-8; a mark at its beginning stays, for it was not signed. */
function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** By its look-up code, or else by its name: whichever of the two was left as it was. */
async function namedIn({ store: { tables } }: Context, xml: string): Promise<ReceiptRecord | undefined> {
  const { lookupCode, name } = namesInXml(xml);
  return (
    (lookupCode && (await tables.receipts.findByLookupCode(lookupCode))) ||
    (name && (await tables.receipts.findNamed(name.symbol, name.number))) ||
    undefined
  );
}
