// The facts of a reconciliation, gathered from what every source has told of one account and one day.
import { setImmediate as turn } from 'node:timers/promises';
import type { CloseHead } from '../domain/dayClose';
import type { DayFacts, MovementFacts } from '../domain/dayFacts';
import type { DifferenceNote, NoteKind, StatementStanding } from '../domain/reconciliation';
import { addDays, addMs, dayOf, startOfDay, type Day, type Instant } from '../domain/time';
import { besideOf } from './dayBeside';
import { dayBookRows } from './dayBookRows';
import { dayBooks } from './dayBooks';
import { dayClosesTable, firstIdAt, longestReadingMs } from './dayCloses';
import { dayMovements } from './dayMovements';
import type { DifferenceNote as NoteRow } from './generated/client';
import { moneySearch } from './moneySearch';
import { day, instant, isIn, money, optional } from './rows';
import type { Sql } from './sql';

/** So long before a day its sources are looked for: where nobody but the bank's list tells of money, nothing can be missed. */
const toldDays = 3;
/** What was given its id so long before a close is in it, however long its commit took. */
const longestCommitMs = 60 * 60_000;

interface FileRow {
  id: string;
  is_balanced: bigint | null;
  is_final: bigint;
  last_day: string;
  rejected_count: bigint;
}

/** SQLite answers at once: pieces that begin at different turns let others go between. */
async function afterTurns(count: number): Promise<void> {
  for (let turns = 0; turns < count; turns++) await turn();
}

