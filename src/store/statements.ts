// Statement files: their bytes as evidence, how far each has been read, its spoilt rows, and the layouts that people have mapped.
import type { Cover, MappedLayout, RejectedLine, StatedTotals, StatementFile, StatementState, Survey } from '../domain/statement';
import type { Instant } from '../domain/time';
import type { StatementFile as Row, StatementLayout as LayoutRow, StatementPart as PartRow } from './generated/client';
import { allOf, day, instant, isIn, json, money, optional, type Condition } from './rows';
import type { Sql } from './sql';

/** What grows while a file is read. */
export type StatementProgress = Pick<
  StatementFile,
  'bytesRead' | 'lineCount' | 'seenCount' | 'knownCount' | 'rejectedCount' | 'newCount' | 'heldCount'
>;

/** Which file is read, and since when by whoever reads it: another has it where that is not so any more. */
export interface Claim {
  id: string;
  claimedAt: Instant;
}

/** What was found when a file was looked through, the days that it covers, and whether it fits itself. */
export type Surveyed = Omit<Survey, 'firstDay' | 'lastDay'> & Cover & { isBalanced: boolean | undefined; isFinal: boolean };

export interface KeptLayout extends MappedLayout {
  id: string;
  headerMark: string;
  madeBy: string;
  madeAt: Instant;
}

