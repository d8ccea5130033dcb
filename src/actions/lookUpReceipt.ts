// Looks a receipt up for anybody who holds it: by the code that it carries, without signing in and without a word of persons.
import type { Context } from '../context';
import { plainLookupCode } from '../domain/lookupCode';
import type { ReceiptRecord } from '../domain/receiptRecord';
import { receiptStatusOf, type ReceiptStatus } from '../domain/receiptRecord';
import type { ReceiptSignature } from '../domain/receiptSignature';
import type { Day } from '../domain/time';
import { dayOf } from '../domain/time';
import { Problem } from '../problems';
import { checkReceipt, type CheckedReceipt } from './seeReceipt';

/** `unsigned`: it stands, and is not signed yet. `broken`: do not believe it. */
export type Verdict = ReceiptStatus | 'unsigned' | 'broken';

export interface PublicReceipt {
  verdict: Verdict;
  symbol: string;
  number: number;
  kind: ReceiptRecord['content']['kind'];
  lines: ReceiptRecord['content']['lines'];
  total: ReceiptRecord['content']['total'];
  issuedOn: Day;
  organisation: string;
  taxCode: string;
  unit: string;
  replaces?: Pick<ReceiptRecord['content'], 'symbol' | 'number'>;
  replacedBy?: Pick<ReceiptRecord['content'], 'symbol' | 'number'>;
  signature?: ReceiptSignature;
}

/** Throws receipt_unknown: whatever the code looks like, it was looked for in the same way. */
export async function lookUpReceipt(ctx: Context, code: string): Promise<PublicReceipt> {
  const { receipt, signature, signed, broken } = await receiptByCode(ctx, code);
  const status = receiptStatusOf(receipt);
  const { symbol, number, kind, lines, total, issuedAt, collector, replaces } = signed ?? receipt.content;
  return {
    verdict: broken ? 'broken' : status === 'issued' && !signature ? 'unsigned' : status,
    symbol,
    number,
    kind,
    lines,
    total,
    issuedOn: dayOf(issuedAt),
    organisation: collector.name,
    taxCode: collector.taxCode,
    unit: collector.unit,
    ...(replaces ? { replaces } : {}),
    ...(receipt.replacedBy ? { replacedBy: receipt.replacedBy } : {}),
    ...(signature ? { signature } : {}),
  };
}

/** All of it, for its files: whoever holds the code holds the receipt. Throws receipt_unknown. */
export async function receiptByCode(ctx: Context, code: string): Promise<CheckedReceipt> {
  const receipt = await ctx.store.tables.receipts.findByLookupCode(plainLookupCode(code));
  if (!receipt) throw new Problem('receipt_unknown');
  return checkReceipt(ctx, receipt);
}
