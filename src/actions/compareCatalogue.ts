// Compares a kept catalogue with our schedule, piece by piece: the differences are kept, the schedule is not touched.
import type { Context } from '../context';
import type { CatalogueImport, Difference } from '../domain/catalogue';
import { comparisonWith, type Comparison } from '../domain/catalogueComparison';
import { columnNamed, toCatalogueRow, type CatalogueColumn } from '../domain/catalogueRow';
import { csvReader } from '../domain/csvRows';
import type { Fee } from '../domain/fee';
import { jsonReader } from '../domain/jsonRows';
import { NoTable, type RawRow, type RowReader } from '../domain/rawRow';

export const mostCatalogueRows = 100_000;
const proceduresAtOnce = 200;
const differencesAtOnce = 500;
const needed: readonly CatalogueColumn[] = ['procedureCode', 'amount'];

/** Lets other requests go first, between two pieces of work. */
type Pause = () => Promise<void>;

/** Compares the oldest catalogue that waits. False when none does. What broke off before is compared again, and kept once. */
export async function compareCatalogue(ctx: Context, pause: Pause): Promise<boolean> {
  const catalogue = await ctx.store.tables.catalogues.findWaiting();
  if (!catalogue) return false;
  try {
    await compareAll(ctx, catalogue, pause);
  } catch (error) {
    if (!(error instanceof NoTable)) throw error;
    await endAs(ctx, catalogue.id, error.why);
  }
  await ctx.store.transact((tables) => tables.catalogues.markPartsRead(catalogue.id));
  return true;
}

async function compareAll(ctx: Context, catalogue: CatalogueImport, pause: Pause): Promise<void> {
  const { localityCode, comparedOn: on, format } = catalogue;
  const comparison = comparisonWith({ fees: await allFees(ctx, pause), localityCode, on });
  const columns = new Set<CatalogueColumn>();
  const columnOf = (header: string): CatalogueColumn | undefined => {
    const column = columnNamed(header);
    if (column) columns.add(column);
    return column;
  };
  const reader = format === 'csv' ? csvReader(columnOf) : jsonReader(columnOf);
  const progress = { ...catalogue };
  const demandColumns = (rows: readonly RawRow[]): void => {
    const isHeaderRead = format === 'csv' && rows.length > 0;
    if (isHeaderRead && !needed.every((column) => columns.has(column))) throw new NoTable('header');
    if (progress.rowsRead + rows.length > mostCatalogueRows) throw new NoTable('too_many_rows');
  };
  for await (const piece of piecesOf(ctx, catalogue, reader)) {
    const found = compared(comparison, piece.rows);
    if (piece.bytesRead <= catalogue.bytesRead) continue; // compared and kept before it broke off
    demandColumns(piece.rows);
    const from = progress.differenceCount;
    progress.bytesRead = piece.bytesRead;
    progress.rowsRead += piece.rows.length;
    progress.rowsAlike += found.alike;
    progress.differenceCount += found.differences.length;
    await keepSlice(ctx, progress, from, found.differences);
    await pause();
  }
  await keepMissing(ctx, progress, comparison, pause);
}

async function keepMissing(ctx: Context, read: CatalogueImport, comparison: Comparison, pause: Pause): Promise<void> {
  const missing = comparison.missingThere();
  const progress = { ...read };
  for (let at = 0; at < missing.length; at += differencesAtOnce) {
    const slice = missing.slice(at, at + differencesAtOnce);
    const from = progress.differenceCount;
    progress.differenceCount += slice.length;
    await keepSlice(ctx, progress, from, slice);
    await pause();
  }
  const endedAt = ctx.now();
  await ctx.store.transact((tables) => tables.catalogues.markProgress(read.id, { ...progress, state: 'done', endedAt }));
}

const keepSlice = (ctx: Context, progress: CatalogueImport, from: number, differences: readonly Difference[]): Promise<void> =>
  ctx.store.transact(async (tables) => {
    await tables.catalogues.appendDifferences(progress.id, from, differences);
    await tables.catalogues.markProgress(progress.id, { ...progress, state: 'waiting' });
  });

/** The rows of each kept piece as they come, and how many bytes have been read; the last piece has what was left. */
async function* piecesOf(
  ctx: Context,
  catalogue: CatalogueImport,
  reader: RowReader,
): AsyncGenerator<{ rows: RawRow[]; bytesRead: number }> {
  const { id, partCount } = catalogue;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let bytesRead = 0;
  for (let position = 0; position < partCount; position++) {
    const bytes = await ctx.store.tables.catalogues.findPart(id, position);
    if (!bytes) throw new NoTable('empty');
    decoder ??= new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8', { fatal: true }); // as spreadsheets save it
    bytesRead += bytes.length;
    yield { rows: reader.take(decoded(decoder, bytes)), bytesRead };
  }
  const last = decoder ? decoded(decoder) : '';
  yield { rows: [...reader.take(last), ...reader.end()], bytesRead: bytesRead + 1 };
}

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes?: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    throw new NoTable('encoding');
  }
}

function compared(comparison: Comparison, rows: readonly RawRow[]): { differences: Difference[]; alike: number } {
  const found = rows.map((row) => comparison.compare(toCatalogueRow(row)));
  return { differences: found.flat(), alike: found.filter((differences) => differences.length === 0).length };
}

async function allFees(ctx: Context, pause: Pause): Promise<Fee[]> {
  const codes = (await ctx.store.tables.procedures.list()).map((procedure) => procedure.code);
  const fees: Fee[] = [];
  for (let at = 0; at < codes.length; at += proceduresAtOnce) {
    fees.push(...(await ctx.store.tables.procedures.listFeesOf(codes.slice(at, at + proceduresAtOnce))));
    await pause();
  }
  return fees;
}

const endAs = (ctx: Context, id: string, problem: string): Promise<void> => {
  const endedAt = ctx.now();
  return ctx.store.transact(async (tables) => {
    const known = await tables.catalogues.find(id);
    if (known) await tables.catalogues.markProgress(id, { ...known, state: 'refused', problem, endedAt });
  });
};
