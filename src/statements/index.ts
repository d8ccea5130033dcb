// Reads a statement of any known form and layout: the one entry to this room.
import { readCamt053 } from './camt053';
import type { RowPiece } from './cell';
import { chunksOf, startingWith } from './chunks';
import { csvRows } from './csv';
import { formOf } from './form';
import { htmlRows } from './html';
import { bankLayouts } from './layouts';
import { readMt940 } from './mt940';
import { StatementRefused, type ReadStatement, type StatementBatch, type StatementEnd, type StatementLayout } from './reader';
import { TableReader } from './tableReader';
import { sheetsOf } from './xlsx';

/** A workbook that a password protects lies in a compound file under this name, in UTF-16. */
const protectedName = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * The form is told by the bytes; see ReadStatement. `layouts` come before the known ones where both fit a header as well. A refusal may come
 * after rows were given, where only the end of a file shows that it is damaged: then none of them counts.
 */
export const readStatement: ReadStatement = async function* (bytes, layouts) {
  const chunks = chunksOf(bytes);
  const first = await chunks.next();
  if (first.done === true) throw new StatementRefused('not_a_statement');
  const all = startingWith(first.value, chunks);
  const form = formOf(first.value);
  const known = [...layouts, ...bankLayouts];
  if (form === 'old_excel') throw await refusalOfOldExcel(all);
  if (form === 'camt053') return yield* readCamt053(all);
  if (form === 'mt940') return yield* readMt940(all);
  if (form === 'workbook') return yield* readTables(sheetsOf(all), known);
  return yield* readTables(alone(form === 'html' ? htmlRows(all) : csvRows(all, known)), known);
};

async function* readTables(
  tables: AsyncIterable<AsyncIterable<RowPiece>>,
  layouts: readonly StatementLayout[],
): AsyncGenerator<StatementBatch, StatementEnd, undefined> {
  const reader = new TableReader(layouts);
  let bytesRead = 0;
  for await (const table of tables) {
    reader.nextTable();
    for await (const piece of table) {
      bytesRead = piece.bytesRead;
      for (const row of piece.rows) reader.take(row);
      if (reader.isFull) yield reader.batch(bytesRead);
      if (reader.isLost) break;
    }
  }
  const end = reader.end();
  yield reader.batch(bytesRead);
  return end;
}

async function* alone(table: AsyncIterable<RowPiece>): AsyncGenerator<AsyncIterable<RowPiece>, undefined, undefined> {
  yield table;
  return undefined;
}

async function refusalOfOldExcel(chunks: AsyncIterable<Buffer>): Promise<StatementRefused> {
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (Buffer.concat([tail, chunk]).includes(protectedName)) return new StatementRefused('encrypted');
    tail = chunk.subarray(-protectedName.length);
  }
  return new StatementRefused('old_excel');
}
