// Payment requests: the offered ways to pay.
import type { PaymentMethod, PaymentRequest } from '../domain/paymentRequest';
import type { Instant } from '../domain/time';
import type { PaymentRequest as Row } from './generated/client';
import { instant, money, optional } from './rows';
import type { Sql } from './sql';

export function paymentRequestsTable(sql: Sql) {
  return {
    find: async (id: string): Promise<PaymentRequest | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM payment_request WHERE id = ?', id);
      return row && toPaymentRequest(row);
    },

    /** In the order in which they were offered. */
    ofObligation: async (obligationId: string): Promise<PaymentRequest[]> =>
      (await sql.all<Row>('SELECT * FROM payment_request WHERE obligation_id = ? ORDER BY created_at, id', obligationId)).map(
        toPaymentRequest,
      ),

    /** The latest offer made at a counter. */
    findLatestAt: async (counterId: string): Promise<PaymentRequest | undefined> => {
      const row = await sql.get<Row>(
        'SELECT * FROM payment_request WHERE counter_id = ? ORDER BY created_at DESC, id DESC LIMIT 1',
        counterId,
      );
      return row && toPaymentRequest(row);
    },

    /** Offers that may still be paid at a time, newest first. */
    listOpen: async (now: Instant, limit: number): Promise<PaymentRequest[]> =>
      (
        await sql.all<Row>(
          'SELECT * FROM payment_request WHERE closed_as IS NULL AND expires_at > ? ORDER BY created_at DESC, id DESC LIMIT ?',
          now,
          limit,
        )
      ).map(toPaymentRequest),

    keep: (request: PaymentRequest) =>
      sql.run(
        `INSERT INTO payment_request (id, obligation_id, reference_code, method, amount, account_id, counter_id, payload, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        request.id,
        request.obligationId,
        request.reference,
        request.method,
        request.amount.dong,
        request.accountId,
        request.counterId ?? null,
        request.payload,
        request.createdAt,
        request.expiresAt,
      ),

    /** Ends every offer of an obligation that is still open. */
    markClosed: (obligationId: string, as: 'paid' | 'replaced' | 'cancelled', at: Instant) =>
      sql.run(
        'UPDATE payment_request SET closed_as = ?, closed_at = ? WHERE obligation_id = ? AND closed_as IS NULL',
        as,
        at,
        obligationId,
      ),
  };
}

const toPaymentRequest = (row: Row): PaymentRequest => ({
  id: row.id,
  obligationId: row.obligation_id,
  reference: row.reference_code,
  method: row.method as PaymentMethod,
  amount: money(row.amount),
  accountId: row.account_id,
  ...optional('counterId', row.counter_id),
  payload: row.payload,
  createdAt: instant(row.created_at),
  expiresAt: instant(row.expires_at),
  ...optional('closed', row.closed_as, (as) => ({
    as: as as 'paid' | 'replaced' | 'cancelled',
    at: instant(row.closed_at ?? row.created_at),
  })),
});
