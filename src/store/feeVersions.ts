// Versions of fees as people drafted and decided them, and the frozen lines on which a draft can be tried.
import type { Channel, Fee } from '../domain/fee';
import type { FeeDecision, FeeVersion, Verdict } from '../domain/feeVersion';
import type { FeeItem } from '../domain/obligation';
import type { Day, Instant } from '../domain/time';
import type { FeeVersion as Row } from './generated/client';
import { toFeeItem } from './obligations';
import { allOf, day, instant, isIn, json, optional, type Condition } from './rows';
import type { Sql } from './sql';

export interface VersionFilter {
  feeId?: string;
  procedureCodes?: readonly string[];
  /** Only those that nobody has decided about. */
  isOpen?: boolean;
  /** Only those drafted from the differences of this catalogue. */
  importId?: string;
}

/** A frozen line with what its price was made of. */
export interface IssuedLine {
  obligationId: string;
  dossierCode: string;
  localityCode: string;
  channel: Channel;
  createdAt: Instant;
  item: FeeItem;
}

interface Decided {
  verdict: string | null;
  decided_by: string | null;
  decided_at: string | null;
  note: string | null;
}

const select = `SELECT v.*, d.verdict, d.decided_by, d.decided_at, d.note FROM fee_version v LEFT JOIN fee_decision d ON d.version_id = v.id`;

export function feeVersionsTable(sql: Sql) {
  return {
    find: async (id: string): Promise<FeeVersion | undefined> => {
      const row = await sql.get<Row & Decided>(`${select} WHERE v.id = ?`, id);
      return row && toVersion(row);
    },

    /** Newest first. */
    list: async (filter: VersionFilter, limit: number): Promise<FeeVersion[]> => {
      const conditions: Condition[] = [];
      if (filter.feeId !== undefined) conditions.push(['v.fee_id = ?', filter.feeId]);
      if (filter.procedureCodes) conditions.push(isIn('v.procedure_code', filter.procedureCodes));
      if (filter.importId !== undefined) conditions.push(['v.difference_id LIKE ?', `${filter.importId}/%`]);
      if (filter.isOpen) conditions.push(['d.verdict IS NULL']);
      const { where, values } = allOf(conditions);
      return (await sql.all<Row & Decided>(`${select} WHERE ${where} ORDER BY v.id DESC LIMIT ?`, ...values, limit)).map(toVersion);
    },

    /** Whether any obligation of the procedure was issued by one of these agencies since then. */
    hasIssuedSince: async (procedureCode: string, agencyCodes: readonly string[], since: Instant): Promise<boolean> => {
      const [where, ...values] = isIn('o.agency_code', agencyCodes);
      const text = `SELECT 1 AS found FROM obligation o JOIN dossier d ON d.id = o.dossier_id
        WHERE ${where} AND o.created_at >= ? AND d.procedure_code = ? LIMIT 1`;
      return (await sql.get(text, ...values, since, procedureCode)) !== undefined;
    },

    /** The lines of one fee that these agencies issued in a time, in the order of issue; `after` is the last obligation already seen. */
    listIssuedLines: async (
      feeId: string,
      agencyCodes: readonly string[],
      { from, before }: { from: Instant; before: Instant },
      limit: number,
      after = '',
    ): Promise<IssuedLine[]> => {
      const [where, ...values] = isIn('o.agency_code', agencyCodes);
      const text = `SELECT i.body, i.gross_amount, i.amount, o.id, o.created_at, d.code, d.channel, a.locality_code
        FROM obligation o JOIN fee_item i ON i.obligation_id = o.id JOIN dossier d ON d.id = o.dossier_id JOIN agency a ON a.code = o.agency_code
        WHERE ${where} AND o.created_at >= ? AND o.created_at < ? AND i.fee_id = ? AND o.cancelled_at IS NULL AND o.id > ? ORDER BY o.id LIMIT ?`;
      return (await sql.all<LineRow>(text, ...values, from, before, feeId, after, limit)).map(toLine);
    },

    keep: (version: FeeVersion) =>
      sql.run(
        `INSERT INTO fee_version (id, fee_id, procedure_code, effective_from, body, procedure_name, sector_name, reason, drafted_by, drafted_at, difference_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        version.id,
        version.fee.id,
        version.fee.procedureCode,
        version.fee.validFrom,
        JSON.stringify(version.fee),
        version.procedureName,
        version.sectorName,
        version.reason,
        version.draftedBy,
        version.draftedAt,
        version.differenceId ?? null,
      ),

    /** False when it had been decided about already. */
    keepDecision: async ({ id, draftedBy }: Pick<FeeVersion, 'id' | 'draftedBy'>, decision: FeeDecision): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO fee_decision (version_id, drafted_by, verdict, decided_by, decided_at, note) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (version_id) DO NOTHING`,
        id,
        draftedBy,
        decision.verdict,
        decision.by,
        decision.at,
        decision.note ?? null,
      )) === 1,
  };
}

interface LineRow {
  body: string;
  gross_amount: bigint;
  amount: bigint;
  id: string;
  created_at: string;
  code: string;
  channel: string;
  locality_code: string;
}

const toLine = (row: LineRow): IssuedLine => ({
  obligationId: row.id,
  dossierCode: row.code,
  localityCode: row.locality_code,
  channel: row.channel as Channel,
  createdAt: instant(row.created_at),
  item: toFeeItem(row),
});

const toVersion = (row: Row & Decided): FeeVersion => ({
  id: row.id,
  fee: json<Fee & { validFrom: Day }>(row.body),
  procedureName: row.procedure_name,
  sectorName: row.sector_name,
  reason: row.reason,
  draftedBy: row.drafted_by,
  draftedAt: instant(row.drafted_at),
  ...optional('differenceId', row.difference_id),
  ...optional('decision', row.verdict, (verdict) => ({
    verdict: verdict as Verdict,
    by: row.decided_by ?? '',
    at: instant(row.decided_at ?? ''),
    ...optional('note', row.note),
  })),
});

export const approvedOf = (row: Pick<Row, 'id' | 'body' | 'effective_from'> & { decided_at: string }) => ({
  id: row.id,
  fee: json<Fee>(row.body),
  effectiveFrom: day(row.effective_from),
  decidedAt: instant(row.decided_at),
});
