// What must hold of the books at any moment, read from the tables themselves.
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { apartActions } from '../../src/domain/resolution';

type Row = Record<string, bigint | string | null>;

/** Runs statements on the database behind the service's back. */
export async function rowsOf(url: string, text: string): Promise<Row[]> {
  if (url.startsWith('file:')) {
    const database = new Database(url.slice('file:'.length), { readonly: true });
    try {
      return database.defaultSafeIntegers(true).prepare(text).all() as Row[];
    } finally {
      database.close();
    }
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

export async function numberOf(url: string, text: string): Promise<number> {
  const [row] = await rowsOf(url, text);
  return Number(Object.values(row ?? {})[0] ?? 0);
}

/** Credits that came to us. */
const ours = `t.state IN ('applied', 'unapplied', 'resolved')`;
const allocated = '(SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.transaction_id = t.id)';
/** What standing decisions of one kind took of a credit: those that were not taken back. */
const decided = (action: string): string =>
  `(SELECT coalesce(sum(r.amount), 0) FROM resolution r WHERE r.transaction_id = t.id AND r.action = '${action}'
     AND NOT EXISTS (SELECT 1 FROM resolution u WHERE u.undoes = r.id))`;
const homeless = `(t.amount - ${allocated} - ${apartActions.map(decided).join(' - ')})`;
/** What an account of the books holds for others. */
const held = (account: string): string =>
  `((SELECT coalesce(sum(p.amount), 0) FROM posting p WHERE p.credit = ${account}) - (SELECT coalesce(sum(p.amount), 0) FROM posting p WHERE p.debit = ${account}))`;
/** What has gone back of a credit. */
const wentBack = `(SELECT coalesce(sum(f.amount), 0) FROM refund f WHERE f.transaction_id = t.id AND f.state = 'confirmed')`;
/** Every account that money came to, with where that money is. */
const holders = `(SELECT coalesce(t.account_id, 'gateway:' || t.provider) AS holder, sum(${homeless}) AS homeless, sum(${decided('refund')} - ${wentBack}) AS to_refund,
   sum(${decided('not_ours')}) AS not_ours FROM incoming_transaction t WHERE ${ours} GROUP BY coalesce(t.account_id, 'gateway:' || t.provider)) h`;

const laws: Record<string, string> = {
  'a credit is allocated, held as excess, or held whole': `
    SELECT count(*) FROM incoming_transaction t WHERE ${ours} AND t.amount <>
      (SELECT coalesce(sum(p.amount), 0) FROM posting p WHERE p.cause = 'transaction' AND p.cause_id = t.id)`,
  'what is allocated or decided otherwise never exceeds the credit': `
    SELECT count(*) FROM incoming_transaction t WHERE ${homeless} < (SELECT coalesce(sum(a.excess), 0) FROM allocation a WHERE a.transaction_id = t.id)`,
  'no obligation gives back more of a credit than it had': `
    SELECT count(*) FROM (SELECT 1 FROM allocation a GROUP BY a.obligation_id, a.transaction_id, a.cash_taking_id
      HAVING sum(a.amount) < 0 OR sum(a.excess) < 0) g`,
  'an obligation that has too much owes nothing': `
    SELECT count(*) FROM obligation o WHERE o.excess > 0 AND o.paid < o.due AND o.cancelled_at IS NULL`,
  'an obligation is paid by the sum of its allocations': `
    SELECT count(*) FROM obligation o WHERE o.paid <> (SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.obligation_id = o.id)
      OR o.excess <> (SELECT coalesce(sum(a.excess), 0) FROM allocation a WHERE a.obligation_id = o.id)`,
  'an obligation is settled while what it owes is paid, and only then': `
    SELECT count(*) FROM obligation o WHERE (o.settled_at IS NOT NULL) <> (o.cancelled_at IS NULL AND o.due > 0 AND o.paid >= o.due)`,
  'a fee is asked for once for a dossier, and is not issued again while it is': `
    SELECT (SELECT count(*) FROM (SELECT 1 AS one FROM fee_item f JOIN obligation o ON o.id = f.obligation_id
        WHERE o.cancelled_at IS NULL AND o.paid < o.due AND o.treasury_account_id IS NULL GROUP BY o.dossier_id, f.fee_id HAVING count(*) > 1) twice)
      + (SELECT count(*) FROM fee_item f JOIN obligation o ON o.id = f.obligation_id
        WHERE o.cancelled_at IS NULL AND o.paid < o.due AND o.treasury_account_id IS NULL AND f.open_for IS NULL)`,
  'what an obligation owes is the sum of its lines': `
    SELECT count(*) FROM obligation o WHERE o.due <> (SELECT coalesce(sum(f.amount), -1) FROM fee_item f WHERE f.obligation_id = o.id)`,
  'the receivable in the books is what is outstanding': `
    SELECT count(*) FROM obligation o LEFT JOIN (SELECT account, sum(amount) AS balance FROM (SELECT debit AS account, amount FROM posting
        UNION ALL SELECT credit, -amount FROM posting) sides GROUP BY account) b ON b.account = 'receivable:' || o.id
      WHERE (CASE WHEN o.cancelled_at IS NULL THEN o.due - o.paid ELSE 0 END) <> coalesce(b.balance, 0)`,
  'unapplied, to refund and not ours in the books are what was decided, account by account': `
    SELECT count(*) FROM ${holders} WHERE h.homeless <> ${held("'unapplied:' || h.holder")}
      OR h.to_refund <> ${held("'refundable:' || h.holder")} OR h.not_ours <> ${held("'not_ours:' || h.holder")}`,
  'a refund waits where a decision for it stands, and nowhere else': `
    SELECT count(*) FROM resolution r LEFT JOIN refund f ON f.resolution_id = r.id WHERE r.action = 'refund' AND (f.id IS NULL OR f.amount <> r.amount
      OR (f.state IN ('withdrawn', 'refused', 'failed')) <> EXISTS (SELECT 1 FROM resolution u WHERE u.undoes = r.id))`,
  'no more goes back of a credit than came with it': `
    SELECT count(*) FROM incoming_transaction t WHERE t.amount < (SELECT coalesce(sum(f.amount), 0) FROM refund f WHERE f.transaction_id = t.id
      AND f.state NOT IN ('withdrawn', 'refused', 'failed'))`,
  'a refund stands where its last step left it': `
    SELECT count(*) FROM refund f LEFT JOIN refund_step s ON s.refund_id = f.id AND s.version = f.version WHERE s.to_state IS NULL OR s.to_state <> f.state`,
  'every credit is booked to the account that it came to': `
    SELECT count(*) FROM incoming_transaction t JOIN posting p ON p.cause = 'transaction' AND p.cause_id = t.id
      WHERE p.debit <> coalesce('bank:' || t.account_id, 'gateway:' || t.provider)`,
  'the numbers of receipts have no gap: every range is used from its first number on, and ranges lie side by side': `
    SELECT count(*) FROM receipt_range g WHERE g.used_to - g.first_number + 1 <>
        (SELECT count(*) FROM receipt r WHERE r.symbol = g.symbol AND r.agency_code = g.agency_code AND r.number BETWEEN g.first_number AND g.last_number)
      OR (g.first_number > 1 AND NOT EXISTS (SELECT 1 FROM receipt_range b WHERE b.symbol = g.symbol AND b.last_number = g.first_number - 1))`,
  'every receipt lies in a range of its agency, in a series of its kind': `
    SELECT count(*) FROM receipt r WHERE NOT EXISTS (SELECT 1 FROM receipt_range g JOIN receipt_series s ON s.symbol = g.symbol
      WHERE g.symbol = r.symbol AND g.agency_code = r.agency_code AND r.number BETWEEN g.first_number AND g.used_to AND s.kind = r.kind)`,
  'of the receipts of an obligation and kind one stands at most, and it was the last': `
    SELECT count(*) FROM (SELECT 1 AS doubled FROM receipt r WHERE NOT EXISTS (SELECT 1 FROM receipt later WHERE later.replaces_id = r.id)
      GROUP BY r.obligation_id, r.kind HAVING count(*) > 1) g`,
  'nothing stays unjudged': `SELECT count(*) FROM incoming_transaction WHERE state = 'received'`,
  'the state of a credit says where its money is, and why where it waits': `
    SELECT count(*) FROM incoming_transaction t WHERE ${ours} AND (t.state <> CASE WHEN ${homeless} > 0 THEN 'unapplied'
      WHEN EXISTS (SELECT 1 FROM resolution r WHERE r.transaction_id = t.id AND r.action <> 'undo'
        AND NOT EXISTS (SELECT 1 FROM resolution u WHERE u.undoes = r.id)) THEN 'resolved' ELSE 'applied' END
      OR (t.state = 'unapplied') <> (t.why IS NOT NULL))`,
};

/** The laws that are broken, by name; empty when the books are sound. */
export const brokenLaws = (url: string): Promise<string[]> => brokenAmong(url, laws);

/** Each law is a query for one number, which is 0 while the law holds; all are asked in one statement, of one state of the books. */
export async function brokenAmong(url: string, asked: Readonly<Record<string, string>>): Promise<string[]> {
  const columns = Object.values(asked).map((text, place) => `(${text}) AS law${place}`);
  const [row = {}] = await rowsOf(url, `SELECT ${columns.join(', ')}`);
  return Object.keys(asked).filter((_, place) => Number(row[`law${place}`]) !== 0);
}
