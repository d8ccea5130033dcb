// Taps of satisfaction: that a payment had its tap, and apart from it how many tapped what.
import type { SatisfactionChoice, SatisfactionDay } from '../domain/satisfaction';
import type { Day } from '../domain/time';
import type { SatisfactionCount as Row } from './generated/client';
import { day, isIn } from './rows';
import type { Sql } from './sql';

export function satisfactionTable(sql: Sql) {
  return {
    isTapped: async (paymentMark: string): Promise<boolean> =>
      (await sql.get('SELECT 1 AS one FROM satisfaction_tap WHERE payment_mark = ?', paymentMark)) !== undefined,

    /** False when the payment had its tap before. */
    claim: async (paymentMark: string): Promise<boolean> =>
      (await sql.run('INSERT INTO satisfaction_tap (payment_mark) VALUES (?) ON CONFLICT (payment_mark) DO NOTHING', paymentMark)) === 1,

    add: (agencyCode: string, on: Day, choice: SatisfactionChoice) =>
      sql.run(
        `INSERT INTO satisfaction_count (agency_code, day, choice, count) VALUES (?, ?, ?, 1)
         ON CONFLICT (agency_code, day, choice) DO UPDATE SET count = satisfaction_count.count + 1`,
        agencyCode,
        on,
        choice,
      ),

    /** By agency and day, both days included; undefined agencies: all. */
    list: async (from: Day, to: Day, agencyCodes?: readonly string[]): Promise<SatisfactionDay[]> => {
      const [within, ...values] = agencyCodes ? isIn('agency_code', agencyCodes) : (['1 = 1'] as const);
      const rows = await sql.all<Row>(
        `SELECT * FROM satisfaction_count WHERE day >= ? AND day <= ? AND ${within} ORDER BY day, agency_code`,
        from,
        to,
        ...values,
      );
      const days = new Map<string, SatisfactionDay>();
      for (const row of rows) {
        const key = `${row.day} ${row.agency_code}`;
        const known = days.get(key) ?? { agencyCode: row.agency_code, day: day(row.day), good: 0, fair: 0, poor: 0 };
        days.set(key, { ...known, [row.choice]: Number(row.count) });
      }
      return [...days.values()];
    },
  };
}
