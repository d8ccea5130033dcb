// What must hold of the books at any moment, read from the tables themselves.
import Database from 'better-sqlite3';
import { Client } from 'pg';

type Row = Record<string, bigint | string | null>;

/** Runs statements on the database behind the service's back. */
async function rowsOf(url: string, text: string): Promise<Row[]> {
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

const laws: Record<string, string> = {
  'a credit is allocated, held as excess, or held whole': `
    SELECT count(*) FROM incoming_transaction t WHERE t.state IN ('applied', 'unapplied') AND t.amount <>
      (SELECT coalesce(sum(p.amount), 0) FROM posting p JOIN entry e ON e.id = p.entry_id WHERE e.cause = 'transaction' AND e.cause_id = t.id)`,
  'what is allocated never exceeds the credit': `
    SELECT count(*) FROM incoming_transaction t WHERE t.amount < (SELECT coalesce(sum(a.amount + a.excess), 0) FROM allocation a WHERE a.transaction_id = t.id)`,
  'an obligation is paid by the sum of its allocations': `
    SELECT count(*) FROM obligation o WHERE o.paid <> (SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.obligation_id = o.id)
      OR o.excess <> (SELECT coalesce(sum(a.excess), 0) FROM allocation a WHERE a.obligation_id = o.id)`,
  'what an obligation owes is the sum of its lines': `
    SELECT count(*) FROM obligation o WHERE o.due <> (SELECT coalesce(sum(f.amount), -1) FROM fee_item f WHERE f.obligation_id = o.id)`,
  'the receivable in the books is what is outstanding': `
    SELECT count(*) FROM obligation o WHERE (CASE WHEN o.cancelled_at IS NULL THEN o.due - o.paid ELSE 0 END) <>
      (SELECT coalesce(sum(CASE WHEN p.debit = 'receivable:' || o.id THEN p.amount ELSE -p.amount END), 0) FROM posting p
        WHERE p.debit = 'receivable:' || o.id OR p.credit = 'receivable:' || o.id)`,
  'unapplied in the books is what has no home': `
    SELECT (SELECT coalesce(sum(t.amount), 0) FROM incoming_transaction t WHERE t.state IN ('applied', 'unapplied'))
      - (SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.transaction_id IS NOT NULL)
      - (SELECT coalesce(sum(p.amount), 0) FROM posting p WHERE p.credit LIKE 'unapplied:%')`,
  'every credit is booked to the account that it came to': `
    SELECT count(*) FROM incoming_transaction t JOIN entry e ON e.cause = 'transaction' AND e.cause_id = t.id JOIN posting p ON p.entry_id = e.id
      WHERE p.debit <> 'bank:' || t.account_id`,
  'nothing stays unjudged': `SELECT count(*) FROM incoming_transaction WHERE state = 'received'`,
  'a settled transaction has no excess, an unapplied one has': `
    SELECT count(*) FROM incoming_transaction t WHERE (t.state = 'applied') <>
      (t.amount = (SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.transaction_id = t.id)) AND t.state IN ('applied', 'unapplied')`,
};

/** The laws that are broken, by name; empty when the books are sound. */
export async function brokenLaws(url: string): Promise<string[]> {
  const broken: string[] = [];
  for (const [law, text] of Object.entries(laws)) if ((await numberOf(url, text)) !== 0) broken.push(law);
  return broken;
}
