// The bank's own list of an account for a day, straight into a database of either kind: what importing its statement would have written.
import type { TestService } from './office';
import { numberOf, rowsOf } from './books';
import { runAll } from './settled';

export interface ListedDay {
  accountId: string;
  day: string;
  opening: number;
  /** Of transactions that we know: their lines stand in the list. */
  transactionIds?: readonly string[];
  /** Lines of the bank's own: money that nobody told us of. */
  more?: readonly { direction: 'in' | 'out'; amount: number; day?: string }[];
  isFinal?: boolean;
}

let files = 0;

/** The closing balance that the list states. */
export async function listDay(
  service: TestService,
  { accountId, day, opening, transactionIds = [], more = [], isFinal = true }: ListedDay,
): Promise<number> {
  const { databaseUrl: url } = service.config;
  const id = `st_list${++files}`;
  const known = transactionIds.length === 0 ? [] : await rowsOf(url, knownRows(transactionIds));
  const lines = [
    ...known.map((row) => ({
      direction: String(row['direction']),
      amount: Number(row['amount']),
      day,
      transactionId: String(row['id']),
      at: String(row['bank_time']),
    })),
    ...more.map((line) => ({ ...line, day: line.day ?? day, transactionId: undefined, at: `${line.day ?? day}T02:00:00.000Z` })),
  ];
  const sum = (direction: string) => lines.filter((line) => line.direction === direction).reduce((total, { amount }) => total + amount, 0);
  const closing = opening + sum('in') - sum('out');
  const first = lines.reduce((least, line) => (line.day < least ? line.day : least), day);
  await runAll(url, [
    `INSERT INTO statement_file (id, account_id, name, layout, sha256, byte_count, kept_by, kept_at, state, bytes_read, line_count, known_count, rejected_count,
       new_count, held_count, opening_balance, closing_balance, credit_sum, debit_sum, is_balanced, first_day, last_day, is_final)
     VALUES ('${id}', '${accountId}', 'sao-ke-${day}.xlsx', 'vietcombank', '${'ab'.repeat(32)}', 1, 'of-ketoan', '${service.ctx.now()}', 'read', 1, ${lines.length}, 0, 0,
       0, 0, ${opening}, ${closing}, ${sum('in')}, ${sum('out')}, 1, '${first}', '${day}', ${isFinal ? 1 : 0})`,
    ...lines.map(
      (
        line,
        row,
      ) => `INSERT INTO statement_line (account_id, day, identity, occurrence, direction, amount, content, booked_at, file_id, row_number, transaction_id)
        VALUES ('${accountId}', '${line.day}', '${id} ${row}', 1, '${line.direction}', ${line.amount}, 'dong sao ke', '${line.at}', '${id}', ${row + 1},
          ${line.transactionId ? `'${line.transactionId}'` : 'NULL'})`,
    ),
  ]);
  return closing;
}

const knownRows = (ids: readonly string[]): string =>
  `SELECT id, direction, amount, bank_time FROM incoming_transaction WHERE id IN (${ids.map((id) => `'${id}'`).join(', ')}) ORDER BY id`;

/** How many rows a table has. */
export const countOf = (service: TestService, table: string): Promise<number> =>
  numberOf(service.config.databaseUrl, `SELECT count(*) FROM ${table}`);
