// The books: entries and their postings, append-only.
import type { Entry, EntryCause } from '../domain/ledger';
import { money } from './rows';
import type { Money } from '../domain/money';
import type { Entry as EntryRow, Posting as PostingRow } from './generated/client';
import { day, instant, marks } from './rows';
import type { Sql } from './sql';

export function ledgerTable(sql: Sql) {
  return {
    /** The entries that these causes were booked by, oldest first. */
    listByCauses: async (causeIds: readonly string[]): Promise<Entry[]> => {
      if (causeIds.length === 0) return [];
      const rows = await sql.all<EntryRow & PostingRow>(
        `SELECT e.*, p.* FROM entry e JOIN posting p ON p.entry_id = e.id
         WHERE e.cause_id IN (${marks(causeIds.length)}) ORDER BY e.created_at, e.id, p.position`,
        ...causeIds,
      );
      return toEntries(rows);
    },

    /** Books entries; the database refuses a second one with the same cause. An entry without postings is nothing to book. */
    post: async (entries: readonly Entry[]): Promise<void> => {
      const booked = entries.filter((entry) => entry.postings.length > 0);
      await sql.each(
        'INSERT INTO entry (id, cause, cause_id, day, created_at) VALUES (?, ?, ?, ?, ?)',
        booked.map((entry) => [entry.id, entry.cause, entry.causeId, entry.day, entry.createdAt]),
      );
      await sql.each(
        'INSERT INTO posting (entry_id, position, debit, credit, amount) VALUES (?, ?, ?, ?, ?)',
        booked.flatMap(({ id, postings }) =>
          postings.map(({ debit, credit, amount }, position) => [id, position, debit, credit, amount.dong]),
        ),
      );
    },
  };
}

function toEntries(rows: readonly (EntryRow & PostingRow)[]): Entry[] {
  const entries = new Map<string, Entry & { postings: { debit: string; credit: string; amount: Money }[] }>();
  for (const row of rows) {
    const entry = entries.get(row.id) ?? {
      id: row.id,
      cause: row.cause as EntryCause,
      causeId: row.cause_id,
      day: day(row.day),
      createdAt: instant(row.created_at),
      postings: [],
    };
    entry.postings.push({ debit: row.debit, credit: row.credit, amount: money(row.amount) });
    entries.set(row.id, entry);
  }
  return [...entries.values()];
}
