// The contract of the statement readers: the bytes of a bank's file in, its rows out in their order, in our common form.
import type { Money } from '../domain/money';
import type { StatedTotals } from '../domain/statement';
import type { Day, Instant } from '../domain/time';

export { headerForm } from '../domain/headerForm';

/** One movement that the bank lists. */
export interface StatementRow {
  /** Where it stands in the file, from 1, as a person who opens the file counts; of camt.053 and MT940 its place among the entries. */
  row: number;
  direction: 'in' | 'out';
  /** Always positive; `direction` is the sign. */
  amount: Money;
  /** The bank's booking day. */
  day: Day;
  /** With the time, where the bank tells one; else the beginning of the day in Vietnam. */
  bookedAt: Instant;
  /** As written, leading zeros kept. */
  bankReference?: string;
  /** In one line, NFC. */
  content: string;
  balanceAfter?: Money;
  payerName?: string;
  payerAccount?: string;
}

/** A row that is spoilt spoils itself only. */
export interface RejectedRow {
  row: number;
  why: RejectedReason;
  /** The cell that was not as expected, cut short. */
  cell?: string;
}

export const rejectedReasons = [
  'date_unreadable',
  'amount_unreadable',
  'amount_missing',
  'amount_both_sides',
  'amount_not_whole',
  'currency_foreign',
  'formula_cell',
  'row_too_wide',
  'text_too_long',
  /** its quotation marks or its tags make no sense */
  'row_unreadable',
  /** the file lists one movement twice, to its reference and balance: found when lines are kept */
  'row_repeated',
] as const;
export type RejectedReason = (typeof rejectedReasons)[number];

/** What a reader finds, some rows at a time; `bytesRead` of the file so far. */
export interface StatementBatch {
  rows: readonly StatementRow[];
  rejected: readonly RejectedRow[];
  bytesRead: number;
}

/** What a reader knows at the end. */
export interface StatementEnd {
  /** The name of the layout that it recognised, such as `vietcombank` or a layout's id. */
  layout: string;
  totals: StatedTotals;
  /** Movements that it gave. */
  rowCount: number;
  /** Rows that it rejected. */
  rejectedCount: number;
}

export const statementColumns = [
  'day',
  'time',
  'reference',
  'content',
  'debit',
  'credit',
  'amount',
  'direction',
  'balance',
  'payerName',
  'payerAccount',
] as const;
export type StatementColumn = (typeof statementColumns)[number];

/** A layout of tables as data: which header text stands over what. One bank may have several. */
export interface StatementLayout {
  /** `vietcombank`, or the id of a layout that a person has mapped. */
  name: string;
  /** Header texts by column, each in its normal form (`headerForm`); a header cell fits that begins with one of them. */
  headers: Partial<Record<StatementColumn, readonly string[]>>;
  /** Whether `Nợ`/`debit` is money that leaves our account (the holder's view) or that comes (the bank's view). */
  debitIs: 'out' | 'in';
  /** Blank dates repeat the one above. */
  fillsDatesDown?: boolean;
  /**
   * Header texts of columns with fees and taxes, in the same form: a row moves the balance once, by its debit with them, under one reference.
   * Their stated sums count with the stated debits.
   */
  charges?: readonly string[];
  /** Money that leaves is written with a minus sign in its own column too; where it is not so, a negative amount is rejected. */
  signsDebits?: boolean;
}

/** Why no row of a file is read: the whole file is refused, with a sentence. */
export const refusedReasons = [
  'not_a_statement',
  'layout_unknown',
  'encrypted',
  'old_excel',
  'doctype',
  'too_large',
  'too_many_rows',
  'too_deep',
  'archive_suspicious',
  'damaged',
  'account_foreign',
  'currency_foreign',
  /** several in one file, with days between them that none is of */
  'days_missing',
] as const;
export type RefusedReason = (typeof refusedReasons)[number];

/** `headers`: of a file whose layout is unknown, the cells of what looks like its header row, with some rows below, for a person to map. */
export class StatementRefused extends Error {
  constructor(
    readonly reason: RefusedReason,
    readonly detail?: string,
    readonly sample: readonly (readonly string[])[] = [],
  ) {
    super(detail ? `${reason}: ${detail}` : reason);
    this.name = 'StatementRefused';
  }
}

/**
 * Reads a statement of any known bank or form: XLSX, CSV, an HTML table called `.xls`, MT940 or camt.053. `layouts`: those that people
 * have mapped, beside the known ones. Gives batches of some thousand rows and returns what it knows at the end. Throws StatementRefused.
 */
export type ReadStatement = (
  bytes: AsyncIterable<Uint8Array>,
  layouts: readonly StatementLayout[],
) => AsyncGenerator<StatementBatch, StatementEnd, undefined>;
