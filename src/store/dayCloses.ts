// Day closes: drafts, the chain of each account, and which movements each close covers; all append-only.
import { setImmediate as turn } from 'node:timers/promises';
import type {
  ClosedCorrection,
  ClosedMovement,
  CloseHead,
  DayClose,
  DayCloseContent,
  DayCloseDraft,
  DraftHead,
  LateMovement,
} from '../domain/dayClose';
import { idRandomBytes, newId } from '../domain/id';
import { addMs, epochMsOf, type Day, type Instant } from '../domain/time';
import { boundsOf, isCovered, isOfDay } from './dayMovements';
import type { DayClose as Row, DayCloseDraft as DraftRow, StatementFile as FileRow } from './generated/client';
import { lateDecisions } from './lateDecisions';
import { allOf, day, instant, isIn, json, type Condition } from './rows';
import type { Sql } from './sql';

export interface CloseFilter {
  accountIds?: readonly string[];
  agencyCodes?: readonly string[];
  from?: Day;
  to?: Day;
}

/** A file whose bytes were read and whose days hold the one that is asked for. */
export interface CoveringFile {
  id: string;
  name: string;
  sha256: string;
  firstDay: Day;
  lastDay: Day;
  keptAt: Instant;
  openingBalance?: number;
  closingBalance?: number;
}

interface MovementRow {
  id: bigint | string;
  direction: string;
  amount: bigint;
}

/** The lines of a file that was sent longer before a close than any reading takes are in a close already. */
export const longestReadingMs = 2 * 86_400_000;

const heads =
  'id, account_id, agency_code, account_number, day, number, previous_hash, hash, prepared_by, prepared_at, closed_by, closed_at';
const draftHeads = 'id, account_id, day, content_hash, prepared_by, prepared_at';
const linesOfDay = 'FROM statement_line WHERE account_id = ? AND day = ? AND repeats_id IS NULL';
const transactionsOfDay = `FROM incoming_transaction WHERE ${isOfDay}`;

export function dayClosesTable(sql: Sql) {
  return { ...readingCloses(sql), ...readingFacts(sql), ...lateDecisions(sql), ...writingCloses(sql) };
}

function readingCloses(sql: Sql) {
  const head = async (where: string, ...values: string[]): Promise<CloseHead | undefined> => {
    const row = await sql.get<Row>(`SELECT ${heads} FROM day_close WHERE ${where}`, ...values);
    return row && toHead(row);
  };
  return {
    find: async (accountId: string, on: Day): Promise<DayClose | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM day_close WHERE account_id = ? AND day = ?', accountId, on);
      return row && toClose(row);
    },

    findHead: (accountId: string, on: Day) => head('account_id = ? AND day = ?', accountId, on),
    /** The one that covers a transaction. */
    findCovering: (transactionId: string) =>
      head(`id = (SELECT m.close_id FROM day_close_member m WHERE m.kind = 'transaction' AND m.member_id = ?)`, transactionId),
    findFirst: (accountId: string) => head('account_id = ? ORDER BY number LIMIT 1', accountId),
    /** The last of the account's chain. */
    findLast: (accountId: string) => head('account_id = ? ORDER BY number DESC LIMIT 1', accountId),

    /** The newest first, without contents; `after` is the id of the last one already seen. */
    listHeads: async (filter: CloseFilter, limit: number, after?: string): Promise<CloseHead[]> => {
      const { where, values } = allOf(conditionsOf(filter, after));
      const text = `SELECT ${heads} FROM day_close WHERE ${where} ORDER BY id DESC LIMIT ?`;
      return (await sql.all<Row>(text, ...values, limit)).map(toHead);
    },

    /** The next of an account after a number, its content as the text that was hashed. */
    findText: async (accountId: string, after: number): Promise<{ head: CloseHead; content: string } | undefined> => {
      const text = 'SELECT * FROM day_close WHERE account_id = ? AND number > ? ORDER BY number LIMIT 1';
      const row = await sql.get<Row>(text, accountId, after);
      return row && { head: toHead(row), content: row.content };
    },

    /** As it was prepared last. */
    findDraft: async (accountId: string, on: Day): Promise<DayCloseDraft | undefined> => {
      const row = await sql.get<DraftRow>(lastDraft(`${draftHeads}, content`), accountId, on);
      return row && { ...toDraftHead(row), content: json<DayCloseContent>(row.content) };
    },

    /** Of the latest day that was prepared. */
    findLastDraftHead: async (accountId: string): Promise<DraftHead | undefined> => {
      const text = `SELECT ${draftHeads} FROM day_close_draft WHERE account_id = ? ORDER BY day DESC, prepared_at DESC, id DESC LIMIT 1`;
      const row = await sql.get<DraftRow>(text, accountId);
      return row && toDraftHead(row);
    },

    findDraftHead: async (accountId: string, on: Day): Promise<DraftHead | undefined> => {
      const row = await sql.get<DraftRow>(lastDraft(draftHeads), accountId, on);
      return row && toDraftHead(row);
    },
  };
}

