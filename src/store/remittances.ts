// Slips by which money is handed over to the State budget, and what left an account for it.
import { grouped } from '../domain/grouping';
import type { Money } from '../domain/money';
import type { LineKind, Remittance, RemittanceStep } from '../domain/remittance';
import { addDays, startOfDay, type Day } from '../domain/time';
import type { Remittance as Row, RemittanceLine as LineRow, RemittanceStep as StepRow } from './generated/client';
import { day, instant, isIn, money, optional, type Condition } from './rows';
import type { Sql } from './sql';

export function remittancesTable(sql: Sql) {
  const list = async ([where, ...values]: Condition): Promise<Remittance[]> => {
    const rows = await sql.all<Row>(`SELECT * FROM remittance WHERE ${where} ORDER BY agency_code, number`, ...values);
    if (rows.length === 0) return [];
    const [isOne, ...ids] = isIn(
      'remittance_id',
      rows.map(({ id }) => id),
    );
    const lines = await sql.all<LineRow>(`SELECT * FROM remittance_line WHERE ${isOne} ORDER BY remittance_id, position`, ...ids);
    const steps = await sql.all<StepRow>(`SELECT * FROM remittance_step WHERE ${isOne} ORDER BY remittance_id, version`, ...ids);
    const [linesOf, stepsOf] = [grouped(lines, (line) => line.remittance_id), grouped(steps, (step) => step.remittance_id)];
    return rows.map((row) => toRemittance(row, linesOf.get(row.id) ?? [], stepsOf.get(row.id) ?? []));
  };

  return {
    find: async (id: string): Promise<Remittance | undefined> => (await list(['id = ?', id]))[0],

    /** In the order of their numbers. */
    ofAgencies: (agencyCodes: readonly string[]): Promise<Remittance[]> => list(isIn('agency_code', agencyCodes)),

    /** Those that were sent to the bank and that no movement confirmed yet. */
    listSent: (): Promise<Remittance[]> =>
      list([
        `EXISTS (SELECT 1 FROM remittance_step s WHERE s.remittance_id = remittance.id AND s.state = 'sent'
           AND s.version = (SELECT max(l.version) FROM remittance_step l WHERE l.remittance_id = remittance.id))`,
      ]),

    /** What left an account for the budget on a Vietnamese day: explained so, and not taken back. */
    remittedOf: async (accountId: string, on: Day): Promise<Money> => {
      const row = await sql.get<{ amount: bigint | null }>(
        `SELECT CAST(sum(e.amount) AS BIGINT) AS amount FROM explanation e JOIN incoming_transaction t ON t.id = e.transaction_id
         WHERE e.purpose = 'remittance' AND t.account_id = ? AND t.bank_time >= ? AND t.bank_time < ?
           AND NOT EXISTS (SELECT 1 FROM explanation u WHERE u.undoes = e.id)`,
        accountId,
        startOfDay(on),
        startOfDay(addDays(on, 1)),
      );
      return money(row?.amount ?? 0n);
    },

    /** False when the agency has a slip of that number already. */
    keep: async (one: Omit<Remittance, 'steps'>): Promise<boolean> => {
      const isFirst =
        (await sql.run(
          `INSERT INTO remittance (id, agency_code, number, account_id, month, amount, due_day, drafted_by, drafted_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (agency_code, number) DO NOTHING`,
          one.id,
          one.agencyCode,
          one.number,
          one.accountId,
          one.month,
          one.amount.dong,
          one.dueDay,
          one.draftedBy,
          one.draftedAt,
        )) === 1;
      if (!isFirst) return false;
      await sql.each(
        'INSERT INTO remittance_line (remittance_id, position, kind, subject, name, month, amount) VALUES (?, ?, ?, ?, ?, ?, ?)',
        one.lines.map((line, position) => [one.id, position, line.kind, line.subject, line.name, line.month, line.amount.dong]),
      );
      return true;
    },

    /** False when somebody took the next step already; `version` is that of this step, from 1. */
    keepStep: async (remittanceId: string, version: number, step: RemittanceStep): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO remittance_step (remittance_id, version, state, taken_by, taken_at, reason, transaction_id) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (remittance_id, version) DO NOTHING`,
        remittanceId,
        version,
        step.state,
        step.by,
        step.at,
        step.reason ?? null,
        step.transactionId ?? null,
      )) === 1,
  };
}

const toRemittance = (row: Row, lines: readonly LineRow[], steps: readonly StepRow[]): Remittance => ({
  id: row.id,
  agencyCode: row.agency_code,
  number: Number(row.number),
  accountId: row.account_id,
  month: row.month,
  amount: money(row.amount),
  dueDay: day(row.due_day),
  draftedBy: row.drafted_by,
  draftedAt: instant(row.drafted_at),
  lines: lines.map((line) => ({
    kind: line.kind as LineKind,
    subject: line.subject,
    name: line.name,
    month: line.month,
    amount: money(line.amount),
  })),
  steps: steps.map((step) => ({
    state: step.state as RemittanceStep['state'],
    by: step.taken_by,
    at: instant(step.taken_at),
    ...optional('reason', step.reason),
    ...optional('transactionId', step.transaction_id),
  })),
});
