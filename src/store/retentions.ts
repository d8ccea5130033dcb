// Retention rates of fees: proposed by one person, decided by another; only added to.
import type { RemitDay, Retention } from '../domain/retention';
import type { Instant } from '../domain/time';
import type { Retention as Row, RetentionDecision as DecisionRow } from './generated/client';
import { day, instant, optional } from './rows';
import type { Sql } from './sql';

type Joined = Row & { [Name in Exclude<keyof DecisionRow, 'retention_id'>]: DecisionRow[Name] | null };

const joined =
  'SELECT r.*, d.decision, d.decided_by, d.decided_at FROM retention r LEFT JOIN retention_decision d ON d.retention_id = r.id';

export function retentionsTable(sql: Sql) {
  return {
    find: async (id: string): Promise<Retention | undefined> => {
      const row = await sql.get<Joined>(`${joined} WHERE r.id = ?`, id);
      return row && toRetention(row);
    },

    /** All that were ever proposed, in that order. */
    list: async (): Promise<Retention[]> => (await sql.all<Joined>(`${joined} ORDER BY r.proposed_at, r.id`)).map(toRetention),

    keep: (one: Omit<Retention, 'decision'>) =>
      sql.run(
        `INSERT INTO retention (id, agency_code, fee_id, retained_points, remit_by_day, legal_basis, valid_from, valid_to, proposed_by, proposed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        one.id,
        one.agencyCode,
        one.feeId,
        one.retainedPoints,
        one.remitByDay,
        one.legalBasis,
        one.validFrom,
        one.validTo ?? null,
        one.proposedBy,
        one.proposedAt,
      ),

    /** False when somebody decided it already. */
    keepDecision: async (id: string, decision: 'approved' | 'refused', by: string, at: Instant): Promise<boolean> =>
      (await sql.run(
        'INSERT INTO retention_decision (retention_id, decision, decided_by, decided_at) VALUES (?, ?, ?, ?) ON CONFLICT (retention_id) DO NOTHING',
        id,
        decision,
        by,
        at,
      )) === 1,
  };
}

const toRetention = (row: Joined): Retention => ({
  id: row.id,
  agencyCode: row.agency_code,
  feeId: row.fee_id,
  retainedPoints: Number(row.retained_points),
  remitByDay: Number(row.remit_by_day) as RemitDay,
  legalBasis: row.legal_basis,
  validFrom: day(row.valid_from),
  ...optional('validTo', row.valid_to, day),
  proposedBy: row.proposed_by,
  proposedAt: instant(row.proposed_at),
  ...(row.decision !== null && row.decided_by !== null && row.decided_at !== null
    ? { decision: { decision: row.decision as 'approved' | 'refused', by: row.decided_by, at: instant(row.decided_at) } }
    : {}),
});