function readingFacts(sql: Sql) {
  return {
    /** The bank's lines of a day, in the order in which we read them. Others have their turn first, for they may be many. */
    listLines: async (accountId: string, on: Day): Promise<ClosedMovement[]> => {
      await turn();
      return (await sql.all<MovementRow>(`SELECT id, direction, amount ${linesOfDay} ORDER BY id`, accountId, on)).map(toMovement);
    },

    /** What we were told of for a Vietnamese day, in the order of telling. Others have their turn first. */
    listTransactions: async (accountId: string, on: Day): Promise<ClosedMovement[]> => {
      await turn();
      const text = `SELECT id, direction, amount ${transactionsOfDay} ORDER BY id`;
      return (await sql.all<MovementRow>(text, accountId, ...boundsOf(on))).map(toMovement);
    },

    /** Lines of the closed days from `from` to before `before` that no close covers. `since`: when the last close was made. */
    listLateLines: async (accountId: string, { from, before, since }: LateSpan): Promise<LateMovement[]> => {
      const text = `SELECT l.id, l.direction, l.amount, l.day FROM statement_line l
        WHERE l.file_id IN (SELECT f.id FROM statement_file f WHERE f.account_id = ? AND f.kept_at >= ?) AND l.account_id || '' = ?
          AND l.day >= ? AND l.day < ? AND l.repeats_id IS NULL AND NOT ${isCovered('line', 'CAST(l.id AS TEXT)')} ORDER BY l.id`;
      const rows = await sql.all<MovementRow & { day: string }>(text, accountId, addMs(since, -longestReadingMs), accountId, from, before);
      return rows.map((row) => ({ movement: toMovement(row), day: day(row.day) }));
    },

    /** The files that list the day, the newest first. */
    listFiles: async (accountId: string, on: Day): Promise<CoveringFile[]> => {
      const text = `SELECT * FROM statement_file WHERE account_id = ? AND state = 'read' AND first_day <= ? AND last_day >= ? ORDER BY kept_at DESC, id DESC`;
      return (await sql.all<FileRow>(text, accountId, on, on)).map(toFile);
    },

    /** What the bank's lines from one day to before another change the balance by; `until`: as files that were sent until then list them. */
    netOfLines: async (accountId: string, { from, before, until }: { from: Day; before: Day; until?: Instant }): Promise<number> => {
      const known = until === undefined ? '' : 'AND file_id IN (SELECT id FROM statement_file WHERE account_id = ? AND kept_at <= ?)';
      const row = await sql.get<{ net: bigint | null }>(
        `SELECT CAST(sum(CASE direction WHEN 'in' THEN amount ELSE -amount END) AS BIGINT) AS net FROM statement_line
         WHERE account_id = ? AND day >= ? AND day < ? AND repeats_id IS NULL ${known}`,
        accountId,
        from,
        before,
        ...(until === undefined ? [] : [accountId, until]),
      );
      return Number(row?.net ?? 0n);
    },
  };
}

const addMembers = 'INSERT INTO day_close_member (kind, member_id, close_id)';

