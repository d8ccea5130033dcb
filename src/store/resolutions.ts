// Resolutions of money without a home.
import type { Resolution } from '../domain/resolution';
import type { Resolution as Row } from './generated/client';
import { instant, isIn, money, optional } from './rows';
import type { Sql } from './sql';

export function resolutionsTable(sql: Sql) {
  return {
    /** In the order in which they were made. */
    ofTransactions: async (transactionIds: readonly string[]): Promise<Resolution[]> => {
      const [where, ...values] = isIn('transaction_id', transactionIds);
      return (await sql.all<Row>(`SELECT * FROM resolution WHERE ${where} ORDER BY resolved_at, id`, ...values)).map(toResolution);
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
