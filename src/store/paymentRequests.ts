// Payment requests: the offered ways to pay.
import type { Offer, PaymentMethod, PaymentRequest } from '../domain/paymentRequest';
import type { Instant } from '../domain/time';
import type { PaymentRequest as Row } from './generated/client';
import { instant, isIn, money, optional } from './rows';
import type { Sql } from './sql';

type SettledRow = Row & { settled_at: string | null };

/** A request is paid when its obligation is: that is said there, once. */
const select = 'SELECT r.*, o.settled_at FROM payment_request r JOIN obligation o ON o.id = r.obligation_id';
const stillOpen = 'r.closed_as IS NULL AND o.settled_at IS NULL';

export function paymentRequestsTable(sql: Sql) {
  return {
    find: async (id: string): Promise<PaymentRequest | undefined> => {
      const row = await sql.get<SettledRow>(`${select} WHERE r.id = ?`, id);
      return row && toPaymentRequest(row);
    },

    /** In the order in which they were offered. */
    ofObligation: async (obligationId: string): Promise<PaymentRequest[]> =>
      (await sql.all<SettledRow>(`${select} WHERE r.obligation_id = ? ORDER BY r.created_at, r.id`, obligationId)).map(toPaymentRequest),

    /** What was offered for these obligations, in the order of offering. */
    listOffers: async (obligationIds: readonly string[]): Promise<Offer[]> => {
      const [where, ...values] = isIn('obligation_id', obligationIds);
      const rows = await sql.all<Pick<Row, 'obligation_id' | 'method' | 'account_id' | 'counter_id' | 'created_at' | 'expires_at'>>(
        `SELECT obligation_id, method, account_id, counter_id, created_at, expires_at FROM payment_request WHERE ${where} ORDER BY created_at, id`,
        ...values,
      );
      return rows.map((row) => ({
        obligationId: row.obligation_id,
        method: row.method as PaymentMethod,
        accountId: row.account_id,
        ...optional('counterId', row.counter_id),
        createdAt: instant(row.created_at),
        expiresAt: instant(row.expires_at),
      }));
    },

    /** When something was offered for each of these obligations. */
    listOfferTimes: async (obligationIds: readonly string[]): Promise<Pick<PaymentRequest, 'obligationId' | 'createdAt'>[]> => {
      const [where, ...values] = isIn('obligation_id', obligationIds);
      const text = `SELECT obligation_id, created_at FROM payment_request WHERE ${where} ORDER BY created_at, id`;
      const rows = await sql.all<Pick<Row, 'obligation_id' | 'created_at'>>(text, ...values);
      return rows.map((row) => ({ obligationId: row.obligation_id, createdAt: instant(row.created_at) }));
    },

    /** Those that a gateway knows by these order ids: the id that we gave it, or the request's own. */
    ofOrders: async (provider: string, orderIds: readonly string[]): Promise<PaymentRequest[]> => {
      const [given, ...values] = isIn('r.order_id', orderIds);
      const [own] = isIn('r.id', orderIds);
      const text = `${select} WHERE (r.method = ? AND ${given}) UNION ${select} WHERE ${own}`;
      return (await sql.all<SettledRow>(text, provider, ...values, ...values)).map(toPaymentRequest);
    },

    /** Those that are paid to these numbers under our accounts. */
    ofVirtualAccounts: async (numbers: readonly string[]): Promise<PaymentRequest[]> => {
      const [where, ...values] = isIn('r.virtual_account', numbers);
      return (await sql.all<SettledRow>(`${select} WHERE ${where} ORDER BY r.created_at, r.id`, ...values)).map(toPaymentRequest);
    },

    /** The latest offer made at a counter. */
    findLatestAt: async (counterId: string): Promise<PaymentRequest | undefined> => {
      const row = await sql.get<SettledRow>(`${select} WHERE r.counter_id = ? ORDER BY r.created_at DESC, r.id DESC LIMIT 1`, counterId);
      return row && toPaymentRequest(row);
    },

    /** QRs that may still be paid at a time, newest first. */
    listOpen: async (now: Instant, limit: number): Promise<PaymentRequest[]> =>
      (
        await sql.all<SettledRow>(
          `${select} WHERE ${stillOpen} AND r.method = 'vietqr' AND r.expires_at > ? ORDER BY r.created_at DESC, r.id DESC LIMIT ?`,
          now,
          limit,
        )
      ).map(toPaymentRequest),

    /**
     * Orders at a gateway, offered between two times, for which money may still come: of obligations that are not settled, and, as nobody
     * stops a citizen from paying twice, those that were not paid themselves. Of sessions that are over only those offered since `overSince`:
     * a gateway may answer late. The newest first, after the order `after`.
     */
    listUnpaidOrders: async (
      method: string,
      [from, to]: readonly [Instant, Instant],
      overSince: Instant,
      after: string | undefined,
      limit: number,
    ): Promise<{ orderId: string; createdAt: Instant }[]> => {
      const place =
        'AND (r.created_at, r.order_id) < (SELECT c.created_at, c.order_id FROM payment_request c WHERE c.method = ? AND c.order_id = ?)';
      const rows = await sql.all<{ order_id: string; created_at: string }>(
        `SELECT r.order_id, r.created_at FROM payment_request r JOIN obligation o ON o.id = r.obligation_id
         WHERE r.method = ? AND r.order_id IS NOT NULL AND r.created_at >= ? AND r.created_at <= ? AND (o.settled_at IS NULL OR NOT EXISTS (
           SELECT 1 FROM allocation a JOIN incoming_transaction t ON t.id = a.transaction_id WHERE a.obligation_id = o.id AND t.order_id = r.order_id))
           AND (r.created_at >= ? OR NOT EXISTS (SELECT 1 FROM online_session s WHERE s.payment_request_id = r.id AND s.state IN ('paid', 'ended')))
           ${after === undefined ? '' : place} ORDER BY r.created_at DESC, r.order_id DESC LIMIT ?`,
        method,
        from,
        to,
        overSince,
        ...(after === undefined ? [] : [method, after]),
        limit,
      );
      return rows.map((row) => ({ orderId: row.order_id, createdAt: instant(row.created_at) }));
    },

    keep: (request: PaymentRequest) =>
      sql.run(
        `INSERT INTO payment_request (id, obligation_id, reference_code, method, amount, account_id, counter_id, payload, created_at, expires_at, order_id, virtual_account)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
        request.orderId ?? null,
        request.virtualAccount ?? null,
      ),

    /** A new QR takes the place of the open one with the same reference; sessions at gateways stay, until they were asked about. */
    markReplaced: (obligationId: string, reference: string, at: Instant) =>
      sql.run(
        `UPDATE payment_request SET closed_as = 'replaced', closed_at = ? WHERE obligation_id = ? AND reference_code = ? AND method = 'vietqr' AND closed_as IS NULL`,
        at,
        obligationId,
        reference,
      ),

    /** Ends every offer of these obligations that is still open. */
    markCancelled: (obligationIds: readonly string[], at: Instant) =>
      sql.each(
        `UPDATE payment_request SET closed_as = 'cancelled', closed_at = ? WHERE obligation_id = ? AND closed_as IS NULL`,
        obligationIds.map((id) => [at, id]),
      ),

    /** Ends one offer that is still open: nobody can pay it any more. */
    markEnded: (id: string, at: Instant) =>
      sql.run(`UPDATE payment_request SET closed_as = 'cancelled', closed_at = ? WHERE id = ? AND closed_as IS NULL`, at, id),
  };
}

const toPaymentRequest = (row: SettledRow): PaymentRequest => ({
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
  ...optional('orderId', row.order_id),
  ...optional('virtualAccount', row.virtual_account),
  ...closedBy(row),
});

function closedBy({ closed_as, closed_at, settled_at, created_at }: SettledRow): Pick<PaymentRequest, 'closed'> {
  if (closed_as !== null) return { closed: { as: closed_as as 'replaced' | 'cancelled', at: instant(closed_at ?? created_at) } };
  return settled_at === null ? {} : { closed: { as: 'paid', at: instant(settled_at) } };
}
