// The books of a day by name, and one row behind their sums.
import type { Money } from './money';
import type { Counted, DayBooks } from './reconciliation';
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
  'apart',
] as const satisfies readonly (keyof DayBooks)[];
export type BookName = (typeof bookNames)[number];

/** What the account's unit was owed or took on the day beside this account: nobody has paid it yet, or it is in another's hands. */
export const besideNames = ['unpaid', 'cash', 'gateways'] as const;
export type BesideName = (typeof besideNames)[number];
export type Beside = Readonly<Record<BesideName, Counted>>;

export interface BookRow {
  /** Of the obligation, transaction, line, receipt, explanation, decision or taking of cash. */
  id: string;
  amount: Money;
  at: Instant;
  /** The dossier's code, the bank's reference, or the receipt's number. */
  name?: string;
  content?: string;
  transactionId?: string;
  /** Of a line: the statement in which it stands. */
  fileId?: string;
  /** Of cash: for which it was taken. */
  obligationId?: string;
}
