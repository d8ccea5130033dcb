// Looks a receipt up for anybody who holds it: by the code that it carries, without signing in and without a word of persons.
import type { Context } from '../context';
import { plainLookupCode } from '../domain/lookupCode';
import type { ReceiptRecord } from '../domain/receiptRecord';
import { receiptStatusOf, type ReceiptStatus } from '../domain/receiptRecord';
import type { ReceiptSignature } from '../domain/receiptSignature';
import type { Day } from '../domain/time';
import { dayOf } from '../domain/time';
import { Problem } from '../problems';
import { checkReceipt } from './seeReceipt';

/** `unsigned`: issued, and not signed yet. `broken`: do not believe it. */
export type Verdict = ReceiptStatus | 'unsigned' | 'broken';

export interface PublicReceipt {
  verdict: Verdict;
  symbol: string;
  number: number;
  kind: ReceiptRecord['content']['kind'];
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
  const receipt = await ctx.store.tables.receipts.findByLookupCode(plainLookupCode(code));
  if (!receipt) throw new Problem('receipt_unknown');
  const { signature, signed, broken } = await checkReceipt(ctx, receipt);
  const { symbol, number, kind, total, issuedAt, collector, replaces } = signed ?? receipt.content;
  return {
    verdict: broken ? 'broken' : signature ? receiptStatusOf(receipt) : 'unsigned',
    symbol,
    number,
    kind,
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
