// Movements of cash at the counters, read from the records of what was done (not from the books, so that one can be held against the other).
import type { CashMovement, CashMovementKind } from '../domain/cashBook';
import type { Money } from '../domain/money';
import type { Instant } from '../domain/time';
import { instant, isIn, money } from './rows';
import type { Sql } from './sql';

interface Row {
  kind: CashMovementKind;
  counter_id: string;
  at: string;
  amount: bigint;
  by: string;
  subject_id: string;
  obligation_id: string | null;
  shift_number: bigint | null;
}

/** Into the drawer over 0, out of it under 0. */
const movements = `
  SELECT 'float' AS kind, counter_id, opened_at AS at, opening_float - taken_over AS amount, officer_id AS by, id AS subject_id,
    NULL AS obligation_id, number AS shift_number FROM shift WHERE opening_float > taken_over
  UNION ALL SELECT 'taking', c.counter_id, c.taken_at, c.amount, c.officer_id, c.id, c.obligation_id, s.number
    FROM cash_taking c LEFT JOIN shift s ON s.id = c.shift_id
  UNION ALL SELECT 'return', s.counter_id, p.taken_at, -r.amount, p.taken_by, r.id, r.obligation_id, s.number
    FROM cash_return_step p JOIN cash_return r ON r.id = p.return_id JOIN shift s ON s.id = p.shift_id
  UNION ALL SELECT 'deposit', p.counter_id, d.made_at, -p.amount, d.made_by, d.id, NULL, s.number
    FROM deposit_shift p JOIN deposit d ON d.id = p.deposit_id JOIN shift s ON s.id = p.shift_id
  UNION ALL SELECT 'deposit_withdrawn', p.counter_id, w.withdrawn_at, p.amount, w.withdrawn_by, p.deposit_id, NULL, s.number
    FROM deposit_withdrawal w JOIN deposit_shift p ON p.deposit_id = w.deposit_id JOIN shift s ON s.id = p.shift_id
  UNION ALL SELECT 'difference', s.counter_id, d.confirmed_at, c.counted - c.expected, d.confirmed_by, s.id, NULL, s.number
    FROM shift_difference d JOIN shift_close c ON c.shift_id = d.shift_id JOIN shift s ON s.id = d.shift_id`;

export function cashBookTable(sql: Sql) {
  return {
    /** From one instant on and before another, in order. */
    movements: async (counterIds: readonly string[], from: Instant, before: Instant): Promise<CashMovement[]> => {
      const [where, ...values] = isIn('m.counter_id', counterIds);
      const text = `SELECT m.* FROM (${movements}) m WHERE ${where} AND m.at >= ? AND m.at < ? ORDER BY m.at, m.subject_id`;
      return (await sql.all<Row>(text, ...values, from, before)).map(toMovement);
    },

    /** What lay at each counter before an instant; without those that never had any cash. */
    balances: async (counterIds: readonly string[], before: Instant): Promise<Map<string, Money>> => {
      const [where, ...values] = isIn('m.counter_id', counterIds);
      const text = `SELECT m.counter_id, CAST(sum(m.amount) AS BIGINT) AS amount FROM (${movements}) m WHERE ${where} AND m.at < ? GROUP BY m.counter_id`;
      const rows = await sql.all<{ counter_id: string; amount: bigint }>(text, ...values, before);
      return new Map(rows.map((row) => [row.counter_id, money(row.amount)]));
    },
  };
}

const toMovement = (row: Row): CashMovement => ({
  kind: row.kind,
  counterId: row.counter_id,
  at: instant(row.at),
  amount: money(row.amount),
  by: row.by,
  subjectId: row.subject_id,
  ...(row.obligation_id === null ? {} : { obligationId: row.obligation_id }),
  ...(row.shift_number === null ? {} : { shiftNumber: Number(row.shift_number) }),
});
