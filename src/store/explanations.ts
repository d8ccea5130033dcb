// Explanations of money that left our accounts; append-only.
import type { Explanation } from '../domain/explanation';
import type { Money } from '../domain/money';
import type { Instant } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import type { Explanation as Row, IncomingTransaction as TransactionRow } from './generated/client';
import { instant, isIn, money, optional } from './rows';
import type { Sql } from './sql';
import { toTransaction } from './transactions';

export function explanationsTable(sql: Sql) {
  return {
    /** In the order in which they were made. */
    ofTransactions: async (transactionIds: readonly string[]): Promise<Explanation[]> => {
      const [where, ...values] = isIn('transaction_id', transactionIds);
      return (await sql.all<Row>(`SELECT * FROM explanation WHERE ${where} ORDER BY explained_at, id`, ...values)).map(toExplanation);
    },

    /** Of these refunds, remittances …, and what takes them back, in the order in which they were made. */
    ofSubjects: async (subjectIds: readonly string[]): Promise<Explanation[]> => {
      const [where, ...values] = isIn('e.subject_id', subjectIds);
      const text = `SELECT e.* FROM explanation e WHERE ${where}
        UNION ALL SELECT u.* FROM explanation e JOIN explanation u ON u.undoes = e.id WHERE ${where} ORDER BY explained_at, id`;
      return (await sql.all<Row>(text, ...values, ...values)).map(toExplanation);
    },

    /** Movements of at least so much out of these accounts since then of which nobody has said what all of it was for, the oldest first. */
    listUnexplained: async (accountIds: readonly string[], least: Money, since: Instant, limit: number): Promise<Transaction[]> => {
      const [ours, ...values] = isIn('t.account_id', accountIds);
      const rows = await sql.all<TransactionRow>(
        `SELECT t.* FROM incoming_transaction t WHERE t.state = 'outgoing' AND t.bank_time >= ? AND ${ours} AND t.amount >= ? AND t.amount >
           (SELECT coalesce(sum(e.amount), 0) FROM explanation e WHERE e.transaction_id = t.id AND e.purpose <> 'undo'
             AND NOT EXISTS (SELECT 1 FROM explanation u WHERE u.undoes = e.id)) ORDER BY t.bank_time, t.id LIMIT ?`,
        since,
        ...values,
        least.dong,
        limit,
      );
      return rows.map(toTransaction);
    },

    /** False when what it takes back was taken back already. */
    keep: async (explanation: Explanation): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO explanation (id, transaction_id, purpose, subject_id, amount, reason, explained_by, explained_at, undoes)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (undoes) DO NOTHING`,
        explanation.id,
        explanation.transactionId,
        explanation.purpose,
        explanation.subjectId ?? null,
        explanation.amount.dong,
        explanation.reason,
        explanation.by,
        explanation.at,
        explanation.undoes ?? null,
      )) === 1,
  };
}

const toExplanation = (row: Row): Explanation => ({
  id: row.id,
  transactionId: row.transaction_id,
  purpose: row.purpose as Explanation['purpose'],
  ...optional('subjectId', row.subject_id),
  amount: money(row.amount),
  reason: row.reason,
  by: row.explained_by,
  at: instant(row.explained_at),
  ...optional('undoes', row.undoes),
});
