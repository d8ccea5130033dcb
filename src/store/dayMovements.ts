// The movements of one account and day that do not plainly agree with the bank's list, and the sums of all of them.
import type { DayMovement, HeldLine } from '../domain/dayFacts';
import { idFrom } from '../domain/id';
import type { Counted } from '../domain/reconciliation';
import { nightsOf } from '../domain/nightBooking';
import { addDays, dayOf, epochMsOf, startOfDay, type Day, type Instant } from '../domain/time';
import type { Transaction, TransactionState, UnappliedReason, Via } from '../domain/transaction';
import type { IncomingTransaction as Row } from './generated/client';
import { day, instant, isIn, money, optional } from './rows';
import type { Sql, Value } from './sql';
import { apart, explainedPart, unappliedPart } from './transactionFilter';

export interface DayQuestion {
  accountId: string;
  day: Day;
  /** The bank's list is whole: what it does not show is missing. */
  isFinal: boolean;
  /** Money that only a statement told of is worth a word. */
  isTold: boolean;
  /** That of the day, where there is one. */
  closeId: string | undefined;
}

/** Tests and strangers' accounts are nowhere in our books. */
export const isOurs = `incoming_transaction.state NOT IN ('foreign', 'test')`;
/** Of an account, between two bank times. */
export const isOfDay = `incoming_transaction.account_id = ? AND incoming_transaction.bank_time >= ? AND incoming_transaction.bank_time < ? AND ${isOurs}`;

/** What people decided of the day's money that is for no obligation, from its FROM on. */
export const decidedApart = `FROM incoming_transaction JOIN resolution r ON r.transaction_id = incoming_transaction.id
  WHERE ${isOfDay} AND incoming_transaction.state IN ('resolved', 'unapplied') AND r.action IN (${apart})
    AND NOT EXISTS (SELECT 1 FROM resolution u WHERE u.undoes = r.id)`;

export const boundsOf = (on: Day): [from: Instant, before: Instant] => [startOfDay(on), startOfDay(addDays(on, 1))];

type MovementRow = Pick<Row, 'id' | 'direction' | 'amount' | 'content' | 'bank_reference' | 'payer_name' | 'bank_time' | 'received_at'> &
  Pick<Row, 'state' | 'why' | 'via'> & {
    unplaced: bigint;
    is_disowned: bigint;
    closed_on: string | null;
    line_id: bigint | null;
    line_day: string | null;
    line_amount: bigint | null;
    line_file: string | null;
  };

export const isCovered = (kind: 'line' | 'transaction', id: string): string =>
  `EXISTS (SELECT 1 FROM day_close_member m WHERE m.kind = '${kind}' AND m.member_id = ${id})`;
/** The day whose close covers it. */
const closedOn = (kind: 'line' | 'transaction', id: string): string =>
  `(SELECT c.day FROM day_close_member m JOIN day_close c ON c.id = m.close_id WHERE m.kind = '${kind}' AND m.member_id = ${id})`;

const disownedPart = `coalesce((SELECT sum(r.amount) FROM resolution r WHERE r.transaction_id = incoming_transaction.id AND r.action = 'not_ours'
  AND NOT EXISTS (SELECT 1 FROM resolution u WHERE u.undoes = r.id)), 0)`;

const notCoveredBy = `NOT EXISTS (SELECT 1 FROM day_close_member m
  WHERE m.kind = 'transaction' AND m.member_id = incoming_transaction.id AND m.close_id = ?)`;

const select = (isClosed: boolean): string =>
  `SELECT incoming_transaction.id, incoming_transaction.direction, incoming_transaction.amount, incoming_transaction.content,
     incoming_transaction.bank_reference, incoming_transaction.payer_name, incoming_transaction.bank_time, incoming_transaction.received_at,
     incoming_transaction.state, incoming_transaction.why, incoming_transaction.via,
     CASE incoming_transaction.state WHEN 'unapplied' THEN CAST(${unappliedPart} AS BIGINT)
       WHEN 'outgoing' THEN CAST(incoming_transaction.amount - ${explainedPart} AS BIGINT) ELSE 0 END AS unplaced,
     CASE WHEN incoming_transaction.state = 'resolved' AND incoming_transaction.amount = ${disownedPart} THEN 1 ELSE 0 END AS is_disowned,
     ${isClosed ? closedOn('transaction', 'incoming_transaction.id') : 'NULL'} AS closed_on,
     l.id AS line_id, l.day AS line_day, l.amount AS line_amount, l.file_id AS line_file`;

