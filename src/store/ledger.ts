// The books: postings, append-only; those of one cause are its entry.
import type { Entry, EntryCause, Posting } from '../domain/ledger';
import type { Money } from '../domain/money';
import type { Posting as Row } from './generated/client';
import { instant, isIn, money } from './rows';
import type { Sql } from './sql';

export function ledgerTable(sql: Sql) {
  return {
    /** The entries that these causes were booked by, oldest first. */
    listByCauses: async (causeIds: readonly string[]): Promise<Entry[]> => {
      const [where, ...values] = isIn('cause_id', causeIds);
      const text = `SELECT * FROM posting WHERE ${where} ORDER BY created_at, cause_id, cause, position`;
      return toEntries(await sql.all<Row>(text, ...values));
    },

    /** What an account of the books holds: debits less credits. */
    balanceOf: async (account: string): Promise<Money> => {
      const sum = (side: 'debit' | 'credit') => `coalesce((SELECT CAST(sum(amount) AS BIGINT) FROM posting WHERE ${side} = ?), 0)`;
      const row = await sql.get<{ held: bigint }>(`SELECT ${sum('debit')} - ${sum('credit')} AS held`, account, account);
      return money(row?.held ?? 0n);
    },

    /** Books entries; the database refuses a second one with the same cause. An entry without postings is nothing to book. */
    post: (entries: readonly Entry[]) =>
      sql.each(
        'INSERT INTO posting (cause_id, cause, position, debit, credit, amount, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        entries.flatMap(({ causeId, cause, createdAt, postings }) =>
          postings.map(({ debit, credit, amount }, position) => [causeId, cause, position, debit, credit, amount.dong, createdAt]),
        ),
      ),
  };
}

function toEntries(rows: readonly Row[]): Entry[] {
  const entries = new Map<string, Entry & { postings: Posting[] }>();
  for (const row of rows) {
    const key = `${row.cause} ${row.cause_id}`;
    const entry = entries.get(key) ?? {
      cause: row.cause as EntryCause,
      causeId: row.cause_id,
      createdAt: instant(row.created_at),
      postings: [],
    };
    entry.postings.push({ debit: row.debit, credit: row.credit, amount: money(row.amount) });
    entries.set(key, entry);
  }
  return [...entries.values()];
}
