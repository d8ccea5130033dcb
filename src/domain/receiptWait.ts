// Waits: an obligation whose receipts are not as they should be, and why.
import type { Instant } from './time';

/**
 * No tax code is set for whoever collects there, or the year's symbols or numbers are used up: issued as soon as that is mended.
 * `failed`: a bug; tried again every hour.
 * `money_taken_back`: a receipt was issued, and the money went elsewhere since: a person gives notice of it.
 */
export const waitReasons = ['collector_missing', 'series_exhausted', 'money_taken_back', 'failed'] as const;
export type WaitReason = (typeof waitReasons)[number];

/** With these money was paid, and its receipt is not there. */
export const unissuedReasons = ['collector_missing', 'series_exhausted', 'failed'] as const satisfies readonly WaitReason[];

export interface ReceiptWait {
  obligationId: string;
  agencyCode: string;
  why: WaitReason;
  since: Instant;
}
