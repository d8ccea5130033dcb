// Notices of error: that an issued receipt is wrong, on which ground, and what follows from it.
import type { Instant } from './time';

/**
 * The grounds that rest on what a receipt must say (Decree 254/2026/NĐ-CP, Article 23; without it a receipt has no value, Article 26):
 * the organisation or its tax code, and the amount as money that was really collected; and the payer's name, which the law does not
 * demand and which we add ourselves. Lines and amounts cannot be typed anew: they are those of the obligation. To adjust (điều chỉnh) or to
 * cancel (hủy) a receipt is not offered: on which ground the law allows it is not known.
 */
export const noticeGrounds = ['collector', 'payer_name', 'money_taken_back'] as const;
export type NoticeGround = (typeof noticeGrounds)[number];

/** With these the receipt is replaced at once; money does not change. */
export const replacingGrounds = ['payer_name', 'collector'] as const satisfies readonly NoticeGround[];
export type ReplacingGround = (typeof replacingGrounds)[number];

export const noticeStates = ['requested', 'confirmed', 'refused'] as const;
export type NoticeState = (typeof noticeStates)[number];

export interface ReceiptNotice {
  id: string;
  receiptId: string;
  ground: NoticeGround;
  reason: string;
  /** A notice by which money changes is requested by one person and confirmed or refused by another. */
  state: NoticeState;
  givenBy: string;
  givenAt: Instant;
  decided?: { by: string; at: Instant };
}