export function reconciliationsTable(sql: Sql) {
  const movements = dayMovements(sql);
  const books = dayBooks(sql);
  const closes = dayClosesTable(sql);

  /** The newest file that covers the whole day, else the newest that covers some of it. */
  const statementOf = async (accountId: string, on: Day): Promise<{ standing: StatementStanding; id?: string }> => {
    const files = await sql.all<FileRow>(
      `SELECT id, is_balanced, is_final, last_day, rejected_count FROM statement_file
       WHERE account_id = ? AND first_day <= ? AND last_day >= ? AND state = 'read' ORDER BY kept_at DESC, id DESC`,
      accountId,
      on,
      on,
    );
    const whole = files.find((file) => file.is_final === 1n || file.last_day > on);
    const file = whole ?? files[0];
    if (!file) return { standing: 'none' };
    const isWhole = file.is_balanced === 1n || (file.is_balanced === null && file.rejected_count === 0n);
    return { standing: !isWhole ? 'unbalanced' : whole ? 'final' : 'intraday', id: file.id };
  };

  const listNotes = async (accountId: string, on: Day): Promise<DifferenceNote[]> =>
    (await sql.all<NoteRow>('SELECT * FROM difference_note WHERE account_id = ? AND day = ? ORDER BY noted_at, id', accountId, on)).map(
      toNote,
    );

  const closedAtOf = async (accountId: string, on: Day): Promise<Instant | undefined> => (await closes.findHead(accountId, on))?.closedAt;

  /** What was told of closed days, or is open again of them, since the last of them was closed; the next close of the account lists that. */
  const lateSince = async (last: CloseHead): Promise<DayFacts['late']> => {
    const { accountId, closedAt } = last;
    const firstDay = (await closes.findFirst(accountId))?.day ?? last.day;
    const before = addDays(last.day, 1);
    const since = firstIdAt(addMs(closedAt, -longestCommitMs));
    const late = await movements.listLate(accountId, since, startOfDay(before));
    const reopened = await movements.listReopened(accountId, addMs(closedAt, -longestCommitMs), startOfDay(before));
    const told = [...late, ...reopened].filter(({ bankTime }) => dayOf(bankTime) >= firstDay);
    const lines = await movements.listHeldSince(accountId, addMs(closedAt, -longestReadingMs), before);
    const held = lines.filter((line) => line.day >= firstDay);
    const days = [...new Set([...told.map(({ bankTime }) => dayOf(bankTime)), ...held.map((line) => line.day)])].sort();
    const found: DayFacts['late'][number][] = [];
    for (const one of days)
      found.push({
        day: one,
        movements: told.filter(({ bankTime }) => dayOf(bankTime) === one),
        lines: held.filter((line) => line.day === one),
        notes: await listNotes(accountId, one),
      });
    return found;
  };

  const movementFactsWithin = async (accountId: string, on: Day): Promise<MovementFacts> => {
    const statement = await statementOf(accountId, on);
    const dayBefore = addDays(on, -1);
    const before = await statementOf(accountId, dayBefore);
    const next = await statementOf(accountId, addDays(on, 1));
    const close = await closes.findHead(accountId, on);
    const last = await closes.findLast(accountId);
    const nextToClose = last && addDays(last.day, 1);
    const isTold = await movements.isTold(accountId, startOfDay(addDays(on, -toldDays)), startOfDay(addDays(on, 1)));
    const lines = await movements.listHeld(accountId, on);
    const references = lines.flatMap(({ bankReference }) => bankReference ?? []);
    const question = { accountId, day: on, isFinal: statement.standing === 'final', isTold, closeId: close?.id };
    const isClosedBefore = (await closedAtOf(accountId, dayBefore)) !== undefined;
    return {
      day: on,
      statement: statement.standing,
      nextStatement: next.standing,
      ...(statement.id ? { statementId: statement.id } : {}),
      ...(close ? { closedAt: close.closedAt } : {}),
      ...(nextToClose ? { nextToClose } : {}),
      isTold,
      movements: await movements.list(question, references),
      earlier: await movements.listEarlier(accountId, on, { isFinal: before.standing === 'final', isClosed: isClosedBefore }),
      lines,
      refunds: await books.listRefunds(accountId, on),
      notes: await listNotes(accountId, on),
      late: last && nextToClose === on ? await lateSince(last) : [],
    };
  };

  /** Others have their turn before it: a day of many thousand movements takes a while. Not within a transaction. */
  const movementFacts = async (accountId: string, on: Day): Promise<MovementFacts> => {
    await turn();
    return movementFactsWithin(accountId, on);
  };

  const sumsOf = async (accountId: string, on: Day) => ({
    received: await movements.toldSums(accountId, on),
    listed: await movements.listedSums(accountId, on),
    explained: await movements.explainedSums(accountId, on),
    apart: await movements.apartSum(accountId, on),
  });

  return {
    /** All that a reconciliation of the day is decided from, read in pieces: PostgreSQL reads them at the same time. Not within a transaction. */
    facts: async (accountId: string, on: Day, asOf: Instant): Promise<DayFacts> => {
      const [told, { received, listed, explained, apart }, { owed, paid, receipted, obligations, flags }] = await Promise.all([
        movementFacts(accountId, on),
        afterTurns(2).then(() => sumsOf(accountId, on)),
        afterTurns(3).then(() => books.of(accountId, on)),
      ]);
      return {
        ...told,
        accountId,
        asOf,
        books: {
          owed,
          paid,
          received: received('in'),
          banked: listed('in'),
          left: listed('out'),
          receipted,
          remitted: explained('remittance'),
          refunded: explained('refund'),
          apart,
        },
        obligations,
        flags,
      };
    },

    /** What may keep the day from being closed: all but what its obligations and receipts say. */
    movementFacts,

    /** The same at one moment, within a transaction. */
    movementFactsWithin,

    /** The rows behind one sum of the day. */
    listBook: dayBookRows(sql).list,
    /** Whether anybody but the bank's list told of money on that day. */
    isTold: (accountId: string, on: Day) => movements.isTold(accountId, startOfDay(on), startOfDay(addDays(on, 1))),
    beside: (accountId: string, on: Day) => besideOf(sql, accountId, on),

    search: moneySearch(sql).list,

    /** The bank's time of the oldest money without a home, of some agencies or of all. */
    oldestUnapplied: async (agencyCodes: readonly string[] | undefined): Promise<Instant | undefined> => {
      const [where, ...values] = agencyCodes ? isIn('agency_code', agencyCodes) : ['1 = 1'];
      const text = `SELECT min(bank_time) AS at FROM incoming_transaction WHERE state = 'unapplied' AND ${where}`;
      const oldest = (await sql.get<{ at: string | null }>(text, ...values))?.at;
      return oldest ? instant(oldest) : undefined;
    },

    statementOf,

    closedAtOf,

    /** Closed days of which something was carried, or taken back since, by account: the newest `limit` days, `before`: only of days before. */
    listCarryDays: async (accountIds: readonly string[], limit: number, before?: Day): Promise<{ accountId: string; day: Day }[]> => {
      const [where, ...values] = isIn('n.account_id', accountIds);
      const carried = `FROM (
          SELECT c.account_id, c.day FROM difference_note k JOIN day_close c ON c.account_id = k.account_id AND c.day = k.day WHERE k.kind = 'carry'
          UNION SELECT c.account_id, c.day FROM resolution r CROSS JOIN day_close_member m CROSS JOIN day_close c
          WHERE r.action = 'undo' AND m.kind = 'transaction' AND m.member_id = r.transaction_id AND c.id = m.close_id AND r.resolved_at >= c.closed_at
          UNION SELECT c.account_id, c.day FROM explanation e CROSS JOIN day_close_member m CROSS JOIN day_close c
          WHERE e.undoes IS NOT NULL AND m.kind = 'transaction' AND m.member_id = e.transaction_id AND c.id = m.close_id AND e.explained_at >= c.closed_at
        ) n WHERE ${where} AND n.day < ?`;
      const asked = [...values, before ?? '9999'];
      const rows = await sql.all<{ account_id: string; day: string }>(
        `SELECT DISTINCT n.account_id, n.day ${carried} AND n.day IN (SELECT DISTINCT n.day ${carried} ORDER BY n.day DESC LIMIT ?)
         ORDER BY n.day DESC, n.account_id`,
        ...asked,
        ...asked,
        limit,
      );
      return rows.map((row) => ({ accountId: row.account_id, day: day(row.day) }));
    },

    /** Oldest first. */
    listNotes,

    /** Adds what a person said of a difference. */
    append: (note: DifferenceNote) =>
      sql.run(
        `INSERT INTO difference_note (id, account_id, day, difference_key, kind, amount, text, owner_id, noted_by, noted_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        note.id,
        note.accountId,
        note.day,
        note.key,
        note.kind,
        note.amount.dong,
        note.text,
        note.ownerId ?? null,
        note.by,
        note.at,
      ),
  };
}

const toNote = (row: NoteRow): DifferenceNote => ({
  id: row.id,
  accountId: row.account_id,
  day: day(row.day),
  key: row.difference_key,
  kind: row.kind as NoteKind,
  amount: money(row.amount),
  text: row.text,
  ...optional('ownerId', row.owner_id),
  by: row.noted_by,
  at: instant(row.noted_at),
});
