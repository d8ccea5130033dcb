// Receipts as they are kept: what was issued, for which obligation, and what became of it since.
import type { ReceiptContent, ReceiptName } from './receipt';
import type { NewEvent } from './event';
import { receiptNameOf } from './receiptName';
import type { ReceiptNotice } from './receiptNotice';
import type { Instant } from './time';

/** What was issued; never changes. */
export interface Receipt {
  id: string;
  obligationId: string;
  /** The agency whose collector it names. */
  collectorCode: string;
  /** The agency that collected. */
  agencyCode: string;
  counterId?: string;
  /** 0 for the original; each that replaces another is one more. */
  edition: number;
  replacesId?: string;
  dossierForm: string;
  content: ReceiptContent;
}

/** With what became of it. */
export interface ReceiptRecord extends Receipt {
  signedAt?: Instant;
  replacedBy?: Pick<ReceiptName, 'symbol' | 'number'>;
  /** The one that was not refused. */
  notice?: ReceiptNotice;
  /** Whether the money that it speaks of is there. */
  isSettled: boolean;
}

export const receiptStatuses = ['issued', 'in_error', 'replaced'] as const;
export type ReceiptStatus = (typeof receiptStatuses)[number];

/** Status is read, not set. */
export function receiptStatusOf({ replacedBy, notice }: Pick<ReceiptRecord, 'replacedBy' | 'notice'>): ReceiptStatus {
  if (replacedBy) return 'replaced';
  return notice?.state === 'confirmed' ? 'in_error' : 'issued';
}

/** Whether it says that money came which was taken back since, and no notice says so yet. */
export const isWithoutMoney = (receipt: Pick<ReceiptRecord, 'replacedBy' | 'notice' | 'isSettled'>): boolean =>
  !receipt.isSettled && receiptStatusOf(receipt) === 'issued';

/** What a list of receipts may be narrowed to; `replacing`: those that stand in for another. */
export const receiptStateFilters = ['issued', 'unsigned', 'money_gone', 'in_error', 'replaced', 'replacing'] as const;
export type ReceiptStateFilter = (typeof receiptStateFilters)[number];

/** What can be done about an error: nothing about a receipt that was replaced, and about each error once. */
export type CorrectionStep = 'replace' | 'give_notice' | 'decide_notice';

/** Without its money there is nothing to replace the receipt by. */
export function correctionStepOf(receipt: Pick<ReceiptRecord, 'replacedBy' | 'notice' | 'isSettled'>): CorrectionStep | undefined {
  if (receipt.replacedBy || receipt.notice?.state === 'confirmed') return undefined;
  if (receipt.notice) return 'decide_notice';
  return receipt.isSettled ? 'replace' : 'give_notice';
}

/** What is announced of a receipt; no person. */
export const receiptEvent = (receipt: Receipt): NewEvent => ({
  type: 'receipt.issued',
  at: receipt.content.issuedAt,
  subjectId: receipt.id,
  obligationId: receipt.obligationId,
  agencyCode: receipt.agencyCode,
  ...(receipt.counterId ? { counterId: receipt.counterId } : {}),
  version: 1,
  payload: {
    id: receipt.id,
    number: receiptNameOf(receipt.content),
    kind: receipt.content.kind,
    obligationId: receipt.obligationId,
    agencyCode: receipt.agencyCode,
    dossierCode: receipt.content.dossierCode,
    reference: receipt.content.reference,
    total: receipt.content.total,
    method: receipt.content.method,
    issuedAt: receipt.content.issuedAt,
    ...(receipt.content.replaces ? { replaces: receiptNameOf(receipt.content.replaces) } : {}),
  },
});
