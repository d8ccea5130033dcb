// Compares a kept catalogue with our schedule, piece by piece: the differences are kept, the schedule is not touched.
import type { Context } from '../context';
import type { CatalogueImport, Difference } from '../domain/catalogue';
import { comparisonWith, type Comparison } from '../domain/catalogueComparison';
import { columnNamed, toCatalogueRow, type CatalogueColumn } from '../domain/catalogueRow';
import { csvReader } from '../domain/csvRows';
import type { Fee } from '../domain/fee';
import { jsonReader } from '../domain/jsonRows';
import { NoTable, type RawRow, type RowReader } from '../domain/rawRow';
import { Problem } from '../problems';

export const mostCatalogueRows = 100_000;
const proceduresAtOnce = 200;
const rowsAtOnce = 500;
const differencesAtOnce = 500;
/** A comparison that failed so often fails for ever, and others wait behind it. */
const mostTries = 5;
const needed: readonly CatalogueColumn[] = ['procedureCode', 'amount'];

/** Lets other requests go first, between two pieces of work. */
type Pause = () => Promise<void>;

/**
 * Compares the oldest catalogue that waits. False when none does. What broke off before is compared again, and kept once; `failures` counts
 * how often, by catalogue, until it is refused.
 */
export async function compareCatalogue(ctx: Context, pause: Pause, failures = new Map<string, number>()): Promise<boolean> {
  const catalogue = await ctx.store.tables.catalogues.findWaiting();
  if (!catalogue) return false;
  try {
    await compareAll(ctx, catalogue, pause);
  } catch (error) {
    const why = error instanceof NoTable ? error.why : 'broken';
    if (why === 'broken') {
      if (!isLastFailure(failures, catalogue.id, error)) throw error;
      ctx.log.error({ err: error, catalogue: catalogue.id }, 'a catalogue cannot be compared');
    }
    await endAs(ctx, catalogue.id, why);
  }
  await ctx.store.transact((tables) => tables.catalogues.markPartsRead(catalogue.id));
  return true;
}

/** A store that is busy is no fault of the catalogue. */
function isLastFailure(failures: Map<string, number>, id: string, error: unknown): boolean {
  if (error instanceof Problem && error.code === 'store_busy') return false;
  const count = (failures.get(id) ?? 0) + 1;
  failures.set(id, count);
  return count >= mostTries;
}

async function compareAll(ctx: Context, catalogue: CatalogueImport, pause: Pause): Promise<void> {
  const { id, localityCode, comparedOn: on, format } = catalogue;
  const comparison = comparisonWith({ fees: await allFees(ctx, pause), localityCode, on });
  const columns = new Set<CatalogueColumn>();
  let hasHeader = false;
  const columnOf = (header: string): CatalogueColumn | undefined => {
    hasHeader = format === 'csv';
    const column = columnNamed(header);
    if (column) columns.add(column);
    return column;
  };
  const reader = format === 'csv' ? csvReader(columnOf) : jsonReader(columnOf);
  const progress = { ...catalogue };
  let [rows, bad] = [0, 0];
  const demandColumns = (rows: readonly RawRow[]): void => {
    if (hasHeader && !needed.every((column) => columns.has(column))) throw new NoTable('header');
    if (progress.rowsRead + rows.length > mostCatalogueRows) throw new NoTable('too_many_rows');
  };
  for await (const piece of piecesOf(ctx, catalogue, reader)) {
    const found = await compared(comparison, piece.rows, pause);
    rows += piece.rows.length;
    bad += found.differences.filter((one) => one.kind === 'bad_row').length;
    if (piece.bytesRead <= catalogue.bytesRead) continue; // compared and kept before it broke off
    demandColumns(piece.rows);
    const from = progress.differenceCount;
    progress.bytesRead = piece.bytesRead;
    progress.rowsRead += piece.rows.length;
    progress.rowsAlike += found.alike;
    progress.differenceCount += found.differences.length;
    await keepDifferences(ctx, id, from, found.differences, pause);
    await ctx.store.transact((tables) => tables.catalogues.markProgress(id, { ...progress, state: 'waiting' }));
  }
  if (rows > 0 && bad === rows) throw new NoTable('no_row_readable');
  const missing = comparison.missingThere();
  await keepDifferences(ctx, id, progress.differenceCount, missing, pause);
  const differenceCount = progress.differenceCount + missing.length;
  const endedAt = ctx.now();
  await ctx.store.transact((tables) => tables.catalogues.markProgress(id, { ...progress, differenceCount, state: 'done', endedAt }));
}

/** Counted only afterwards: what breaks off in between is kept again at the same positions, and so once. */
async function keepDifferences(ctx: Context, id: string, from: number, differences: readonly Difference[], pause: Pause): Promise<void> {
  for (let at = 0; at < differences.length; at += differencesAtOnce) {
    const slice = differences.slice(at, at + differencesAtOnce);
    await ctx.store.transact((tables) => tables.catalogues.appendDifferences(id, from + at, slice));
    await pause();
  }
}

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

async function compared(
  comparison: Comparison,
  rows: readonly RawRow[],
  pause: Pause,
): Promise<{ differences: Difference[]; alike: number }> {
  const found: Difference[][] = [];
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    found.push(...rows.slice(at, at + rowsAtOnce).map((row) => comparison.compare(toCatalogueRow(row))));
    await pause();
  }
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
    const nothing = { rowsAlike: 0, differenceCount: 0 }; // what was found before its fault was seen counts for nothing
    if (known) await tables.catalogues.markProgress(id, { ...known, ...nothing, state: 'refused', problem, endedAt });
  });
};