export function dayMovements(sql: Sql) {
  /** Sums by name. */
  const sums = async (text: string, ...values: Value[]): Promise<(name: string) => Counted> => {
    const rows = await sql.all<{ name: string; n: bigint; total: bigint }>(text, ...values);
    return (name) => {
      const row = rows.find((one) => one.name === name);
      return { sum: money(row?.total ?? 0n), count: Number(row?.n ?? 0n) };
    };
  };

  return {
    /** What was told of, by direction. */
    toldSums: (accountId: string, on: Day) =>
      sums(
        `SELECT direction AS name, count(*) AS n, CAST(sum(amount) AS BIGINT) AS total FROM incoming_transaction WHERE ${isOfDay} GROUP BY direction`,
        accountId,
        ...boundsOf(on),
      ),

    /** What is on the bank's list, by direction. */
    listedSums: (accountId: string, on: Day) =>
      sums(
        `SELECT direction AS name, count(*) AS n, CAST(sum(amount) AS BIGINT) AS total FROM statement_line
         WHERE account_id = ? AND day = ? AND repeats_id IS NULL GROUP BY direction`,
        accountId,
        on,
      ),

    /** What was said of money that left, by purpose. It is found by its state, for little leaves. */
    explainedSums: (accountId: string, on: Day) =>
      sums(
        `SELECT e.purpose AS name, count(*) AS n, CAST(sum(e.amount) AS BIGINT) AS total FROM incoming_transaction t JOIN explanation e ON e.transaction_id = t.id
         WHERE t.state = 'outgoing' AND t.account_id || '' = ? AND t.bank_time >= ? AND t.bank_time < ?
           AND NOT EXISTS (SELECT 1 FROM explanation u WHERE u.undoes = e.id) GROUP BY e.purpose`,
        accountId,
        ...boundsOf(on),
      ),

    /** What people decided of the day's money, where it is for no obligation. */
    apartSum: async (accountId: string, on: Day): Promise<Counted> => {
      const row = await sql.get<{ n: bigint; total: bigint | null }>(
        `SELECT count(*) AS n, CAST(sum(r.amount) AS BIGINT) AS total ${decidedApart}`,
        accountId,
        ...boundsOf(on),
      );
      return { sum: money(row?.total ?? 0n), count: Number(row?.n ?? 0n) };
    },

    /** Whether anybody but the bank's list told of money on this account between two times. */
    isTold: async (accountId: string, from: Instant, before: Instant): Promise<boolean> =>
      (await sql.get(
        `SELECT 1 AS one FROM incoming_transaction WHERE account_id = ? AND bank_time >= ? AND bank_time < ? AND via <> 'statement' LIMIT 1`,
        accountId,
        from,
        before,
      )) !== undefined,

    /** Those that are odd: without a home, told by the list only, not on it, on another day's, with another amount, told after the close. */
    list: async (question: DayQuestion, references: readonly string[]): Promise<DayMovement[]> => {
      const { accountId, isFinal, isTold, closeId } = question;
      const isClosed = closeId !== undefined;
      const [isNamed, ...named] = isIn('incoming_transaction.bank_reference', references);
      const odd: [text: string, values: Value[]][] = [
        [`incoming_transaction.state = 'unapplied'`, []],
        [`(incoming_transaction.state = 'outgoing' AND incoming_transaction.amount > ${explainedPart})`, []],
        ...(isTold ? [[`incoming_transaction.via = 'statement'`, []] satisfies [string, Value[]]] : []),
        isFinal ? ['l.id IS NULL', []] : [`(l.id IS NULL AND ${isNamed})`, named],
        ['l.day <> ?', [question.day]],
        ['l.amount <> incoming_transaction.amount', []],
        ...(isClosed ? [[notCoveredBy, [closeId]] satisfies [string, Value[]]] : []),
      ];
      const rows = await sql.all<MovementRow>(
        `${select(isClosed)} FROM incoming_transaction LEFT JOIN statement_line l ON l.transaction_id = incoming_transaction.id
         WHERE ${isOfDay} AND (${odd.map(([text]) => text).join(' OR ')}) ORDER BY incoming_transaction.id`,
        accountId,
        ...boundsOf(question.day),
        ...odd.flatMap(([, values]) => values),
      );
      return rows.map((row) => toMovement(row, isClosed));
    },

    /** Of days before: what the list of this day shows, and what of the night before no list shows, where the list of that day is whole. */
    listEarlier: async (accountId: string, on: Day, before: { isFinal: boolean; isClosed: boolean }): Promise<DayMovement[]> => {
      const [start] = boundsOf(on);
      const booked = await sql.all<MovementRow>(
        `${select(false)} FROM statement_line l CROSS JOIN incoming_transaction
         WHERE l.account_id = ? AND l.day = ? AND incoming_transaction.id = l.transaction_id AND incoming_transaction.bank_time < ?`,
        accountId,
        on,
        start,
      );
      const missing: MovementRow[] = [];
      for (const night of before.isFinal ? nightsOf(addDays(on, -1)) : [])
        missing.push(
          ...(await sql.all<MovementRow>(
            `${select(before.isClosed)} FROM incoming_transaction LEFT JOIN statement_line l ON l.transaction_id = incoming_transaction.id
             WHERE ${isOfDay} AND l.id IS NULL`,
            accountId,
            ...night,
          )),
        );
      return [...booked.map((row) => toMovement(row, false)), ...missing.map((row) => toMovement(row, before.isClosed))];
    },

    /** Lines of the day that wait for a person. */
    listHeld: async (accountId: string, on: Day): Promise<HeldLine[]> =>
      (await sql.all<LineRow>(`${selectLines} AND l.account_id = ? AND l.day = ? ORDER BY l.id`, accountId, on)).map(toLine),

    /** Of days before, of files that were sent since, that no close lists. */
    listHeldSince: async (accountId: string, since: Instant, before: Day): Promise<HeldLine[]> =>
      (
        await sql.all<LineRow>(
          `${selectLines} AND l.account_id = ? AND f.kept_at >= ? AND l.day < ? AND NOT ${isCovered('line', 'CAST(l.id AS TEXT)')} ORDER BY l.id`,
          accountId,
          since,
          before,
        )
      ).map(toLine),

    /** Of days before, told since (by their ids, which begin with the time), that no close lists. What was told lately is less than what an account ever got. */
    listLate: async (accountId: string, sinceId: string, before: Instant): Promise<DayMovement[]> => {
      const rows = await sql.all<MovementRow>(
        `${select(true)} FROM incoming_transaction LEFT JOIN statement_line l ON l.transaction_id = incoming_transaction.id
         WHERE incoming_transaction.id >= ? AND incoming_transaction.account_id || '' = ? AND incoming_transaction.bank_time < ? AND ${isOurs}
           AND NOT ${isCovered('transaction', 'incoming_transaction.id')} ORDER BY incoming_transaction.id`,
        sinceId,
        accountId,
        before,
      );
      return rows.map((row) => toMovement(row, true));
    },

    /** Of closed days: money that a decision or an explanation which was taken back since has left open, in the books of its own day's close. */
    listReopened: async (accountId: string, since: Instant, before: Instant): Promise<DayMovement[]> => {
      const rows = await sql.all<MovementRow>(
        `${select(true)} FROM incoming_transaction LEFT JOIN statement_line l ON l.transaction_id = incoming_transaction.id
         WHERE incoming_transaction.id IN (
             SELECT r.transaction_id FROM resolution r WHERE r.id >= ? AND r.undoes IS NOT NULL
             UNION SELECT e.transaction_id FROM explanation e WHERE e.id >= ? AND e.undoes IS NOT NULL)
           AND incoming_transaction.account_id || '' = ? AND incoming_transaction.bank_time < ? AND ${isOurs}
           AND ${isCovered('transaction', 'incoming_transaction.id')} ORDER BY incoming_transaction.id`,
        idFrom('resolution', epochMsOf(since)),
        idFrom('explanation', epochMsOf(since)),
        accountId,
        before,
      );
      return rows.map((row) => toMovement(row, true)).filter(({ unplaced }) => unplaced.isPositive());
    },
  };
}

