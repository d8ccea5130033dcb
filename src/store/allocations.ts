// Allocations: where money went, and the cash that officers took.
import type { Allocation, AllocationMethod, CashTaking } from '../domain/allocation';
import type { PaidOnlineFlag } from '../domain/agency';
import type { PaymentFlag } from '../domain/obligation';
import type { Instant } from '../domain/time';
import type { Allocation as Row } from './generated/client';
import { instant, isIn, json, money, optional } from './rows';
import type { Sql } from './sql';

export function allocationsTable(sql: Sql) {
  const listBy = async (column: 'obligation_id' | 'transaction_id', ids: readonly string[]): Promise<Allocation[]> => {
    if (ids.length === 0) return [];
    const [where, ...values] = isIn(column, ids);
    return (await sql.all<Row>(`SELECT * FROM allocation WHERE ${where} ORDER BY id`, ...values)).map(toAllocation);
  };

  return {
    ofObligations: (ids: readonly string[]) => listBy('obligation_id', ids),
    ofTransactions: (ids: readonly string[]) => listBy('transaction_id', ids),

    keep: (allocations: readonly Allocation[], at: Instant) =>
      sql.each(
        `INSERT INTO allocation (obligation_id, transaction_id, cash_taking_id, amount, excess, flags, method, online_flag, paid_at, created_at, resolution_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        allocations.map((allocation) => [
          allocation.obligationId,
          'transactionId' in allocation.source ? allocation.source.transactionId : null,
          'cashTakingId' in allocation.source ? allocation.source.cashTakingId : null,
          allocation.amount.dong,
          allocation.excess.dong,
          JSON.stringify(allocation.flags),
          allocation.method,
          allocation.onlineFlag,
          allocation.paidAt,
          at,
          allocation.resolutionId ?? null,
        ]),
      ),

    keepCash: (taking: CashTaking) =>
      sql.run(
        'INSERT INTO cash_taking (id, obligation_id, counter_id, officer_id, amount, taken_at, shift_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
        taking.id,
        taking.obligationId,
        taking.counterId,
        taking.officerId,
        taking.amount.dong,
        taking.takenAt,
        taking.shiftId ?? null,
      ),
  };
}

const toAllocation = (row: Row): Allocation => ({
  obligationId: row.obligation_id,
  source: row.transaction_id === null ? { cashTakingId: row.cash_taking_id ?? '' } : { transactionId: row.transaction_id },
  amount: money(row.amount),
  excess: money(row.excess),
  flags: json<PaymentFlag[]>(row.flags),
  method: row.method as AllocationMethod,
  onlineFlag: Number(row.online_flag) as PaidOnlineFlag,
  paidAt: instant(row.paid_at),
  ...optional('resolutionId', row.resolution_id),
});
