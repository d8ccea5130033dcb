// Money that a person decided about without an obligation, and who looks after money without a home.
import { heldActions } from '../domain/disposition';
import type { Resolution } from '../domain/resolution';
import type { Instant } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import type { DispositionOwner as Row, IncomingTransaction as TransactionRow } from './generated/client';
import { allOf, instant, isIn, money } from './rows';
import type { Sql } from './sql';
import { toTransaction } from './transactions';

/** Who looks after a credit. */
export interface DispositionOwner {
  transactionId: string;
  version: number;
  officerId: string;
  setBy: string;
  setAt: Instant;
}

/** A standing decision, and where its money lies. */
export type HeldDecision = Pick<Resolution, 'transactionId' | 'action' | 'amount' | 'at'> & { holder: string };
type HeldRow = { transaction_id: string; action: string; amount: bigint; resolved_at: string; holder: string };

export function dispositionsTable(sql: Sql) {
  return {
    /** Credits with đồng that nobody has found a home for, the first that came first. */
    listUnapplied: async (agencyCodes: readonly string[] | undefined, limit: number): Promise<Transaction[]> => {
      const { where, values } = allOf([["state = 'unapplied'"], ...(agencyCodes ? [isIn('agency_code', agencyCodes)] : [])]);
      const text = `SELECT * FROM incoming_transaction WHERE ${where} ORDER BY bank_time, id LIMIT ?`;
      return (await sql.all<TransactionRow>(text, ...values, limit)).map(toTransaction);
    },

    /** Standing decisions that hold money without an obligation, the oldest first: people made them, so that they are few. */
    listHeld: async (agencyCodes: readonly string[] | undefined): Promise<HeldDecision[]> => {
      const { where, values } = allOf([isIn('r.action', heldActions), ...(agencyCodes ? [isIn('t.agency_code', agencyCodes)] : [])]);
      const rows = await sql.all<HeldRow>(
        `SELECT r.transaction_id, r.action, r.amount, r.resolved_at, coalesce(t.account_id, 'gateway:' || t.provider) AS holder
         FROM resolution r JOIN incoming_transaction t ON t.id = r.transaction_id
         WHERE ${where} AND NOT EXISTS (SELECT 1 FROM resolution u WHERE u.undoes = r.id) ORDER BY r.resolved_at, r.id`,
        ...values,
      );
      return rows.map((row) => ({
        transactionId: row.transaction_id,
        action: row.action as Resolution['action'],
        amount: money(row.amount),
        at: instant(row.resolved_at),
        holder: row.holder,
      }));
    },

    /** The newest owner of each of these credits. */
    ownersOf: async (transactionIds: readonly string[]): Promise<Map<string, DispositionOwner>> => {
      const [where, ...values] = isIn('transaction_id', transactionIds);
      const rows = await sql.all<Row>(`SELECT * FROM disposition_owner WHERE ${where} ORDER BY transaction_id, version`, ...values);
      return new Map(rows.map((row) => [row.transaction_id, toOwner(row)]));
    },

    /** False when somebody set it since it was read. */
    keepOwner: async (owner: DispositionOwner): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO disposition_owner (transaction_id, version, officer_id, set_by, set_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (transaction_id, version) DO NOTHING`,
        owner.transactionId,
        owner.version,
        owner.officerId,
        owner.setBy,
        owner.setAt,
      )) === 1,
  };
}

const toOwner = (row: Row): DispositionOwner => ({
  transactionId: row.transaction_id,
  version: Number(row.version),
  officerId: row.officer_id,
  setBy: row.set_by,
  setAt: instant(row.set_at),
});
