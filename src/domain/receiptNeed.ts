// Which receipts an obligation still needs: one for each kind of its lines once it is settled, and a new one where the last was found wrong.
import type { ReceiptDraft } from './receiptDraft';
import { receiptStatusOf, type ReceiptRecord } from './receiptRecord';

export interface ReceiptNeed {
  draft: ReceiptDraft;
  /** The receipt found wrong that the new one stands in for. */
  inError?: ReceiptRecord;
}

/** The receipt of each kind that no other replaced. */
export const latestOf = (receipts: readonly ReceiptRecord[]): ReceiptRecord[] => receipts.filter((receipt) => !receipt.replacedBy);

/**
 * What is to be issued for a settled obligation. Part payments get no receipt: the money is held for what is owed until it is whole, and the
 * receipt states the whole of it, once. Nothing is issued again while a receipt stands, however often the money moved since.
 */
export function receiptNeedsOf(drafts: readonly ReceiptDraft[], receipts: readonly ReceiptRecord[]): ReceiptNeed[] {
  const latest = latestOf(receipts);
  return drafts.flatMap((draft) => {
    const last = latest.find(({ content }) => content.kind === draft.kind);
    if (!last) return [{ draft }];
    return receiptStatusOf(last) === 'in_error' ? [{ draft, inError: last }] : [];
  });
}
