// One row of a table that somebody sent, as text by column, or why it cannot be read; a bad row spoils only itself.

/** `line`: where it begins; of JSON, which record it is, counted from 1. */
export type RawRow =
  | { readonly line: number; readonly cells: Readonly<Record<string, string>> }
  | { readonly line: number; readonly fault: RowFault; readonly text: string };

/** `quotes`: a quotation mark that does not close; `columns`: more or fewer cells than the header; `shape`: not what a row looks like. */
export type RowFault = 'quotes' | 'columns' | 'shape' | 'too_long';

/** Takes a text in pieces, as they come, and gives the rows that are complete. Throws NoTable where the text as a whole is none. */
export interface RowReader {
  take(piece: string): RawRow[];
  /** What was left when the text ended. */
  end(): RawRow[];
}

/** What keeps a whole text from being a table. */
export const tableFaults = [
  'empty',
  'header',
  'not_a_list',
  'too_many_rows',
  'encoding',
  /** its end is missing */
  'truncated',
  /** it has rows, and none of them can be read */
  'no_row_readable',
] as const;
export type TableFault = (typeof tableFaults)[number];

/** The text has no header, or is no list. */
export class NoTable extends Error {
  constructor(readonly why: TableFault) {
    super(why);
  }
}

/** The longest row that is read, in characters: above all because one open quotation mark would else swallow the file. */
export const longestRow = 20_000;
export const shownOfBadRow = 200;

export const badRow = (line: number, fault: RowFault, text: string): RawRow => ({ line, fault, text: text.slice(0, shownOfBadRow) });
