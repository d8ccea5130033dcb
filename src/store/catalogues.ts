// Catalogues that were sent to be compared: their bytes until they have been read, how far that is, and the differences found.
import type { CatalogueFormat, CatalogueImport, CatalogueState, Difference, DifferenceKind, KeptDifference } from '../domain/catalogue';
import { isBad } from '../domain/catalogueRow';
import type { CatalogueDifference as DifferenceRow, CatalogueImport as Row, CataloguePart as PartRow } from './generated/client';
import { day, instant, isIn, json, optional } from './rows';
import type { Sql } from './sql';

/** How far a comparison is, and its end. */
export type CatalogueProgress = Pick<
  CatalogueImport,
  'state' | 'bytesRead' | 'rowsRead' | 'rowsAlike' | 'differenceCount' | 'problem' | 'endedAt'
>;

export function cataloguesTable(sql: Sql) {
  return {
    find: async (id: string): Promise<CatalogueImport | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM catalogue_import WHERE id = ?', id);
      return row && toImport(row);
    },

    /** Newest first. */
    list: async (limit: number): Promise<CatalogueImport[]> =>
      (await sql.all<Row>('SELECT * FROM catalogue_import ORDER BY id DESC LIMIT ?', limit)).map(toImport),

    /** The oldest that waits to be compared. */
    findWaiting: async (): Promise<CatalogueImport | undefined> => {
      const row = await sql.get<Row>(`SELECT * FROM catalogue_import WHERE state = 'waiting' ORDER BY id LIMIT 1`);
      return row && toImport(row);
    },

    findPart: async (importId: string, position: number): Promise<Uint8Array | undefined> =>
      (await sql.get<PartRow>('SELECT * FROM catalogue_part WHERE import_id = ? AND position = ?', importId, position))?.bytes,

    countDifferences: async (importId: string): Promise<Map<DifferenceKind, number>> => {
      const text = 'SELECT kind, count(*) AS n FROM catalogue_difference WHERE import_id = ? GROUP BY kind';
      const rows = await sql.all<{ kind: string; n: bigint }>(text, importId);
      return new Map(rows.map((row) => [row.kind as DifferenceKind, Number(row.n)]));
    },

    /** In the order of the rows; `after` is the position of the last one already seen. */
    listDifferences: async (importId: string, kind: DifferenceKind | undefined, limit: number, after = -1): Promise<KeptDifference[]> => {
      const ofKind = kind === undefined ? '' : 'AND kind = ?';
      const text = `SELECT * FROM catalogue_difference WHERE import_id = ? ${ofKind} AND position > ? ORDER BY position LIMIT ?`;
      return (await sql.all<DifferenceRow>(text, importId, ...(kind === undefined ? [] : [kind]), after, limit)).map(toDifference);
    },

    listDifferencesAt: async (importId: string, positions: readonly number[]): Promise<KeptDifference[]> => {
      const [where, ...values] = isIn('position', positions.map(String));
      const text = `SELECT * FROM catalogue_difference WHERE import_id = ? AND ${where} ORDER BY position`;
      return (await sql.all<DifferenceRow>(text, importId, ...values.map(Number))).map(toDifference);
    },

    /** The rows of these procedures that contradict an earlier one. */
    listContradictions: async (importId: string, procedureCodes: readonly string[]): Promise<KeptDifference[]> => {
      const [where, ...values] = isIn('procedure_code', procedureCodes);
      const text = `SELECT * FROM catalogue_difference WHERE import_id = ? AND kind = 'contradicts' AND ${where}`;
      return (await sql.all<DifferenceRow>(text, importId, ...values)).map(toDifference);
    },

    keep: (one: CatalogueImport) =>
      sql.run(
        `INSERT INTO catalogue_import (id, name, format, locality_code, compared_on, sha256, byte_count, part_count, kept_by, kept_at, state,
           bytes_read, rows_read, rows_alike, difference_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        one.id,
        one.name,
        one.format,
        one.localityCode,
        one.comparedOn,
        one.sha256,
        one.byteCount,
        one.partCount,
        one.keptBy,
        one.keptAt,
        one.state,
        one.bytesRead,
        one.rowsRead,
        one.rowsAlike,
        one.differenceCount,
      ),

    keepPart: (importId: string, position: number, bytes: Uint8Array) =>
      sql.run('INSERT INTO catalogue_part (import_id, position, bytes) VALUES (?, ?, ?)', importId, position, bytes),

    markArrived: (importId: string) =>
      sql.run(`UPDATE catalogue_import SET state = 'waiting' WHERE id = ? AND state = 'arriving'`, importId),

    /** Counts on from `from`: a difference that is kept already stays as it is. */
    appendDifferences: (importId: string, from: number, differences: readonly Difference[]) =>
      sql.each(
        `INSERT INTO catalogue_difference (import_id, position, kind, row_number, procedure_code, fee_id, body) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (import_id, position) DO NOTHING`,
        differences.map(({ kind, procedureCode, ...rest }, place) => [
          importId,
          from + place,
          kind,
          rest.row?.line ?? null,
          procedureCode,
          rest.here?.feeId ?? (rest.row && !isBad(rest.row) ? (rest.row.feeCode ?? null) : null),
          JSON.stringify(rest),
        ]),
      ),

    /** An import that has ended stays as it ended. */
    markProgress: (importId: string, progress: CatalogueProgress) =>
      sql.run(
        `UPDATE catalogue_import SET state = ?, bytes_read = ?, rows_read = ?, rows_alike = ?, difference_count = ?, problem = ?, ended_at = ?
         WHERE id = ? AND state = 'waiting'`,
        progress.state,
        progress.bytesRead,
        progress.rowsRead,
        progress.rowsAlike,
        progress.differenceCount,
        progress.problem ?? null,
        progress.endedAt ?? null,
        importId,
      ),

    /** Its bytes have been compared; what they were stays known by their hash. */
    markPartsRead: (importId: string) => sql.run('DELETE FROM catalogue_part WHERE import_id = ?', importId),
  };
}

const toImport = (row: Row): CatalogueImport => ({
  id: row.id,
  name: row.name,
  format: row.format as CatalogueFormat,
  localityCode: row.locality_code,
  comparedOn: day(row.compared_on),
  sha256: row.sha256,
  byteCount: Number(row.byte_count),
  partCount: Number(row.part_count),
  keptBy: row.kept_by,
  keptAt: instant(row.kept_at),
  state: row.state as CatalogueState,
  bytesRead: Number(row.bytes_read),
  rowsRead: Number(row.rows_read),
  rowsAlike: Number(row.rows_alike),
  differenceCount: Number(row.difference_count),
  ...optional('problem', row.problem),
  ...optional('endedAt', row.ended_at, instant),
});

const toDifference = (row: DifferenceRow): KeptDifference => ({
  ...json<Omit<Difference, 'kind' | 'procedureCode'>>(row.body),
  kind: row.kind as DifferenceKind,
  procedureCode: row.procedure_code,
  position: Number(row.position),
});
