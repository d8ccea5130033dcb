// The facts of a reconciliation, gathered from what every source has told of one account and one day.
import type { DayFacts } from '../domain/dayFacts';
import { idRandomBytes, newId } from '../domain/id';
import type { DifferenceNote, NoteKind, StatementStanding } from '../domain/reconciliation';
import { addDays, dayOf, epochMsOf, startOfDay, type Day, type Instant } from '../domain/time';
import { dayBookRows } from './dayBookRows';
import { dayBooks } from './dayBooks';
import { dayMovements, explainedFor } from './dayMovements';
import type { DifferenceNote as NoteRow } from './generated/client';
import { moneySearch } from './moneySearch';
import { day, instant, isIn, money, optional } from './rows';
import type { Sql } from './sql';

/** So long before a day its sources are looked for: where nobody but the bank's list tells of money, nothing can be missed. */
const toldDays = 3;

interface FileRow {
  id: string;
  is_balanced: bigint | null;
  is_final: bigint;
  last_day: string;
  rejected_count: bigint;
}

interface CloseRow {
  day: string;
  prepared_at: string;
  closed_at: string;
}

export function reconciliationsTable(sql: Sql) {
  const movements = dayMovements(sql);
  const books = dayBooks(sql);

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

  const closedAtOf = async (accountId: string, on: Day): Promise<Instant | undefined> => {
    const close = await sql.get<CloseRow>('SELECT closed_at FROM day_close WHERE account_id = ? AND day = ?', accountId, on);
    return close && instant(close.closed_at);
  };

  /** What was told since the last close of days before it; the next close of the account lists that. */
  const lateBefore = async (accountId: string, on: Day): Promise<DayFacts['late']> => {
    const last = await sql.get<CloseRow>(
      'SELECT day, prepared_at, closed_at FROM day_close WHERE account_id = ? ORDER BY number DESC LIMIT 1',
      accountId,
    );
    if (!last || addDays(day(last.day), 1) !== on) return [];
    const first = await sql.get<CloseRow>(
      'SELECT day, prepared_at, closed_at FROM day_close WHERE account_id = ? ORDER BY number LIMIT 1',
      accountId,
    );
    const isClosed = (one: Day): boolean => one >= (first?.day ?? on) && one < on;
    const since = instant(last.prepared_at);
    const told = (await movements.listLate(accountId, firstIdAt(since), startOfDay(on))).filter(({ bankTime }) =>
      isClosed(dayOf(bankTime)),
    );
    const held = (await movements.listHeldSince(accountId, since, on)).filter((line) => isClosed(line.day) && line.isLate);
    const days = [...new Set([...told.map(({ bankTime }) => dayOf(bankTime)), ...held.map((line) => line.day)])].sort();
    const late: DayFacts['late'][number][] = [];
    for (const one of days)
      late.push({
        day: one,
        movements: told.filter(({ bankTime }) => dayOf(bankTime) === one),
        lines: held.filter((line) => line.day === one),
        notes: await listNotes(accountId, one),
      });
    return late;
  };

  const movementFacts = async (accountId: string, on: Day) => {
    const statement = await statementOf(accountId, on);
    const before = await statementOf(accountId, addDays(on, -1));
    const next = await statementOf(accountId, addDays(on, 1));
    const closedAt = await closedAtOf(accountId, on);
    const isTold = await movements.isTold(accountId, startOfDay(addDays(on, -toldDays)), startOfDay(addDays(on, 1)));
    const lines = await movements.listHeld(accountId, on);
    const references = lines.flatMap(({ bankReference }) => bankReference ?? []);
    const isFinal = statement.standing === 'final';
    const question = { accountId, day: on, isFinal, isTold, isClosed: closedAt !== undefined };
    const odd = await movements.list(question, references);
    return {
      day: on,
      statement: statement.standing,
      nextStatement: next.standing,
      ...(statement.id ? { statementId: statement.id } : {}),
      ...(closedAt ? { closedAt } : {}),
      isTold,
      movements: odd.movements,
      explanations: odd.explanations,
      earlier: await movements.listEarlier(accountId, on, before.standing === 'final'),
      lines,
      refunds: await books.listRefunds(accountId, on),
      notes: await listNotes(accountId, on),
      late: await lateBefore(accountId, on),
    };
  };

  return {
    /** All that a reconciliation of the day is decided from. */
    facts: async (accountId: string, on: Day, asOf: Instant): Promise<DayFacts> => {
      const { explanations, ...told } = await movementFacts(accountId, on);
      const [received, listed] = [await movements.sums(accountId, on), await movements.lineSums(accountId, on)];
      const { owed, paid, receipted, obligations, flags } = await books.of(accountId, on);
      const [remitted, refunded] = [explainedFor(explanations, 'remittance'), explainedFor(explanations, 'refund')];
      return {
        ...told,
        accountId,
        asOf,
        books: { owed, paid, received: received.in, banked: listed.in, left: listed.out, receipted, remitted, refunded },
        obligations,
        flags,
      };
    },

    /** What may keep the day from being closed: all but what its obligations and receipts say. */
    movementFacts,

    /** The rows behind one sum of the day. */
    listBook: dayBookRows(sql).list,

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

/** The lowest id that a transaction could have been given at a time. */
const firstIdAt = (at: Instant): string => newId('transaction', { epochMs: epochMsOf(at), turn: 0 }, new Uint8Array(idRandomBytes));

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
