// How much of a statement's file is read at most.

/** As many as a sheet of Excel has. */
export const mostRows = 1_048_576;
export const mostColumns = 200;
/** Characters of one row of a text file: above all because one open quotation mark would else swallow the file. */
export const longestRow = 20_000;
export const longestContent = 4_000;
/** Characters of a reference, a name or an account. */
export const longestName = 200;
/** Cells that a rejection quotes are cut here. */
export const shownOfCell = 120;
/** A header row that stands below this many rows is not found. */
export const mostRowsAboveHeader = 200;
export const deepestXml = 64;
/** Characters of XML or HTML in which nothing begins or ends. */
export const longestSilence = 1024 * 1024;
/** Rows of a batch, about. */
export const batchRows = 2_000;
