// What papers are made of, read some hundred rows at a time; and the papers that are written in the background, with their bytes.
import { idFrom } from '../domain/id';
import type { Money } from '../domain/money';
import type { PaperFoot, PaperForm, PaperKind } from '../domain/paper';
import type { PaperExport, PaperExportState } from '../domain/paperExport';
import type { SuspenseFact } from '../domain/paperSuspense';
import type { ReceiptContent } from '../domain/receipt';
import { addDays, addMs, epochMsOf, startOfDay, type Day, type Instant } from '../domain/time';
import { apartActions } from '../domain/resolution';
import type { PaperExport as ExportRow } from './generated/client';
import { toContent } from './receipts';
import { allOf, day, instant, isIn, money, optional, type Condition } from './rows';
import type { Sql, Value } from './sql';

/** A receipt of a list, with whose act it was. */
export interface ListedReceipt {
  content: ReceiptContent;
  day: Day;
  obligationId: string;
  issuedBy: string;
}

export interface ReceiptSpan {
  agencyCodes: readonly string[];
  collectorCode?: string;
  from: Day;
  to: Day;
}

export interface SuspenseSpan {
  agencyCodes: readonly string[];
  accountId?: string;
  on: Day;
}

interface SumRow {
  n: bigint;
  amount: bigint;
}

interface SuspenseRow {
  id: string;
  account_number: string;
  bank_time: string;
  bank_reference: string | null;
  content: string;
  payer_name: string | null;
  amount: bigint;
  homeless: bigint;
  why: string | null;
}

const apart = apartActions.map((action) => `'${action}'`).join(', ');

export function papersTable(sql: Sql) {
  return { ...readingFacts(sql), ...exports(sql) };
}

function readingFacts(sql: Sql) {
  return {
    /** In the order of days and numbers; `after`: the last one already seen. */
    listReceipts: async (span: ReceiptSpan, limit: number, after?: ListedReceipt): Promise<ListedReceipt[]> => {
      const { where, values } = allOf(receiptConditions(span, after));
      const rows = await sql.all<{ content: string; day: string; obligation_id: string; created_by: string }>(
        `SELECT r.content, r.day, r.obligation_id, o.created_by FROM receipt r JOIN obligation o ON o.id = r.obligation_id
         WHERE ${where} ORDER BY r.day, r.symbol, r.number LIMIT ?`,
        ...values,
        limit,
      );
      return rows.map((row) => ({
        content: toContent(row.content),
        day: day(row.day),
        obligationId: row.obligation_id,
        issuedBy: row.created_by,
      }));
    },

    sumReceipts: async (span: ReceiptSpan): Promise<{ count: number; amount: Money }> => {
      const { where, values } = allOf(receiptConditions(span));
      const row = await sql.get<SumRow>(
        `SELECT count(*) AS n, CAST(coalesce(sum(r.amount), 0) AS BIGINT) AS amount FROM receipt r WHERE ${where}`,
        ...values,
      );
      return { count: Number(row?.n ?? 0n), amount: money(row?.amount ?? 0n) };
    },

    /** By which bank transfer, or by whose hand, these obligations were paid. */
    listWays: async (obligationIds: readonly string[]): Promise<{ obligationId: string; bankReference?: string; officerId?: string }[]> => {
      const [where, ...values] = isIn('a.obligation_id', obligationIds);
      const rows = await sql.all<{ obligation_id: string; bank_reference: string | null; officer_id: string | null }>(
        `SELECT a.obligation_id, t.bank_reference, c.officer_id FROM allocation a LEFT JOIN incoming_transaction t ON t.id = a.transaction_id
           LEFT JOIN cash_taking c ON c.id = a.cash_taking_id WHERE ${where} AND a.amount > 0 ORDER BY a.id`,
        ...values,
      );
      return rows.map((row) => ({
        obligationId: row.obligation_id,
        ...optional('bankReference', row.bank_reference),
        ...optional('officerId', row.officer_id),
      }));
    },

    /** Credits that had đồng without a home when the day ended, the oldest first: those that have now, and those that found one since. */
    listSuspense: async (span: SuspenseSpan, limit: number, after?: SuspenseFact): Promise<SuspenseFact[]> => {
      const { text, values } = suspenseOf(span, after);
      return (await sql.all<SuspenseRow>(`SELECT s.* ${text} ORDER BY s.bank_time, s.id LIMIT ?`, ...values, limit)).map(toSuspense);
    },

    sumSuspense: async (span: SuspenseSpan): Promise<PaperFoot> => {
      const { text, values } = suspenseOf(span);
      const row = await sql.get<SumRow>(`SELECT count(*) AS n, CAST(coalesce(sum(s.homeless), 0) AS BIGINT) AS amount ${text}`, ...values);
      return { rowCount: Number(row?.n ?? 0n), total: money(row?.amount ?? 0n) };
    },
  };
}

