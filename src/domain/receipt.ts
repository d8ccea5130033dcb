// Receipts (biên lai thu phí, lệ phí điện tử): the numbered paper for a paid obligation, one for its phí and one for its lệ phí.
import type { ChargedKind } from './fee';
import type { Money } from './money';
import type { Day, Instant } from './time';

/** Without a printed face value. Circular 91/2026/TT-BTC. */
export const receiptTemplate = 'EBL01';

/** What names a receipt on paper; a number is given once in a series. */
export interface ReceiptName {
  template: typeof receiptTemplate;
  /** Two digits of the year, `T`, two letters: `26TAB`. */
  symbol: string;
  number: number;
}

export interface ReceiptLine {
  feeId: string;
  name: string;
  quantity: number;
  /** What was paid for it, after preferences. */
  amount: Money;
}

export const receiptMethodKinds = ['transfer', 'online', 'cash'] as const;
export type ReceiptMethod = (typeof receiptMethodKinds)[number];

/** All that a receipt says, frozen when it is issued. Decree 254/2026/NĐ-CP, Article 23. */
export interface ReceiptContent extends ReceiptName {
  kind: ChargedKind;
  /** The collecting organisation with its tax code, and the unit of it that collected. */
  collector: { name: string; taxCode: string; unit: string; unitCode: string };
  /** Not demanded by law; the applicant of the dossier. */
  payerName?: string;
  dossierCode: string;
  reference: string;
  lines: readonly ReceiptLine[];
  total: Money;
  /** One word for all, as the ratios count it. */
  method: ReceiptMethod;
  /** All ways in which it was paid, where there were several. */
  methods?: readonly ReceiptMethod[];
  issuedAt: Instant;
  /** The receipt that this one stands in for, and why. */
  replaces?: ReceiptName & { issuedOn: Day; reason: string };
  /** By which anybody may look it up; says nothing of persons. */
  lookupCode: string;
}
