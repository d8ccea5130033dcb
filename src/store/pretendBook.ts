// The book of the pretend bank of demo mode.
import { sumOf, type Money } from '../domain/money';
import type { Instant } from '../domain/time';
import type { PretendMovement as Row } from './generated/client';
import { instant, money } from './rows';
import type { Sql } from './sql';

export interface PretendMovement {
  /** The bank's own number, as text. */
  id: string;
  accountId: string;
  direction: 'in' | 'out';
  amount: Money;
  content: string;
  bankReference: string;
  bankTime: Instant;
}

export function pretendBookTable(sql: Sql) {
  return {
    keep: (movement: PretendMovement) =>
      sql.run(
        'INSERT INTO pretend_movement (id, account_id, direction, amount, content, bank_reference, bank_time) VALUES (?, ?, ?, ?, ?, ?, ?)',
        movement.id,
        movement.accountId,
        movement.direction,
        movement.amount.dong,
        movement.content,
        movement.bankReference,
        movement.bankTime,
      ),

    /** Of one account, in the order of time; `before` is not included. */
    list: async (accountId: string, from: Instant, before: Instant): Promise<PretendMovement[]> => {
      const text = 'SELECT * FROM pretend_movement WHERE account_id = ? AND bank_time >= ? AND bank_time < ? ORDER BY bank_time, id';
      return (await sql.all<Row>(text, accountId, from, before)).map(toMovement);
    },

    /** What lay on the account at a time, if it was empty once. */
    balanceAt: async (accountId: string, at: Instant): Promise<Money> => {
      const rows = await sql.all<{ direction: string; total: bigint }>(
        `SELECT direction, CAST(sum(amount) AS BIGINT) AS total FROM pretend_movement WHERE account_id = ? AND bank_time < ? GROUP BY direction`,
        accountId,
        at,
      );
      const sumFor = (direction: string): Money => sumOf(rows.filter((row) => row.direction === direction).map((row) => money(row.total)));
      return sumFor('in').minus(sumFor('out'));
    },
  };
}

const toMovement = (row: Row): PretendMovement => ({
  id: row.id,
  accountId: row.account_id,
  direction: row.direction as PretendMovement['direction'],
  amount: money(row.amount),
  content: row.content,
  bankReference: row.bank_reference,
  bankTime: instant(row.bank_time),
});
