// Online sessions: orders at gateways, beside the payment requests that they belong to.
import type { OnlineMethod, OnlineSession, SessionState } from '../domain/onlineSession';
import type { Instant } from '../domain/time';
import type { OnlineSession as Row, PaymentRequest as RequestRow } from './generated/client';
import { instant, isIn, money, optional } from './rows';
import type { Sql } from './sql';

type JoinedRow = Row &
  Pick<RequestRow, 'obligation_id' | 'reference_code' | 'method' | 'amount' | 'account_id' | 'order_id' | 'created_at' | 'expires_at'>;

const select = `SELECT s.*, r.obligation_id, r.reference_code, r.method, r.amount, r.account_id, r.order_id, r.created_at, r.expires_at
  FROM online_session s JOIN payment_request r ON r.id = s.payment_request_id`;
const isLive = `s.state IN ('opening', 'open')`;

export function onlineSessionsTable(sql: Sql) {
  return {
    find: async (paymentRequestId: string): Promise<OnlineSession | undefined> => {
      const row = await sql.get<JoinedRow>(`${select} WHERE s.payment_request_id = ?`, paymentRequestId);
      return row && toSession(row);
    },

    /** Of one obligation, the oldest first, ended ones too. */
    ofObligation: async (obligationId: string): Promise<OnlineSession[]> =>
      (await sql.all<JoinedRow>(`${select} WHERE r.obligation_id = ? ORDER BY r.created_at, r.id`, obligationId)).map(toSession),

    /** Those that pay what a reference names, which these obligations are; the oldest first. */
    ofReference: async (reference: string, obligationIds: readonly string[]): Promise<OnlineSession[]> => {
      const [where, ...values] = isIn('r.obligation_id', obligationIds);
      const text = `${select} WHERE ${where} AND r.reference_code = ? ORDER BY r.created_at, r.id`;
      return (await sql.all<JoinedRow>(text, ...values, reference)).map(toSession);
    },

    /** Live ones of a method whose time to ask has come, and those that nobody needs any more and of which we did not know it. */
    listDue: async (method: OnlineMethod, now: Instant, limit: number): Promise<OnlineSession[]> =>
      (
        await sql.all<JoinedRow>(
          `${select} WHERE ${isLive} AND r.method = ? AND (s.ask_at <= ? OR (s.needless_at IS NULL AND r.amount <> (SELECT coalesce(sum(o.due - o.paid), 0)
             FROM reference_name n JOIN obligation o ON o.id = n.obligation_id WHERE n.reference_code = r.reference_code AND o.cancelled_at IS NULL)))
           ORDER BY s.ask_at LIMIT ?`,
          method,
          now,
          limit,
        )
      ).map(toSession),

    keep: (session: Pick<OnlineSession, 'paymentRequestId' | 'state' | 'askAt'>) =>
      sql.run(
        'INSERT INTO online_session (payment_request_id, state, ask_at, tries) VALUES (?, ?, ?, 0)',
        session.paymentRequestId,
        session.state,
        session.askAt,
      ),

    /** Takes one for one question; false when somebody did so since it was read. */
    claim: async ({ paymentRequestId, askAt, tries }: OnlineSession, until: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE online_session SET ask_at = ?, tries = tries + 1 WHERE payment_request_id = ? AND ask_at = ? AND tries = ? AND state IN ('opening', 'open')`,
        until,
        paymentRequestId,
        askAt,
        tries,
      )) === 1,

    markOpened: (paymentRequestId: string, { sessionId, redirectUrl }: { sessionId?: string; redirectUrl: string }) =>
      sql.run(
        `UPDATE online_session SET state = 'open', session_id = coalesce(?, session_id), redirect_url = ?, problem = NULL
         WHERE payment_request_id = ? AND state = 'opening'`,
        sessionId ?? null,
        redirectUrl,
        paymentRequestId,
      ),

    /** What asking brought. */
    markAsked: (
      paymentRequestId: string,
      after: { state: SessionState; askAt: Instant; tries: number; problem?: string | undefined; needlessAt?: Instant | undefined },
    ) =>
      sql.run(
        'UPDATE online_session SET state = ?, ask_at = ?, tries = ?, problem = ?, needless_at = coalesce(needless_at, ?) WHERE payment_request_id = ?',
        after.state,
        after.askAt,
        after.tries,
        after.problem ?? null,
        after.needlessAt ?? null,
        paymentRequestId,
      ),

    /** Its payer is back: the gateway is asked at once. */
    markSoon: (obligationIds: readonly string[], at: Instant) => {
      const [where, ...values] = isIn('obligation_id', obligationIds);
      return sql.run(
        `UPDATE online_session SET ask_at = ?, tries = 0 WHERE state IN ('opening', 'open') AND ask_at > ?
           AND payment_request_id IN (SELECT id FROM payment_request WHERE ${where})`,
        at,
        at,
        ...values,
      );
    },
  };
}

const toSession = (row: JoinedRow): OnlineSession => ({
  paymentRequestId: row.payment_request_id,
  method: row.method as OnlineMethod,
  state: row.state as SessionState,
  obligationId: row.obligation_id,
  reference: row.reference_code,
  amount: money(row.amount),
  accountId: row.account_id,
  orderId: row.order_id ?? row.payment_request_id,
  ...optional('sessionId', row.session_id),
  ...optional('redirectUrl', row.redirect_url),
  createdAt: instant(row.created_at),
  expiresAt: instant(row.expires_at),
  askAt: instant(row.ask_at),
  tries: Number(row.tries),
  ...optional('problem', row.problem),
  ...optional('needlessAt', row.needless_at, instant),
});
