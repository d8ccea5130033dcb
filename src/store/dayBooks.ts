// What obligations, receipts, the portal and refunds say of the money of one account and day: sums, and the rows that are not whole.
import type { DayFlag, DayObligation, DayRefund } from '../domain/dayFacts';
import type { Counted } from '../domain/reconciliation';
import { receiptNameOf } from '../domain/receiptName';
import { openStates } from '../domain/refund';
import type { Day } from '../domain/time';
import { boundsOf, isOfDay } from './dayMovements';
import { instant, isIn, money, optional } from './rows';
import type { Sql } from './sql';

interface BookRow {
  id: string | null;
  dossier_id: string | null;
  applied: bigint;
  paid_at: string | null;
  is_odd: bigint;
  portal_flag: bigint | null;
  counted_flag: bigint | null;
  owed: bigint | null;
  receipted: bigint | null;
  paid_count: bigint;
  receipted_count: bigint;
  count: bigint;
}

/** Receipts that no other replaced and no notice says are wrong: those that are not are few, and are looked up once. */
export const standing = `r.id NOT IN (SELECT later.replaces_id FROM receipt later WHERE later.replaces_id IS NOT NULL)
  AND r.id NOT IN (SELECT n.live_for FROM receipt_notice n WHERE n.live_for IS NOT NULL AND n.state = 'confirmed')`;

/** Every obligation that the day's money came for, once, and what it took. For an account between two bank times. */
export const paying = `paying AS MATERIALIZED (
    SELECT a.obligation_id, sum(a.amount) AS applied, sum(a.excess) AS excess, max(a.paid_at) AS paid_at, min(CASE WHEN a.amount > 0 THEN a.online_flag END) AS flag
    FROM incoming_transaction JOIN allocation a ON a.transaction_id = incoming_transaction.id WHERE ${isOfDay} GROUP BY a.obligation_id)`;

/**
 * 1 where no payment of the obligation that stands came later: not after the day's end, nor to another account than the one named. A payment
 * that was taken back counts only as long as none stands.
 */
export const isLast = `CASE WHEN o.paid > 0 AND p.applied + p.excess = o.paid + o.excess THEN 1 WHEN o.paid > 0 AND p.applied + p.excess = 0 THEN 0
  WHEN EXISTS (SELECT 1 FROM allocation b JOIN incoming_transaction x ON x.id = b.transaction_id
    WHERE b.obligation_id = o.id AND b.paid_at > p.paid_at AND x.account_id IS NOT NULL AND (b.paid_at >= ? OR x.account_id <> ?)
    GROUP BY b.transaction_id HAVING o.paid = 0 OR sum(b.amount + b.excess) > 0) THEN 0 ELSE 1 END`;

/**
 * Every obligation that the day's money came for, once: what it took, and what its receipts say. It stands with the day and the account of
 * its last payment (`is_last`), so that it is looked at once. Taxes have no receipts of ours and count in no ratio.
 */
const books = `WITH ${paying},
  receipted AS MATERIALIZED (
    SELECT r.obligation_id, sum(r.amount) AS amount FROM paying JOIN receipt r ON r.obligation_id = paying.obligation_id WHERE ${standing} GROUP BY r.obligation_id),
  book AS MATERIALIZED (
    SELECT o.id, o.dossier_id, p.applied, p.paid_at, o.due, o.paid, p.flag,
      CASE WHEN o.settled_at IS NULL THEN 0 ELSE 1 END AS is_settled,
      CASE WHEN o.cancelled_at IS NULL THEN o.due - o.paid ELSE 0 END AS outstanding,
      CASE WHEN o.treasury_account_id IS NULL THEN 0 ELSE 1 END AS is_tax,
      ${isLast} AS is_last,
      coalesce(r.amount, 0) AS receipted,
      (SELECT s.flag FROM sync_flag s WHERE s.dossier_id = o.dossier_id ORDER BY s.at DESC LIMIT 1) AS portal_flag
    FROM paying p JOIN obligation o ON o.id = p.obligation_id LEFT JOIN receipted r ON r.obligation_id = p.obligation_id),
  looked AS (
    SELECT book.*, CASE WHEN is_last = 1 AND is_tax = 0
        AND (is_settled = 0 AND (paid > 0 OR receipted > 0) OR is_settled = 1 AND receipted <> due) THEN 1 ELSE 0 END AS is_odd,
      CASE WHEN is_tax = 0 AND (portal_flag = 0 AND is_settled = 1 AND flag > 0 OR portal_flag > 0 AND is_settled = 0) THEN 1 ELSE 0 END AS is_unsynchronised
    FROM book)`;

