// Cash that shall go back over a counter, and what became of each asking.
import type { CashReturn, CashReturnStep } from '../domain/cashReturn';
import { grouped } from '../domain/grouping';
import type { CashReturn as Row, CashReturnStep as StepRow } from './generated/client';
import { instant, isIn, money, optional, type Condition } from './rows';
import type { Sql } from './sql';

export function cashReturnsTable(sql: Sql) {
  const list = async ([where, ...values]: Condition, order = 'id'): Promise<CashReturn[]> => {
    const rows = await sql.all<Row>(`SELECT * FROM cash_return WHERE ${where} ORDER BY ${order}`, ...values);
    if (rows.length === 0) return [];
    const [whereStep, ...ids] = isIn(
      'return_id',
      rows.map(({ id }) => id),
    );
    const steps = await sql.all<StepRow>(`SELECT * FROM cash_return_step WHERE ${whereStep} ORDER BY return_id, version`, ...ids);
    const byReturn = grouped(steps, (step) => step.return_id);
    return rows.map((row) => toReturn(row, byReturn.get(row.id) ?? []));
  };

  return {
    find: async (id: string): Promise<CashReturn | undefined> => (await list(['id = ?', id]))[0],

    /** In the order of asking. */
    ofObligation: (obligationId: string): Promise<CashReturn[]> => list(['obligation_id = ?', obligationId], 'attempt'),

    /** Those of some agencies that may still come to a payment, the oldest first. */
    listOpen: (agencyCodes: readonly string[]): Promise<CashReturn[]> => {
      const [where, ...values] = isIn('agency_code', agencyCodes);
      const ended = `SELECT 1 FROM cash_return_step p WHERE p.return_id = cash_return.id AND p.state IN ('refused', 'withdrawn', 'paid')`;
      return list([`${where} AND NOT EXISTS (${ended})`, ...values], 'asked_at, id');
    },

    /** Those that were paid out in these shifts. */
    ofShifts: (shiftIds: readonly string[]): Promise<CashReturn[]> => {
      const [where, ...values] = isIn('p.shift_id', shiftIds);
      return list([`id IN (SELECT p.return_id FROM cash_return_step p WHERE ${where})`, ...values]);
    },

    /** False when somebody asked at the same moment. */
    keep: async (one: Omit<CashReturn, 'steps'>): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO cash_return (id, obligation_id, attempt, agency_code, amount, reason, asked_by, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (obligation_id, attempt) DO NOTHING`,
        one.id,
        one.obligationId,
        one.attempt,
        one.agencyCode,
        one.amount.dong,
        one.reason,
        one.askedBy,
        one.askedAt,
      )) === 1,

    /** False when somebody took the next step already; `version` is that of this step, from 1. */
    keepStep: async (returnId: string, version: number, step: CashReturnStep): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO cash_return_step (return_id, version, state, taken_by, taken_at, reason, shift_id) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (return_id, version) DO NOTHING`,
        returnId,
        version,
        step.state,
        step.by,
        step.at,
        step.reason ?? null,
        step.shiftId ?? null,
      )) === 1,
  };
}

const toReturn = (row: Row, steps: readonly StepRow[]): CashReturn => ({
  id: row.id,
  obligationId: row.obligation_id,
  attempt: Number(row.attempt),
  agencyCode: row.agency_code,
  amount: money(row.amount),
  reason: row.reason,
  askedBy: row.asked_by,
  askedAt: instant(row.asked_at),
  steps: steps.map((step) => ({
    state: step.state as CashReturnStep['state'],
    by: step.taken_by,
    at: instant(step.taken_at),
    ...optional('reason', step.reason),
    ...optional('shiftId', step.shift_id),
  })),
});