function exports(sql: Sql) {
  return {
    findExport: async (id: string): Promise<PaperExport | undefined> => {
      const row = await sql.get<ExportRow>('SELECT * FROM paper_export WHERE id = ?', id);
      return row && toExport(row);
    },

    /** Those that people of these agencies asked for, the newest first. */
    listExports: async (agencyCodes: readonly string[], limit: number): Promise<PaperExport[]> => {
      const [where, ...values] = isIn('agency_code', agencyCodes);
      return (await sql.all<ExportRow>(`SELECT * FROM paper_export WHERE ${where} ORDER BY id DESC LIMIT ?`, ...values, limit)).map(
        toExport,
      );
    },

    /** The one that waits longest, or whose writer was not heard of since. */
    findUnwritten: async (silentSince: Instant): Promise<PaperExport | undefined> => {
      const text = `SELECT * FROM paper_export WHERE state = 'waiting' OR (state = 'writing' AND told_at < ?) ORDER BY id LIMIT 1`;
      const row = await sql.get<ExportRow>(text, silentSince);
      return row && toExport(row);
    },

    listEnded: async (before: Instant, limit: number): Promise<PaperExport[]> =>
      (await sql.all<ExportRow>(`SELECT * FROM paper_export WHERE state = 'done' AND ended_at < ? ORDER BY id LIMIT ?`, before, limit)).map(
        toExport,
      ),

    findPart: async (exportId: string, position: number): Promise<Uint8Array | undefined> =>
      (await sql.get<{ bytes: Uint8Array }>('SELECT bytes FROM paper_export_part WHERE export_id = ? AND position = ?', exportId, position))
        ?.bytes,

    keepExport: (one: PaperExport) =>
      sql.run(
        `INSERT INTO paper_export (id, paper, form, question, agency_code, title, asked_by, asked_at, state, rows_done, row_count, byte_count)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        one.id,
        one.paper,
        one.form,
        one.question,
        one.agencyCode,
        one.title,
        one.askedBy,
        one.askedAt,
        one.state,
        one.rowsDone,
        one.rowCount,
        one.byteCount,
      ),

    keepExportPart: (exportId: string, position: number, bytes: Uint8Array) =>
      sql.run('INSERT INTO paper_export_part (export_id, position, bytes) VALUES (?, ?, ?)', exportId, position, bytes),

    /** What was written before it broke off. */
    markPartsGone: (exportId: string) => sql.run('DELETE FROM paper_export_part WHERE export_id = ?', exportId),

    /** Takes it to write it; false when it was cancelled, or another process took it. */
    claimExport: async ({ id, toldAt }: PaperExport, at: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE paper_export SET state = 'writing', rows_done = 0, byte_count = 0, told_at = ?, tries = tries + 1
         WHERE id = ? AND (state = 'waiting' OR (state = 'writing' AND told_at = ?))`,
        at,
        id,
        toldAt ?? '',
      )) === 1,

    /** How far it is; false when it was cancelled, or taken over. */
    markProgress: async (id: string, before: Instant, told: { at: Instant; rowsDone: number; byteCount: number }): Promise<boolean> =>
      (await sql.run(
        `UPDATE paper_export SET told_at = ?, rows_done = ?, byte_count = ? WHERE id = ? AND state = 'writing' AND told_at = ?`,
        told.at,
        told.rowsDone,
        told.byteCount,
        id,
        before,
      )) === 1,

    /** False when it had ended already. */
    markEnded: async (id: string, state: PaperExportState, at: Instant, problem?: string): Promise<boolean> =>
      (await sql.run(
        `UPDATE paper_export SET state = ?, ended_at = ?, problem = ? WHERE id = ? AND state IN ('waiting', 'writing', 'done')`,
        state,
        at,
        problem ?? null,
        id,
      )) === 1,
  };
}

