// Papers: lists and minutes as one source of rows, from which the screen, the spreadsheet, the text file and the sheet of paper are all written.
import type { Money } from './money';
import type { Instant } from './time';

export const paperKinds = ['daily_list', 'minutes', 'cash_book', 'suspense', 'receipt_summary', 'declaration'] as const;
export type PaperKind = (typeof paperKinds)[number];

export const paperForms = ['xlsx', 'csv', 'pdf'] as const;
export type PaperForm = (typeof paperForms)[number];

/** A sheet of a spreadsheet holds no more. */
export const mostSheetRows = 1_048_576;

/** What stands in a column; days and moments are texts such as `2026-11-21` and instants in UTC. */
export type ColumnKind = 'place' | 'text' | 'count' | 'amount' | 'day' | 'moment';

export interface PaperColumn {
  /** By which its words are found. */
  name: string;
  kind: ColumnKind;
  /** Its part of the sheet's width. */
  width: number;
}

/** A value, or words of ours by their names. */
export type PaperCell = string | number | Money | { words: readonly string[] } | undefined;

export interface PaperRow {
  /** Under which of the sections it stands. */
  section: string;
  /** As many as there are columns. */
  cells: readonly PaperCell[];
  /** What rows above it add up to. */
  isSum?: boolean;
  /** Where the screen leads from its first text. */
  href?: string;
}

/** What stands above the rows. */
export interface PaperFrame {
  kind: PaperKind;
  /** Whose paper it is, and of which part of it. */
  unit: string;
  facts: readonly { name: string; value: string; kind: 'text' | 'day' | 'moment' | 'amount' }[];
  columns: readonly PaperColumn[];
  /** Who signs, by the names of their offices. */
  signers: readonly string[];
  /** Not signed by anybody yet. */
  isDraft?: boolean;
}

/** What stands below them. */
export interface PaperFoot {
  /** To which all forms of the paper tie; it is written in words too. */
  total: Money;
  rowCount: number;
}

/** Rows some hundred at a time; at the end what they make. */
export type PaperRows = AsyncGenerator<readonly PaperRow[], PaperFoot>;

export interface PaperSource {
  frame: PaperFrame;
  /** About how many there will be. */
  expected: number;
  rows(): PaperRows;
  /** What they make, for whoever does not read all of them. */
  foot(): Promise<PaperFoot>;
}

/** When it was printed and by whom. */
export interface Printed {
  at: Instant;
  by: string;
}

/** Its bytes, piece by piece. */
export type WritePaper = (form: PaperForm, source: PaperSource, printed: Printed) => AsyncGenerator<Uint8Array>;

/** Turns facts into rows, and knows at the end what they make. */
export interface PaperMaker<Fact> {
  rowsOf(facts: readonly Fact[]): PaperRow[];
  end(): { rows: PaperRow[]; foot: PaperFoot };
}

export const word = (...words: readonly string[]): PaperCell => ({ words });

/** A row that adds up: its name in one column, sums in others. */
export const sumRow = (section: string, columns: readonly PaperColumn[], cells: Readonly<Record<string, PaperCell>>): PaperRow => ({
  section,
  cells: columns.map(({ name }) => cells[name]),
  isSum: true,
});

/** What a maker makes of facts that are there at once. */
export function madeAtOnce<Fact>(maker: PaperMaker<Fact>, facts: readonly Fact[]): Omit<PaperSource, 'frame'> {
  const rows = maker.rowsOf(facts);
  const { rows: last, foot } = maker.end();
  return {
    expected: foot.rowCount,
    foot: () => Promise.resolve(foot),
    async *rows() {
      yield [...rows, ...last];
      return foot;
    },
  };
}
