// A spreadsheet file of one sheet, from rows of texts.

/** XLSX. Every cell is text, as it is written: nothing of it is a formula. */
export async function spreadsheetOf(sheet: string, rows: readonly (readonly string[])[]): Promise<Buffer> {
  const { default: writeXlsx } = await import('write-excel-file/node');
  const cells = rows.map((row) => row.map((value) => ({ value, type: String })));
  return writeXlsx(cells, { sheet }).toBuffer();
}
