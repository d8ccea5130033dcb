// Workbooks: the sheets of an XLSX file as tables of rows.
import type { RowPiece } from '../cell';
import { gathered } from '../chunks';
import { mostRows } from '../limits';
import { StatementRefused } from '../reader';
import { maxArchiveBytes, openArchive } from './archive';
import { sheetRows } from './sheet';
import { openWorkbook } from './workbook';

/** Each sheet in its order. The rows of a later sheet are counted on from the one before, so that every row has its own number. */
export async function* sheetsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<AsyncIterable<RowPiece>, undefined, undefined> {
  const bytes = await gathered(chunks, maxArchiveBytes);
  const archive = await openArchive(bytes);
  const workbook = await openWorkbook(archive);
  const total = workbook.sheets.reduce((sum, name) => sum + archive.inflatedBytes(name), 0) || 1;
  let lastRow = 0;
  let inflatedBefore = 0;
  for (const name of workbook.sheets) {
    const firstRow = lastRow;
    const inflated = inflatedBefore;
    yield (async function* () {
      for await (const piece of sheetRows(archive, name, workbook, firstRow)) {
        lastRow = piece.rows.at(-1)?.row ?? lastRow;
        if (lastRow > 4 * mostRows) throw new StatementRefused('too_many_rows');
        yield { rows: piece.rows, bytesRead: Math.round((bytes.length * (inflated + piece.bytesRead)) / total) };
      }
    })();
    inflatedBefore += archive.inflatedBytes(name);
  }
  return undefined;
}
