// The rows behind each sum of a day, page by page, in the order of their ids.
import type { BesideName, BookName, BookRow } from '../domain/dayBook';
import type { Day } from '../domain/time';
import { besideRows } from './dayBeside';
import { isLast, paying, standing } from './dayBooks';
import { boundsOf, decidedApart, isOfDay } from './dayMovements';
import { instant, money, optional } from './rows';
import type { Sql, Value } from './sql';
import { unappliedPart } from './transactionFilter';

interface Row {
  id: string | bigint;
  amount: bigint;
  at: string;
  name: string | null;
  content: string | null;
  transaction_id: string | null;
  file_id?: string;
  obligation_id?: string;
}

type Question = readonly [text: string, ...values: Value[]];

const told = `incoming_transaction.bank_time AS at, incoming_transaction.bank_reference AS name, incoming_transaction.content, incoming_transaction.id AS transaction_id
  FROM incoming_transaction`;

/** `after` is the id of the last row already seen. */
function questionFor(book: BookName | BesideName, accountId: string, on: Day, after: string, limit: number): Question {
  const day = [accountId, ...boundsOf(on)] as const;
  if (book === 'received')
    return [
      `SELECT incoming_transaction.id, incoming_transaction.amount, ${told} WHERE ${isOfDay} AND direction = 'in' AND id > ? ORDER BY id LIMIT ?`,
      ...day,
      after,
      limit,
    ];
  if (book === 'unapplied')
    return [
      `SELECT incoming_transaction.id, CAST(${unappliedPart} AS BIGINT) AS amount, ${told}
       WHERE ${isOfDay} AND direction = 'in' AND state = 'unapplied' AND id > ? ORDER BY id LIMIT ?`,
      ...day,
      after,
      limit,
    ];
  if (book === 'apart')
    return [
      `SELECT r.id, r.amount, r.resolved_at AS at, incoming_transaction.bank_reference AS name, r.reason AS content, incoming_transaction.id AS transaction_id
       ${decidedApart} AND r.id > ? ORDER BY r.id LIMIT ?`,
      ...day,
      after,
      limit,
    ];
  if (book === 'unpaid' || book === 'cash' || book === 'gateways') return besideQuestion(book, day, after, limit);
  if (book === 'banked' || book === 'left')
    return [
      `SELECT l.id, l.amount, l.booked_at AS at, l.bank_reference AS name, l.content, l.transaction_id, l.file_id FROM statement_line l
       WHERE l.account_id = ? AND l.day = ? AND l.direction = ? AND l.repeats_id IS NULL AND l.id > ? ORDER BY l.id LIMIT ?`,
      accountId,
      on,
      book === 'banked' ? 'in' : 'out',
      BigInt(/^\d{1,18}$/.test(after) ? after : 0),
      limit,
    ];
  if (book === 'remitted' || book === 'refunded')
    return [
      `SELECT e.id, e.amount, e.explained_at AS at, incoming_transaction.bank_reference AS name, e.reason AS content, incoming_transaction.id AS transaction_id
       FROM incoming_transaction JOIN explanation e ON e.transaction_id = incoming_transaction.id
       WHERE ${isOfDay} AND direction = 'out' AND e.purpose = ? AND NOT EXISTS (SELECT 1 FROM explanation u WHERE u.undoes = e.id)
         AND e.id > ? ORDER BY e.id LIMIT ?`,
      ...day,
      book === 'remitted' ? 'remittance' : 'refund',
      after,
      limit,
    ];
  if (book === 'receipted')
    return [
      `WITH ${paying} SELECT r.id, r.amount, r.issued_at AS at, r.symbol || '-' || r.number AS name, d.code AS content, NULL AS transaction_id
       FROM paying p JOIN receipt r ON r.obligation_id = p.obligation_id JOIN obligation o ON o.id = r.obligation_id JOIN dossier d ON d.id = o.dossier_id
       WHERE ${standing} AND ${isLast} = 1 AND r.id > ? ORDER BY r.id LIMIT ?`,
      ...day,
      day[2],
      accountId,
      after,
      limit,
    ];
  const amount = book === 'paid' ? 'p.applied' : 'p.applied + CASE WHEN o.cancelled_at IS NULL THEN o.due - o.paid ELSE 0 END';
  return [
    `WITH ${paying} SELECT o.id, CAST(${amount} AS BIGINT) AS amount, p.paid_at AS at, d.code AS name, d.applicant_name AS content, NULL AS transaction_id
     FROM paying p JOIN obligation o ON o.id = p.obligation_id JOIN dossier d ON d.id = o.dossier_id
     WHERE o.id > ? ${book === 'paid' ? 'AND p.applied > 0' : ''} ORDER BY o.id LIMIT ?`,
    ...day,
    after,
    limit,
  ];
}

function besideQuestion(book: BesideName, day: readonly Value[], after: string, limit: number): Question {
  const { from } = besideRows[book];
  const text = {
    unpaid: `SELECT o.id, o.due AS amount, o.created_at AS at, (SELECT d.code FROM dossier d WHERE d.id = o.dossier_id) AS name,
       (SELECT d.applicant_name FROM dossier d WHERE d.id = o.dossier_id) AS content, NULL AS transaction_id ${from} AND o.id > ? ORDER BY o.id LIMIT ?`,
    cash: `SELECT c.id, c.amount, c.taken_at AS at, k.name, NULL AS content, NULL AS transaction_id, c.obligation_id ${from} AND c.id > ? ORDER BY c.id LIMIT ?`,
    gateways: `SELECT incoming_transaction.id, incoming_transaction.amount, bank_time AS at, provider AS name, content, incoming_transaction.id AS transaction_id
       ${from} AND incoming_transaction.id > ? ORDER BY incoming_transaction.id LIMIT ?`,
  }[book];
  return [text, ...day, after, limit];
}

export const dayBookRows = (sql: Sql) => ({
  list: async (book: BookName | BesideName, accountId: string, on: Day, limit: number, after = ''): Promise<BookRow[]> => {
    const [text, ...values] = questionFor(book, accountId, on, after, limit);
    return (await sql.all<Row>(text, ...values)).map((row) => ({
      id: String(row.id),
      amount: money(row.amount),
      at: instant(row.at),
      ...optional('name', row.name),
      ...optional('content', row.content),
      ...optional('transactionId', row.transaction_id),
      ...(row.file_id === undefined ? {} : { fileId: row.file_id }),
      ...(row.obligation_id === undefined ? {} : { obligationId: row.obligation_id }),
    }));
  },
});
