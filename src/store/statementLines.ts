// Statement lines: each movement once, the files that list it again, the transaction that it is, and what people said of it.
import { folded } from '../domain/moneySearch';
import type { DraftLine, LineDecision, StatementLine } from '../domain/statement';
import type { Day } from '../domain/time';
import type { StatementLine as Row, StatementLineDecision as DecisionRow } from './generated/client';
import { isHeld, lineLinks, toLine, whole } from './lineLinks';
import { instant, isIn, optional } from './rows';
import type { Sql } from './sql';

/** A line that is new. */
export interface FreshLine {
  line: DraftLine;
  occurrence: number;
}

/** That a file lists a known line again; `bankReference` where the bank has renumbered it. */
export interface Sighting {
  row: number;
  lineId: number;
  bankReference?: string;
}

export type ListedKind = 'all' | 'known' | 'new' | 'held';

/** A movement as a file lists it, in that file's row and under its reference; `firstReference`: that of the file that listed it first, where it is another. */
export type ListedLine = StatementLine & { kind: Exclude<ListedKind, 'all'>; firstReference?: string };

export function statementLinesTable(sql: Sql) {
  return {
    ...lineLinks(sql),

    find: async (id: number): Promise<StatementLine | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM statement_line WHERE id = ?', id);
      return row && toLine(row);
    },

    /** In their numbers' order. */
    listByIdentity: async (identities: readonly string[]): Promise<StatementLine[]> => {
      const [where, ...values] = isIn('identity', identities);
      return (await sql.all<Row>(`SELECT * FROM statement_line WHERE ${where} ORDER BY identity, occurrence`, ...values)).map(toLine);
    },

    /** Those of a day that have one of these balances after them. */
    listByBalance: async (accountId: string, on: Day, balances: readonly bigint[]): Promise<StatementLine[]> => {
      const [where, ...values] = isIn('balance_after', balances.map(String));
      const text = `SELECT * FROM statement_line WHERE account_id = ? AND day = ? AND ${where} ORDER BY id`;
      return (await sql.all<Row>(text, accountId, on, ...values.map(whole))).map(toLine);
    },

    /** Lines that the files of some days list under another reference than at first, with that one. */
    listRenumbered: async (accountId: string, from: Day, to: Day): Promise<{ line: StatementLine; later: string }[]> => {
      const text = `SELECT DISTINCT l.*, s.bank_reference AS later FROM statement_file f JOIN statement_sighting s ON s.file_id = f.id
        JOIN statement_line l ON l.id = s.line_id WHERE f.account_id = ? AND f.first_day <= ? AND f.last_day >= ? AND s.bank_reference IS NOT NULL`;
      return (await sql.all<Row & { later: string }>(text, accountId, to, from)).map((row) => ({ line: toLine(row), later: row.later }));
    },

    /** Which of some days have lines of the account. */
    listDaysKnown: async (accountId: string, days: readonly Day[]): Promise<Day[]> => {
      const known: Day[] = [];
      for (const one of days) {
        const row = await sql.get<{ id: bigint }>('SELECT id FROM statement_line WHERE account_id = ? AND day = ? LIMIT 1', accountId, one);
        if (row) known.push(one);
      }
      return known;
    },

    /** Of some lines those that a file lists again. */
    listSeenAgain: async (fileId: string, lineIds: readonly number[]): Promise<number[]> => {
      const [where, ...values] = isIn('line_id', lineIds.map(String));
      const text = `SELECT line_id FROM statement_sighting WHERE ${where} AND file_id = ?`;
      return (await sql.all<{ line_id: bigint }>(text, ...values.map(whole), fileId)).map((row) => Number(row.line_id));
    },

    /** The rows of a file, between two of its rows, that have been kept. */
    listRowsKept: async (fileId: string, from: number, to: number): Promise<number[]> => {
      const rows = await sql.all<{ row_number: bigint }>(
        `SELECT row_number FROM statement_line WHERE file_id = ? AND row_number BETWEEN ? AND ?
         UNION ALL SELECT row_number FROM statement_sighting WHERE file_id = ? AND row_number BETWEEN ? AND ?`,
        fileId,
        from,
        to,
        fileId,
        from,
        to,
      );
      return rows.map((row) => Number(row.row_number));
    },

    /**
     * Lines that a file was the first to list and that are no transaction yet, in the order in which they were kept; `seenIn`: only those
     * that this file lists again. There are few such lines, whichever file they are of: these are looked through, not the file's.
     */
    listUnlinked: async (fileId: string, limit: number, after = 0, seenIn?: string): Promise<StatementLine[]> => {
      const seen = seenIn === undefined ? '' : 'AND EXISTS (SELECT 1 FROM statement_sighting s WHERE s.line_id = l.id AND s.file_id = ?)';
      const text = `SELECT l.* FROM statement_line l WHERE ${isHeld} AND l.id > ? AND l.file_id || '' = ? ${seen} ORDER BY l.id LIMIT ?`;
      return (await sql.all<Row>(text, after, fileId, ...(seenIn === undefined ? [] : [seenIn]), limit)).map(toLine);
    },

    /** Of some lines those that are no transaction yet. */
    listStillUnlinked: async (ids: readonly number[]): Promise<StatementLine[]> => {
      const [where, ...values] = isIn('id', ids.map(String));
      const text = `SELECT * FROM statement_line WHERE ${where} AND ${isHeld} ORDER BY id`;
      return (await sql.all<Row>(text, ...values.map(whole))).map(toLine);
    },

    countUnlinked: async (fileId: string): Promise<number> => {
      const text = `SELECT count(*) AS n FROM statement_line WHERE ${isHeld} AND file_id || '' = ?`;
      return Number((await sql.get<{ n: bigint }>(text, fileId))?.n ?? 0n);
    },

    /**
     * Movements that a file lists, its own and those that it lists again, in its order: those of a kind among the next `looked` rows after
     * one. `next` is the row after which to go on.
     */
    listListed: async (
      fileId: string,
      kind: ListedKind,
      looked: number,
      after: number,
    ): Promise<{ lines: ListedLine[]; next?: number }> => {
      const rows = await sql.all<Row & Listed>(
        `SELECT l.*, r.row_number AS listed_row, r.later, t.provider AS teller FROM (
           SELECT * FROM (SELECT id AS line_id, row_number, NULL AS later FROM statement_line WHERE file_id = ? AND row_number > ? ORDER BY row_number LIMIT ?) own
           UNION ALL
           SELECT * FROM (SELECT line_id, row_number, bank_reference AS later FROM statement_sighting WHERE file_id = ? AND row_number > ? ORDER BY row_number LIMIT ?) seen
         ) r JOIN statement_line l ON l.id = r.line_id LEFT JOIN incoming_transaction t ON t.id = l.transaction_id ORDER BY r.row_number LIMIT ?`,
        ...[fileId, after, looked],
        ...[fileId, after, looked],
        looked,
      );
      const listed = rows.map((row) => listedIn(row, fileId));
      const last = listed.length === looked ? listed.at(-1)?.row : undefined;
      const lines = kind === 'all' ? listed : listed.filter((line) => line.kind === kind);
      return last === undefined ? { lines } : { lines, next: last };
    },

    /** Lines of a file about which a person has said something. */
    listDecided: async (fileId: string, limit: number): Promise<StatementLine[]> => {
      const decided = 'SELECT 1 FROM statement_line_decision d WHERE d.line_id = l.id';
      const text = `SELECT l.* FROM statement_line l WHERE l.file_id = ? AND EXISTS (${decided}) ORDER BY l.row_number LIMIT ?`;
      return (await sql.all<Row>(text, fileId, limit)).map(toLine);
    },

    /** The oldest first. */
    decisionsOf: async (lineIds: readonly number[]): Promise<LineDecision[]> => {
      const [where, ...values] = isIn('line_id', lineIds.map(String));
      const text = `SELECT * FROM statement_line_decision WHERE ${where} ORDER BY id`;
      return (await sql.all<DecisionRow>(text, ...values.map(whole))).map(toDecision);
    },

    /** `known`: the transactions that some of them are. */
    keep: (accountId: string, fileId: string, lines: readonly FreshLine[], known: ReadonlyMap<DraftLine, string>) =>
      sql.each(
        `INSERT INTO statement_line (account_id, day, identity, occurrence, direction, amount, bank_reference, content, booked_at, balance_after,
           payer_name, folded_payer, payer_account, file_id, row_number, transaction_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        lines.map(({ line, occurrence }) => [
          accountId,
          line.day,
          line.identity,
          occurrence,
          line.direction,
          line.amount.dong,
          line.bankReference ?? null,
          line.content,
          line.bookedAt,
          line.balanceAfter?.dong ?? null,
          line.payerName ?? null,
          line.payerName === undefined ? null : folded(line.payerName),
          line.payerAccount ?? null,
          fileId,
          line.row,
          known.get(line) ?? null,
        ]),
      ),

    keepSightings: (fileId: string, sightings: readonly Sighting[]) =>
      sql.each(
        'INSERT INTO statement_sighting (file_id, row_number, line_id, bank_reference) VALUES (?, ?, ?, ?)',
        sightings.map(({ row, lineId, bankReference }) => [fileId, row, lineId, bankReference ?? null]),
      ),

    keepDecision: ({ lineId, action, transactionId, reason, by, at }: LineDecision) =>
      sql.run(
        'INSERT INTO statement_line_decision (line_id, action, transaction_id, reason, decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?)',
        lineId,
        action,
        transactionId ?? null,
        reason,
        by,
        at,
      ),
  };
}

interface Listed {
  listed_row: bigint;
  /** The reference in this file, where the bank has renumbered the line since. */
  later: string | null;
  teller: string | null;
}

const listedIn = (row: Row & Listed, fileId: string): ListedLine => ({
  ...toLine(row),
  ...optional('bankReference', row.later ?? row.bank_reference),
  ...(row.later === null || row.later === row.bank_reference ? {} : optional('firstReference', row.bank_reference)),
  row: Number(row.listed_row),
  kind: kindOf(row, fileId),
});

/** Money that this file was the first and only one to tell of is new. */
function kindOf(row: Row & Listed, fileId: string): ListedLine['kind'] {
  if (row.repeats_id !== null) return 'known';
  if (row.transaction_id === null) return 'held';
  return row.file_id === fileId && row.teller === 'statement' ? 'new' : 'known';
}

const toDecision = (row: DecisionRow): LineDecision => ({
  lineId: Number(row.line_id),
  action: row.action as LineDecision['action'],
  ...optional('transactionId', row.transaction_id),
  reason: row.reason,
  by: row.decided_by,
  at: instant(row.decided_at),
});