interface LineRow {
  id: bigint;
  file_id: string;
  day: string;
  direction: string;
  amount: bigint;
  content: string;
  bank_reference: string | null;
  payer_name: string | null;
  booked_at: string;
  kept_at: string;
  is_closed: bigint;
  closed_on: string | null;
}

/** Held lines are few: they are found by what they are, and then by their day. */
const selectLines = `SELECT l.id, l.file_id, l.day, l.direction, l.amount, l.content, l.bank_reference, l.payer_name, l.booked_at, f.kept_at,
    ${closedOn('line', 'CAST(l.id AS TEXT)')} AS closed_on,
    CASE WHEN EXISTS (SELECT 1 FROM day_close c WHERE c.account_id = l.account_id AND c.day = l.day) THEN 1 ELSE 0 END AS is_closed
  FROM statement_line l CROSS JOIN statement_file f WHERE f.id = l.file_id AND l.transaction_id IS NULL AND l.repeats_id IS NULL`;

const toLine = (row: LineRow): HeldLine => ({
  id: row.id.toString(),
  fileId: row.file_id,
  day: day(row.day),
  direction: row.direction as HeldLine['direction'],
  amount: money(row.amount),
  content: row.content,
  ...optional('bankReference', row.bank_reference),
  ...optional('payerName', row.payer_name),
  bookedAt: instant(row.booked_at),
  keptAt: instant(row.kept_at),
  isLate: row.is_closed === 1n && row.closed_on !== row.day,
  ...optional('closedOn', row.closed_on, day),
});

function toMovement(row: MovementRow, isClosed: boolean): DayMovement {
  return {
    id: row.id,
    direction: row.direction as Transaction['direction'],
    amount: money(row.amount),
    content: row.content,
    ...optional('bankReference', row.bank_reference),
    ...optional('payerName', row.payer_name),
    bankTime: instant(row.bank_time),
    receivedAt: instant(row.received_at),
    state: row.state as TransactionState,
    ...optional('why', row.why, (why) => why as UnappliedReason),
    via: row.via as Via,
    unplaced: money(row.unplaced),
    ...(row.line_id === null
      ? {}
      : {
          line: {
            id: row.line_id.toString(),
            day: day(row.line_day ?? ''),
            amount: money(row.line_amount ?? 0n),
            fileId: row.line_file ?? '',
          },
        }),
    isDisowned: row.is_disowned === 1n,
    isLate: isClosed && row.closed_on !== dayOf(instant(row.bank_time)),
    ...optional('closedOn', row.closed_on, day),
  };
}
