// The books of a day by name, and one row behind their sums.
import type { Money } from './money';
import type { DayBooks } from './reconciliation';
import type { Instant } from './time';

export const bookNames = [
  'owed',
  'paid',
  'received',
  'banked',
  'left',
  'receipted',
  'remitted',
  'refunded',
  'unapplied',
] as const satisfies readonly (keyof DayBooks)[];
export type BookName = (typeof bookNames)[number];

export interface BookRow {
  /** Of the obligation, transaction, line, receipt or explanation. */
  id: string;
  amount: Money;
  at: Instant;
  /** The dossier's code, the bank's reference, or the receipt's number. */
  name?: string;
  content?: string;
  transactionId?: string;
  /** Of a line: the statement in which it stands. */
  fileId?: string;
}