/** An id is made at most so long before its decision. */
const idSlackMs = 3_600_000;

/** By what waits now and the decisions since: indexes of agencies, accounts and other states lead through all money that there is. */
function suspenseOf({ agencyCodes, accountId, on }: SuspenseSpan, after?: SuspenseFact): { text: string; values: Value[] } {
  const end = startOfDay(addDays(on, 1));
  const conditions: Condition[] = [isIn(`t.agency_code || ''`, agencyCodes), ['t.received_at < ?', end]];
  if (accountId) conditions.push([`t.account_id || '' = ?`, accountId]);
  if (after) conditions.push(['(t.bank_time > ? OR (t.bank_time = ? AND t.id > ?))', after.bankTime, after.bankTime, after.transactionId]);
  const { where, values } = allOf(conditions);
  const text = `FROM (SELECT t.id, t.account_number, t.bank_time, t.bank_reference, t.content, t.payer_name, t.amount, t.why, t.amount
      - coalesce((SELECT CAST(sum(a.amount) AS BIGINT) FROM allocation a WHERE a.transaction_id = t.id AND a.created_at < ?), 0)
      - coalesce((SELECT CAST(sum(r.amount) AS BIGINT) FROM resolution r WHERE r.transaction_id = t.id AND r.resolved_at < ? AND r.action IN (${apart})
          AND NOT EXISTS (SELECT 1 FROM resolution u WHERE u.undoes = r.id AND u.resolved_at < ?)), 0) AS homeless
    FROM incoming_transaction t
    WHERE t.direction = 'in' AND (t.state = 'unapplied' OR (t.state || '' IN ('applied', 'resolved')
      AND t.id IN (SELECT d.transaction_id FROM resolution d WHERE d.id > ? AND d.resolved_at >= ?))) AND ${where}) s
    WHERE s.homeless > 0`;
  const firstSince = idFrom('resolution', epochMsOf(addMs(end, -idSlackMs)));
  return { text, values: [end, end, end, firstSince, end, ...values] };
}

/** By days alone and what comes after the last one seen: the index of agencies, which would be taken, leads through all their years. */
function receiptConditions({ agencyCodes, collectorCode, from, to }: ReceiptSpan, after?: ListedReceipt): Condition[] {
  const conditions: Condition[] = [['r.day <= ?', to], isIn(`r.agency_code || ''`, agencyCodes)];
  if (after) conditions.push(['(r.day, r.symbol, r.number) > (?, ?, ?)', after.day, after.content.symbol, after.content.number]);
  else conditions.push(['r.day >= ?', from]);
  if (collectorCode) conditions.push(['r.collector_code = ?', collectorCode]);
  return conditions;
}

const toSuspense = (row: SuspenseRow): SuspenseFact => ({
  transactionId: row.id,
  accountNumber: row.account_number,
  bankTime: instant(row.bank_time),
  ...optional('bankReference', row.bank_reference),
  content: row.content,
  ...optional('payerName', row.payer_name),
  amount: money(row.amount),
  homeless: money(row.homeless),
  ...optional('why', row.why),
});

const toExport = (row: ExportRow): PaperExport => ({
  id: row.id,
  paper: row.paper as PaperKind,
  form: row.form as PaperForm,
  question: row.question,
  agencyCode: row.agency_code,
  title: row.title,
  askedBy: row.asked_by,
  askedAt: instant(row.asked_at),
  state: row.state as PaperExportState,
  rowsDone: Number(row.rows_done),
  rowCount: Number(row.row_count),
  byteCount: Number(row.byte_count),
  ...optional('toldAt', row.told_at, instant),
  ...optional('problem', row.problem),
  tries: Number(row.tries),
  ...optional('endedAt', row.ended_at, instant),
});
