// Notices of error about receipts, and obligations whose receipts are not as they should be.
import type { Instant } from '../domain/time';
import type { ReceiptNotice } from '../domain/receiptNotice';
import type { ReceiptWait, WaitReason } from '../domain/receiptWait';
import type { ReceiptNotice as NoticeRow, ReceiptWait as WaitRow } from './generated/client';
import { toNotice } from './receipts';
import { allOf, instant, isIn, type Condition } from './rows';
import type { Sql } from './sql';

export interface WaitFilter {
  why?: readonly WaitReason[];
  agencyCodes?: readonly string[];
}

export function receiptNoticesTable(sql: Sql) {
  return {
    /** All that were ever given about a receipt, in order. */
    ofReceipt: async (receiptId: string): Promise<ReceiptNotice[]> =>
      (await sql.all<NoticeRow>('SELECT * FROM receipt_notice WHERE receipt_id = ? ORDER BY given_at, id', receiptId)).map(toNotice),

    /** False when the receipt has a notice already. */
    keep: async ({ id, receiptId, ground, reason, state, givenBy, givenAt, decided }: ReceiptNotice): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO receipt_notice (id, receipt_id, ground, reason, state, given_by, given_at, decided_by, decided_at, live_for)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (live_for) DO NOTHING`,
        id,
        receiptId,
        ground,
        reason,
        state,
        givenBy,
        givenAt,
        decided?.by ?? null,
        decided?.at ?? null,
        receiptId,
      )) === 1,

    /** False when somebody decided it already. */
    markDecided: async (id: string, state: 'confirmed' | 'refused', by: string, at: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE receipt_notice SET state = ?, decided_by = ?, decided_at = ?, live_for = CASE WHEN ? = 'refused' THEN NULL ELSE live_for END
         WHERE id = ? AND state = 'requested'`,
        state,
        by,
        at,
        state,
        id,
      )) === 1,

    /** Those that have not ended, the oldest first. */
    listWaits: async (filter: WaitFilter, limit: number): Promise<ReceiptWait[]> => {
      const { where, values } = conditionsOf(filter);
      const text = `SELECT * FROM receipt_wait WHERE ${where} ORDER BY since, obligation_id LIMIT ?`;
      return (await sql.all<WaitRow>(text, ...values, limit)).map(toWait);
    },

    /** No more than `most` are counted. */
    countWaits: async (filter: WaitFilter, most: number): Promise<number> => {
      const { where, values } = conditionsOf(filter);
      const text = `SELECT count(*) AS n FROM (SELECT 1 AS one FROM receipt_wait WHERE ${where} LIMIT ?) AS few`;
      return Number((await sql.get<{ n: bigint }>(text, ...values, most))?.n ?? 0n);
    },

    /** From now on they wait, for this reason; one that waits already keeps its beginning. */
    saveWaits: (waits: readonly ReceiptWait[]) =>
      sql.each(
        `INSERT INTO receipt_wait (obligation_id, agency_code, why, since) VALUES (?, ?, ?, ?)
         ON CONFLICT (obligation_id) DO UPDATE SET why = excluded.why, ended_at = NULL,
           since = CASE WHEN receipt_wait.ended_at IS NULL THEN receipt_wait.since ELSE excluded.since END`,
        waits.map(({ obligationId, agencyCode, why, since }) => [obligationId, agencyCode, why, since]),
      ),

    markWaitsEnded: (obligationIds: readonly string[], at: Instant) => {
      const [where, ...values] = isIn('obligation_id', obligationIds);
      return sql.run(`UPDATE receipt_wait SET ended_at = ? WHERE ended_at IS NULL AND ${where}`, at, ...values);
    },
  };
}

function conditionsOf({ why, agencyCodes }: WaitFilter) {
  const conditions: Condition[] = [['ended_at IS NULL']];
  if (why) conditions.push(isIn('why', why));
  if (agencyCodes) conditions.push(isIn('agency_code', agencyCodes));
  return allOf(conditions);
}

const toWait = (row: WaitRow): ReceiptWait => ({
  obligationId: row.obligation_id,
  agencyCode: row.agency_code,
  why: row.why as ReceiptWait['why'],
  since: instant(row.since),
});