function writingCloses(sql: Sql) {
  return {
    /** `content`: the text whose hash it names. */
    keepDraft: (draft: DraftHead, content: string) =>
      sql.run(
        'INSERT INTO day_close_draft (id, account_id, day, content, content_hash, prepared_by, prepared_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        draft.id,
        draft.accountId,
        draft.day,
        content,
        draft.contentHash,
        draft.preparedBy,
        draft.preparedAt,
      ),

    /** `content`: the text in its hash. False when the day, or the number, was closed meanwhile. */
    keep: async (close: CloseHead, content: string): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO day_close (id, account_id, agency_code, account_number, day, number, content, previous_hash, hash, prepared_by, prepared_at,
           closed_by, closed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        close.id,
        close.accountId,
        close.agencyCode,
        close.accountNumber,
        close.day,
        close.number,
        content,
        close.previousHash,
        close.hash,
        close.preparedBy,
        close.preparedAt,
        close.closedBy,
        close.closedAt,
      )) === 1,

    /** A close covers all that its day has now: how many lines and transactions that is. */
    keepMembers: async ({ id, accountId, day: on }: CloseHead): Promise<{ lines: number; transactions: number }> => ({
      lines: await sql.run(`${addMembers} SELECT 'line', CAST(id AS TEXT), ? ${linesOfDay}`, id, accountId, on),
      transactions: await sql.run(`${addMembers} SELECT 'transaction', id, ? ${transactionsOfDay}`, id, accountId, ...boundsOf(on)),
    }),

    /** And what it corrects. */
    keepCorrections: (closeId: string, kind: 'line' | 'transaction', corrections: readonly ClosedCorrection[]) =>
      sql.each(
        `${addMembers} VALUES (?, ?, ?)`,
        corrections.map(([id]) => [kind, id, closeId]),
      ),
  };
}

/** Closed days, the first of them to before the one that is closed now. */
export interface LateSpan {
  from: Day;
  before: Day;
  since: Instant;
}

function conditionsOf({ accountIds, agencyCodes, from, to }: CloseFilter, after: string | undefined): Condition[] {
  const conditions: Condition[] = [];
  if (accountIds) conditions.push(isIn('account_id', accountIds));
  if (agencyCodes) conditions.push(isIn('agency_code', agencyCodes));
  if (from) conditions.push(['day >= ?', from]);
  if (to) conditions.push(['day <= ?', to]);
  if (after) conditions.push(['id < ?', after]);
  return conditions;
}

/** The lowest id that a transaction could have been given at a time. */
export const firstIdAt = (at: Instant): string => newId('transaction', { epochMs: epochMsOf(at), turn: 0 }, new Uint8Array(idRandomBytes));

const toMovement = (row: MovementRow): ClosedMovement => [String(row.id), row.direction === 'in' ? 'in' : 'out', Number(row.amount)];

const toFile = (row: FileRow): CoveringFile => ({
  id: row.id,
  name: row.name,
  sha256: row.sha256,
  firstDay: day(row.first_day ?? ''),
  lastDay: day(row.last_day ?? ''),
  keptAt: instant(row.kept_at),
  ...(row.opening_balance === null ? {} : { openingBalance: Number(row.opening_balance) }),
  ...(row.closing_balance === null ? {} : { closingBalance: Number(row.closing_balance) }),
});

const lastDraft = (columns: string): string =>
  `SELECT ${columns} FROM day_close_draft WHERE account_id = ? AND day = ? ORDER BY prepared_at DESC, id DESC LIMIT 1`;

const toDraftHead = (row: Omit<DraftRow, 'content'>): DraftHead => ({
  id: row.id,
  accountId: row.account_id,
  day: day(row.day),
  contentHash: row.content_hash,
  preparedBy: row.prepared_by,
  preparedAt: instant(row.prepared_at),
});

const toHead = (row: Omit<Row, 'content'>): CloseHead => ({
  id: row.id,
  accountId: row.account_id,
  agencyCode: row.agency_code,
  accountNumber: row.account_number,
  day: day(row.day),
  number: Number(row.number),
  previousHash: row.previous_hash,
  hash: row.hash,
  preparedBy: row.prepared_by,
  preparedAt: instant(row.prepared_at),
  closedBy: row.closed_by,
  closedAt: instant(row.closed_at),
});

const toClose = (row: Row): DayClose => ({ ...toHead(row), content: json<DayCloseContent>(row.content) });
