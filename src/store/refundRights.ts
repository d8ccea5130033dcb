// Up to which amount who may approve refunds, and to whom that right was lent; append-only.
import type { ApproverRole, RefundDelegation, RefundLevel, RefundLimit } from '../domain/refundRights';
import type { RefundDelegation as DelegationRow, RefundLimit as LimitRow } from './generated/client';
import { day, instant, isIn, money, optional, type Condition } from './rows';
import type { Sql } from './sql';

type EndedRow = DelegationRow & { ended_by: string | null; ended_at: string | null; end_reason: string | null };

const select = `SELECT d.*, e.ended_by, e.ended_at, e.reason AS end_reason
  FROM refund_delegation d LEFT JOIN refund_delegation_end e ON e.delegation_id = d.id`;

export function refundRightsTable(sql: Sql) {
  const delegationsWhere = async ([where, ...values]: Condition): Promise<RefundDelegation[]> =>
    (await sql.all<EndedRow>(`${select} WHERE ${where} ORDER BY d.id DESC`, ...values)).map(toDelegation);

  return {
    /** Every limit that was ever set, the newest of each role and level first. */
    listLimits: async (): Promise<RefundLimit[]> =>
      (await sql.all<LimitRow>('SELECT * FROM refund_limit ORDER BY role, level, version DESC')).map(toLimit),

    /** Lent to this officer, the newest first. */
    delegationsTo: (officerId: string) => delegationsWhere(['d.to_officer = ?', officerId]),

    /** Lent by these officers, or to them, the newest first. */
    delegationsAmong: (officerIds: readonly string[]) => delegationsWhere(isIn('d.from_officer', officerIds)),

    findDelegation: async (id: string): Promise<RefundDelegation | undefined> => (await delegationsWhere(['d.id = ?', id]))[0],

    /** False when somebody set it since it was read. */
    keepLimit: async (limit: RefundLimit): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO refund_limit (role, level, version, amount, reason, set_by, set_at) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (role, level, version) DO NOTHING`,
        limit.role,
        limit.level,
        limit.version,
        limit.amount?.dong ?? null,
        limit.reason,
        limit.setBy,
        limit.setAt,
      )) === 1,

    keepDelegation: ({ id, from, to, amount, validFrom, validTo, reason, madeAt }: RefundDelegation) =>
      sql.run(
        `INSERT INTO refund_delegation (id, from_officer, to_officer, amount, valid_from, valid_to, reason, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        from,
        to,
        amount.dong,
        validFrom,
        validTo,
        reason,
        madeAt,
      ),

    /** False when it was withdrawn already. */
    keepEnd: async (delegationId: string, { by, at, reason }: NonNullable<RefundDelegation['ended']>): Promise<boolean> =>
      (await sql.run(
        'INSERT INTO refund_delegation_end (delegation_id, ended_by, ended_at, reason) VALUES (?, ?, ?, ?) ON CONFLICT (delegation_id) DO NOTHING',
        delegationId,
        by,
        at,
        reason,
      )) === 1,
  };
}

const toLimit = (row: LimitRow): RefundLimit => ({
  role: row.role as ApproverRole,
  level: row.level as RefundLevel,
  version: Number(row.version),
  ...optional('amount', row.amount, money),
  reason: row.reason,
  setBy: row.set_by,
  setAt: instant(row.set_at),
});

const toDelegation = (row: EndedRow): RefundDelegation => ({
  id: row.id,
  from: row.from_officer,
  to: row.to_officer,
  amount: money(row.amount),
  validFrom: day(row.valid_from),
  validTo: day(row.valid_to),
  reason: row.reason,
  madeAt: instant(row.made_at),
  ...(row.ended_by !== null && row.ended_at !== null
    ? { ended: { by: row.ended_by, at: instant(row.ended_at), reason: row.end_reason ?? '' } }
    : {}),
});