const aggregated = `SELECT NULL AS id, NULL AS dossier_id, CAST(coalesce(sum(applied), 0) AS BIGINT) AS applied, NULL AS paid_at, 0 AS is_odd,
    NULL AS portal_flag, NULL AS counted_flag, CAST(coalesce(sum(applied + outstanding), 0) AS BIGINT) AS owed,
    CAST(coalesce(sum(CASE WHEN is_last = 1 THEN receipted ELSE 0 END), 0) AS BIGINT) AS receipted,
    count(CASE WHEN applied > 0 THEN 1 END) AS paid_count, count(CASE WHEN is_last = 1 AND receipted > 0 THEN 1 END) AS receipted_count,
    count(*) AS count FROM looked`;

const oddOnes = `SELECT id, dossier_id, CAST(applied AS BIGINT), paid_at, is_odd, CASE WHEN is_unsynchronised = 1 THEN portal_flag END,
    CASE WHEN is_settled = 1 THEN flag ELSE 0 END, 0, 0, 0, 0, 0 FROM looked WHERE is_odd = 1 OR is_unsynchronised = 1`;

export interface OddBooks {
  owed: Counted;
  paid: Counted;
  receipted: Counted;
  obligations: DayObligation[];
  flags: DayFlag[];
}

export function dayBooks(sql: Sql) {
  const describe = async (rows: readonly BookRow[]): Promise<DayObligation[]> => {
    const paidAt = new Map(rows.map((row) => [row.id ?? '', row.paid_at ?? '']));
    const ids = [...paidAt.keys()];
    if (ids.length === 0) return [];
    const [where, ...values] = isIn('o.id', ids);
    const found = await sql.all<ObligationRow>(
      `SELECT o.id, d.code, (SELECT n.reference_code FROM reference_name n WHERE n.obligation_id = o.id ORDER BY n.reference_code LIMIT 1) AS reference,
         o.due, o.paid, o.cancelled_at, o.settled_at, w.why, w.since
       FROM obligation o JOIN dossier d ON d.id = o.dossier_id LEFT JOIN receipt_wait w ON w.obligation_id = o.id AND w.ended_at IS NULL
       WHERE ${where} ORDER BY o.id`,
      ...values,
    );
    const [of, ...those] = isIn('r.obligation_id', ids);
    const receipts = await sql.all<ReceiptRow>(
      `SELECT r.id, r.obligation_id, r.symbol, r.number, r.amount, r.issued_at FROM receipt r WHERE ${of} AND ${standing} ORDER BY r.id`,
      ...those,
    );
    return found.map((row) => toObligation(row, paidAt.get(row.id) ?? '', receipts));
  };

  const flagsOf = async (rows: readonly BookRow[]): Promise<DayFlag[]> => {
    const ids = [...new Set(rows.flatMap(({ dossier_id }) => dossier_id ?? []))];
    if (ids.length === 0) return [];
    const [where, ...values] = isIn('d.id', ids);
    const found = await sql.all<{ id: string; code: string; at: string; offline_count: bigint }>(
      `SELECT d.id, d.code, (SELECT max(s.at) FROM sync_flag s WHERE s.dossier_id = d.id) AS at,
         (SELECT count(*) FROM obligation o JOIN allocation a ON a.obligation_id = o.id WHERE o.dossier_id = d.id
             AND o.treasury_account_id IS NULL AND (a.online_flag = 0 AND a.amount > 0 OR o.settled_at IS NULL AND o.cancelled_at IS NULL AND o.due > 0)) AS offline_count
       FROM dossier d WHERE ${where} ORDER BY d.id`,
      ...values,
    );
    return found.flatMap((dossier) => toFlag(dossier, rows) ?? []);
  };

  return {
    of: async (accountId: string, on: Day): Promise<OddBooks> => {
      const [from, before] = boundsOf(on);
      const rows = await sql.all<BookRow>(`${books} ${aggregated} UNION ALL ${oddOnes}`, accountId, from, before, before, accountId);
      const total = rows.find(({ id }) => id === null);
      const odd = rows.filter(({ id }) => id !== null);
      const counted = (sum: bigint | null | undefined, count: bigint | undefined): Counted => ({
        sum: money(sum ?? 0n),
        count: Number(count ?? 0n),
      });
      return {
        owed: counted(total?.owed, total?.count),
        paid: counted(total?.applied, total?.paid_count),
        receipted: counted(total?.receipted, total?.receipted_count),
        obligations: await describe(odd.filter(({ is_odd }) => is_odd === 1n)),
        flags: await flagsOf(odd.filter(({ portal_flag }) => portal_flag !== null)),
      };
    },

    /** Refunds of the day's money on their way: they are found by their state, for they are few. */
    listRefunds: async (accountId: string, on: Day): Promise<DayRefund[]> => {
      const [where, ...values] = isIn('r.state', openStates);
      const rows = await sql.all<RefundRow>(
        `SELECT r.id, r.transaction_id, r.amount, r.state, r.requested_at, incoming_transaction.content, incoming_transaction.bank_reference,
           incoming_transaction.payer_name FROM refund r CROSS JOIN incoming_transaction
         WHERE ${where} AND incoming_transaction.id = r.transaction_id AND ${isOfDay} ORDER BY r.id`,
        ...values,
        accountId,
        ...boundsOf(on),
      );
      return rows.map((row) => ({
        id: row.id,
        transactionId: row.transaction_id,
        amount: money(row.amount),
        state: row.state,
        requestedAt: instant(row.requested_at),
        content: row.content,
        ...optional('bankReference', row.bank_reference),
        ...optional('payerName', row.payer_name),
      }));
    },
  };
}

