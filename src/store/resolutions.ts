// Resolutions of money without a home, and the refunds that they asked for.
import type { Refund, Resolution } from '../domain/resolution';
import type { Instant } from '../domain/time';
import type { Refund as RefundRow, Resolution as Row } from './generated/client';
import { instant, isIn, money, optional } from './rows';
import type { Sql } from './sql';

export function resolutionsTable(sql: Sql) {
  return {
    /** In the order in which they were made. */
    ofTransactions: async (transactionIds: readonly string[]): Promise<Resolution[]> => {
      const [where, ...values] = isIn('transaction_id', transactionIds);
      return (await sql.all<Row>(`SELECT * FROM resolution WHERE ${where} ORDER BY resolved_at, id`, ...values)).map(toResolution);
    },

    findRefund: async (resolutionId: string): Promise<Refund | undefined> => {
      const row = await sql.get<RefundRow>('SELECT * FROM refund WHERE resolution_id = ?', resolutionId);
      return row && toRefund(row);
    },

    /** What shall go back of these transactions, in the order of asking. */
    listRefunds: async (transactionIds: readonly string[]): Promise<Refund[]> => {
      const [where, ...values] = isIn('transaction_id', transactionIds);
      const text = `SELECT * FROM refund WHERE ${where} AND state <> 'withdrawn' ORDER BY requested_at, id`;
      return (await sql.all<RefundRow>(text, ...values)).map(toRefund);
    },

    /** False when what it takes back was taken back already. */
    keep: async (resolution: Resolution): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO resolution (id, transaction_id, action, obligation_id, amount, reason, resolved_by, resolved_at, undoes, subject_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (undoes) DO NOTHING`,
        resolution.id,
        resolution.transactionId,
        resolution.action,
        resolution.obligationId ?? null,
        resolution.amount.dong,
        resolution.reason,
        resolution.by,
        resolution.at,
        resolution.undoes ?? null,
        resolution.subjectId ?? null,
      )) === 1,

    keepRefund: (refund: Refund) =>
      sql.run(
        `INSERT INTO refund (id, transaction_id, resolution_id, amount, reason, state, requested_by, requested_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        refund.id,
        refund.transactionId,
        refund.resolutionId,
        refund.amount.dong,
        refund.reason,
        refund.state,
        refund.requestedBy,
        refund.requestedAt,
      ),

    /** False when it had left that state already. */
    markRefund: async (id: string, from: Refund['state'], to: Refund['state']): Promise<boolean> =>
      (await sql.run('UPDATE refund SET state = ? WHERE id = ? AND state = ?', to, id, from)) === 1,
  };
}

const toResolution = (row: Row): Resolution => ({
  id: row.id,
  transactionId: row.transaction_id,
  action: row.action as Resolution['action'],
  ...optional('obligationId', row.obligation_id),
  amount: money(row.amount),
  reason: row.reason,
  by: row.resolved_by,
  at: instant(row.resolved_at),
  ...optional('undoes', row.undoes),
  ...optional('subjectId', row.subject_id),
});

const toRefund = (row: RefundRow): Refund => ({
  id: row.id,
  transactionId: row.transaction_id,
  resolutionId: row.resolution_id,
  amount: money(row.amount),
  reason: row.reason,
  state: row.state as Refund['state'],
  requestedBy: row.requested_by,
  requestedAt: row.requested_at as Instant,
});