export function statementsTable(sql: Sql) {
  return {
    find: async (id: string): Promise<StatementFile | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM statement_file WHERE id = ?', id);
      return row && toFile(row);
    },

    /** Newest first; `after` is the id of the last one already seen. */
    list: async (accountIds: readonly string[], limit: number, after?: string): Promise<StatementFile[]> => {
      const conditions: Condition[] = [isIn('account_id', accountIds), ...(after ? [['id < ?', after] as const] : [])];
      const { where, values } = allOf(conditions);
      return (await sql.all<Row>(`SELECT * FROM statement_file WHERE ${where} ORDER BY id DESC LIMIT ?`, ...values, limit)).map(toFile);
    },

    /** The oldest that nobody reads, or of whose reader nothing was heard since. */
    findToRead: async (heardBefore: Instant): Promise<StatementFile | undefined> => {
      const row = await sql.get<Row>(
        `SELECT * FROM statement_file WHERE (state = 'waiting' AND sha256 <> '') OR (state = 'reading' AND claimed_at < ?) ORDER BY id LIMIT 1`,
        heardBefore,
      );
      return row && toFile(row);
    },

    /** Those that began to arrive before a time, and never ended. */
    listLost: async (before: Instant): Promise<string[]> => {
      const text = `SELECT id FROM statement_file WHERE state = 'waiting' AND sha256 = '' AND kept_at < ? ORDER BY id LIMIT 100`;
      return (await sql.all<Pick<Row, 'id'>>(text, before)).map((row) => row.id);
    },

    /** Files of an account that were stopped after some of their lines had been kept. */
    listBrokenOff: async (accountId: string): Promise<string[]> => {
      const text = `SELECT id FROM statement_file WHERE account_id = ? AND state IN ('cancelled', 'refused') AND line_count > 0 ORDER BY id`;
      return (await sql.all<Pick<Row, 'id'>>(text, accountId)).map((row) => row.id);
    },

    findPart: async (fileId: string, position: number): Promise<Uint8Array | undefined> =>
      (await sql.get<PartRow>('SELECT * FROM statement_part WHERE file_id = ? AND position = ?', fileId, position))?.bytes,

    /** The cells of what looks like its header row, and some rows below, of a file whose layout is unknown. */
    findSample: async (id: string): Promise<string[][]> => {
      const row = await sql.get<Pick<Row, 'sample'>>('SELECT sample FROM statement_file WHERE id = ?', id);
      return row?.sample ? json<string[][]>(row.sample) : [];
    },

    listRejections: async (fileId: string, limit: number, after = 0): Promise<RejectedLine[]> => {
      const rows = await sql.all<{ row_number: bigint; why: string; cell: string | null }>(
        'SELECT row_number, why, cell FROM statement_rejection WHERE file_id = ? AND row_number > ? ORDER BY row_number LIMIT ?',
        fileId,
        after,
        limit,
      );
      return rows.map((row) => ({ row: Number(row.row_number), why: row.why, ...optional('cell', row.cell) }));
    },

    /** Of each header row the one mapped last. */
    listLayouts: async (): Promise<KeptLayout[]> => {
      const rows = await sql.all<LayoutRow>('SELECT * FROM statement_layout ORDER BY id');
      return [...new Map(rows.map((row) => [row.header_mark, toLayout(row)])).values()];
    },

    keep: (file: StatementFile) =>
      sql.run(
        `INSERT INTO statement_file (id, account_id, name, sha256, byte_count, kept_by, kept_at, state, bytes_read, line_count, known_count,
           rejected_count, new_count, held_count, credit_sum, debit_sum, is_final) VALUES (?, ?, ?, '', 0, ?, ?, 'waiting', 0, 0, 0, 0, 0, 0, 0, 0, 0)`,
        file.id,
        file.accountId,
        file.name,
        file.keptBy,
        file.keptAt,
      ),

    keepPart: (fileId: string, position: number, bytes: Uint8Array) =>
      sql.run('INSERT INTO statement_part (file_id, position, bytes) VALUES (?, ?, ?)', fileId, position, bytes),

    /** All its bytes are kept; false when it was cancelled meanwhile. */
    markArrived: async (id: string, sha256: string, byteCount: number): Promise<boolean> =>
      (await sql.run(
        `UPDATE statement_file SET sha256 = ?, byte_count = ? WHERE id = ? AND state = 'waiting' AND sha256 = ''`,
        sha256,
        byteCount,
        id,
      )) === 1,

    /** False when another reads it. */
    claim: async (id: string, at: Instant, heardBefore: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE statement_file SET state = 'reading', claimed_at = ?, tries = tries + 1
         WHERE id = ? AND ((state = 'waiting' AND sha256 <> '') OR (state = 'reading' AND claimed_at < ?))`,
        at,
        id,
        heardBefore,
      )) === 1,

    /** False when it was cancelled, or another reads it by now. */
    markHeard: async ({ id, claimedAt }: Claim, bytesRead: number, at: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE statement_file SET bytes_read = ?, claimed_at = ? WHERE id = ? AND state = 'reading' AND claimed_at = ?`,
        bytesRead,
        at,
        id,
        claimedAt,
      )) === 1,

    markSurveyed: async ({ id, claimedAt }: Claim, survey: Surveyed): Promise<boolean> =>
      (await sql.run(
        `UPDATE statement_file SET layout = ?, row_count = ?, opening_balance = ?, closing_balance = ?, credit_sum = ?, debit_sum = ?,
           is_balanced = ?, first_day = ?, last_day = ?, is_final = ?, totals = ? WHERE id = ? AND state = 'reading' AND claimed_at = ?`,
        survey.layout,
        survey.lineCount,
        survey.totals.openingBalance?.dong ?? null,
        survey.totals.closingBalance?.dong ?? null,
        survey.credits.dong,
        survey.debits.dong,
        survey.isBalanced === undefined ? null : survey.isBalanced ? 1 : 0,
        survey.firstDay ?? null,
        survey.lastDay ?? null,
        survey.isFinal ? 1 : 0,
        JSON.stringify(survey.totals),
        id,
        claimedAt,
      )) === 1,

    /** False when it was cancelled, or another reads it by now. */
    markProgress: async ({ id, claimedAt }: Claim, progress: StatementProgress, at: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE statement_file SET bytes_read = ?, line_count = ?, seen_count = ?, known_count = ?, rejected_count = ?, new_count = ?,
           held_count = ?, tries = CASE WHEN line_count + known_count + new_count < ? THEN 0 ELSE tries END, claimed_at = ? WHERE id = ? AND state = 'reading' AND claimed_at = ?`,
        progress.bytesRead,
        progress.lineCount,
        progress.seenCount,
        progress.knownCount,
        progress.rejectedCount,
        progress.newCount,
        progress.heldCount,
        progress.lineCount + progress.knownCount + progress.newCount,
        at,
        id,
        claimedAt,
      )) === 1,

    markEnded: async (
      id: string,
      state: StatementState,
      at: Instant,
      refusal?: { problem: string; sample: string[][] },
    ): Promise<boolean> =>
      (await sql.run(
        `UPDATE statement_file SET state = ?, ended_at = ?, problem = ?, sample = ? WHERE id = ? AND state IN ('waiting', 'reading')`,
        state,
        at,
        refusal?.problem ?? null,
        refusal && refusal.sample.length > 0 ? JSON.stringify(refusal.sample) : null,
        id,
      )) === 1,

    /** Its reading broke off: it may be tried again. */
    markBrokenOff: (id: string) => sql.run(`UPDATE statement_file SET state = 'waiting' WHERE id = ? AND state = 'reading'`, id),

    /** What had it refused is mended: it is read from its first byte. False when it was not refused. */
    markMended: async (id: string): Promise<boolean> =>
      (await sql.run(
        `UPDATE statement_file SET state = 'waiting', problem = NULL, ended_at = NULL, tries = 0 WHERE id = ? AND state = 'refused'`,
        id,
      )) === 1,

    /** A person has said of one held line what it is, or took that back. */
    markDecided: (id: string, held: number, known: number, added: number) =>
      sql.run(
        'UPDATE statement_file SET held_count = held_count + ?, known_count = known_count + ?, new_count = new_count + ? WHERE id = ?',
        held,
        known,
        added,
        id,
      ),

    keepRejections: (fileId: string, rejected: readonly RejectedLine[]) =>
      sql.each(
        'INSERT INTO statement_rejection (file_id, row_number, why, cell) VALUES (?, ?, ?, ?) ON CONFLICT (file_id, row_number) DO NOTHING',
        rejected.map(({ row, why, cell }) => [fileId, row, why, cell ?? null]),
      ),

    keepLayout: ({ id, headerMark, madeBy, madeAt, ...layout }: KeptLayout) =>
      sql.run(
        'INSERT INTO statement_layout (id, name, header_mark, body, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?)',
        id,
        layout.name,
        headerMark,
        JSON.stringify(layout),
        madeBy,
        madeAt,
      ),
  };
}

const toFile = (row: Row): StatementFile => ({
  id: row.id,
  accountId: row.account_id,
  name: row.name,
  ...optional('layout', row.layout),
  sha256: row.sha256,
  byteCount: Number(row.byte_count),
  keptBy: row.kept_by,
  keptAt: instant(row.kept_at),
  state: row.state === 'waiting' && row.sha256 === '' ? 'arriving' : (row.state as StatementState),
  bytesRead: Number(row.bytes_read),
  rowCount: Number(row.row_count),
  lineCount: Number(row.line_count),
  seenCount: Number(row.seen_count),
  knownCount: Number(row.known_count),
  rejectedCount: Number(row.rejected_count),
  newCount: Number(row.new_count),
  heldCount: Number(row.held_count),
  totals: totalsOf(row),
  credits: money(row.credit_sum),
  debits: money(row.debit_sum),
  ...optional('isBalanced', row.is_balanced, (balanced) => balanced === 1n),
  ...optional('firstDay', row.first_day, day),
  ...optional('lastDay', row.last_day, day),
  isFinal: row.is_final === 1n,
  ...optional('problem', row.problem),
  ...optional('claimedAt', row.claimed_at, instant),
  tries: Number(row.tries),
  ...optional('endedAt', row.ended_at, instant),
});

/** Money is kept there as whole numbers. */
function totalsOf({ totals }: Row): StatedTotals {
  if (totals === null) return {};
  const { accountNumber, statedCount, fromDay, toDay, ...amounts } = json<KeptTotals>(totals);
  const ofMoney = Object.entries(amounts).map(([name, amount]) => [name, money(BigInt(amount))]);
  return {
    ...optional('accountNumber', accountNumber ?? null),
    ...optional('statedCount', statedCount ?? null),
    ...optional('fromDay', fromDay ?? null, day),
    ...optional('toDay', toDay ?? null, day),
    ...Object.fromEntries(ofMoney),
  };
}

type KeptTotals = Record<Exclude<keyof StatedTotals, 'accountNumber' | 'fromDay' | 'toDay'>, number> & {
  accountNumber?: string;
  fromDay?: string;
  toDay?: string;
};

const toLayout = (row: LayoutRow): KeptLayout => ({
  ...json<MappedLayout>(row.body),
  id: row.id,
  headerMark: row.header_mark,
  madeBy: row.made_by,
  madeAt: instant(row.made_at),
});