interface RefundRow {
  id: string;
  transaction_id: string;
  amount: bigint;
  state: string;
  requested_at: string;
  content: string;
  bank_reference: string | null;
  payer_name: string | null;
}

interface ObligationRow {
  id: string;
  code: string;
  reference: string | null;
  due: bigint;
  paid: bigint;
  cancelled_at: string | null;
  settled_at: string | null;
  why: string | null;
  since: string | null;
}

interface ReceiptRow {
  id: string;
  obligation_id: string;
  symbol: string;
  number: bigint;
  amount: bigint;
  issued_at: string;
}

const toObligation = (row: ObligationRow, paidAt: string, receipts: readonly ReceiptRow[]): DayObligation => ({
  id: row.id,
  dossierCode: row.code,
  ...optional('reference', row.reference),
  due: money(row.due),
  paid: money(row.paid),
  isCancelled: row.cancelled_at !== null,
  ...optional('settledAt', row.settled_at, instant),
  paidAt: instant(paidAt),
  receipts: receipts
    .filter(({ obligation_id }) => obligation_id === row.id)
    .map(({ id, symbol, number, amount, issued_at }) => ({
      id,
      name: receiptNameOf({ symbol, number: Number(number) }),
      amount: money(amount),
      issuedAt: instant(issued_at),
    })),
  ...(row.why === null || row.since === null ? {} : { wait: { why: row.why, since: instant(row.since) } }),
});

/** A dossier counts as online when it is wholly paid and every payment of it was online: then the portal should say so, and else not. */
function toFlag(dossier: { id: string; code: string; at: string; offline_count: bigint }, rows: readonly BookRow[]): DayFlag | undefined {
  const own = rows.filter(({ dossier_id }) => dossier_id === dossier.id);
  const portalFlag = Number(own[0]?.portal_flag ?? 0n);
  const countedFlag = dossier.offline_count > 0n ? 0 : Number(own[0]?.counted_flag ?? 0n);
  if ((portalFlag === 0) === (countedFlag === 0)) return undefined;
  return {
    dossierId: dossier.id,
    dossierCode: dossier.code,
    amount: money(own.reduce((sum, { applied }) => sum + applied, 0n)),
    countedFlag,
    portalFlag,
    spokenAt: instant(dossier.at),
    paidAt: instant(
      own
        .map(({ paid_at }) => paid_at ?? '')
        .sort()
        .at(-1) ?? '',
    ),
  };
}
