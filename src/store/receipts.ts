// Receipts as issued, with their signatures and printed copies; what became of one is read from those that name it.
import { idRandomBytes, newId } from '../domain/id';
import type { ChargedKind } from '../domain/fee';
import type { Money } from '../domain/money';
import type { ReceiptContent } from '../domain/receipt';
import type { ReceiptNotice } from '../domain/receiptNotice';
import type { Receipt, ReceiptRecord, ReceiptStateFilter } from '../domain/receiptRecord';
import { addDays, dayOf, epochMsOf, startOfDay, type Day, type Instant } from '../domain/time';
import type { Receipt as ReceiptRow, ReceiptNotice as NoticeRow, ReceiptPrint as PrintRow } from './generated/client';
import { allOf, instant, isIn, json, money, optional, type Condition } from './rows';
import type { Sql } from './sql';

export interface ReceiptFilter {
  agencyCodes?: readonly string[];
  /** Numbers are the same in every series: all series in which it may stand. */
  named?: { symbols: readonly string[]; number: number };
  dossierForm?: string;
  obligationIds?: readonly string[];
  collectorCode?: string;
  kind?: ChargedKind;
  state?: ReceiptStateFilter;
  from?: Day;
  to?: Day;
}

export interface ReceiptSignatureRow {
  receiptId: string;
  certificateId: string;
  signedAt: Instant;
  xml: string;
}

export interface ReceiptPrint {
  id: string;
  receiptId: string;
  by: string;
  at: Instant;
}

type NoticeColumns = { [Name in keyof NoticeRow as `notice_${Name}`]: NoticeRow[Name] | null };
type Row = ReceiptRow & {
  settled_at: string | null;
  signed_at: string | null;
  later_symbol: string | null;
  later_number: bigint | null;
} & NoticeColumns;

const select = `SELECT r.*, o.settled_at, s.signed_at, later.symbol AS later_symbol, later.number AS later_number, n.id AS notice_id, n.ground AS notice_ground,
    n.reason AS notice_reason, n.state AS notice_state, n.given_by AS notice_given_by, n.given_at AS notice_given_at,
    n.decided_by AS notice_decided_by, n.decided_at AS notice_decided_at
  FROM receipt r JOIN obligation o ON o.id = r.obligation_id LEFT JOIN receipt_signature s ON s.receipt_id = r.id LEFT JOIN receipt later ON later.replaces_id = r.id
    LEFT JOIN receipt_notice n ON n.live_for = r.id`;

export function receiptsTable(sql: Sql) {
  const one = async (where: string, ...values: (string | number)[]): Promise<ReceiptRecord | undefined> => {
    const row = await sql.get<Row>(`${select} WHERE ${where}`, ...values);
    return row && toRecord(row);
  };
  return {
    find: (id: string) => one('r.id = ?', id),
    findNamed: (symbol: string, number: number) => one('r.symbol = ? AND r.number = ?', symbol, number),
    findByLookupCode: (code: string) => one('r.lookup_code = ?', code),

    /** In the order in which they were issued. */
    ofObligations: async (obligationIds: readonly string[]): Promise<ReceiptRecord[]> => {
      if (obligationIds.length === 0) return [];
      const [where, ...values] = isIn('r.obligation_id', obligationIds);
      return (await sql.all<Row>(`${select} WHERE ${where} ORDER BY r.id`, ...values)).map(toRecord);
    },

    /** Newest first; `after` is the id of the last one already seen. */
    list: async (filter: ReceiptFilter, limit: number, after?: string): Promise<ReceiptRecord[]> => {
      const { where, values } = allOf(conditionsOf(filter, after));
      const ids = `SELECT r.id FROM receipt r WHERE ${where} ORDER BY r.id DESC LIMIT ?`; // first: whole rows are too wide to be sorted
      return (await sql.all<Row>(`${select} WHERE r.id IN (${ids}) ORDER BY r.id DESC`, ...values, limit)).map(toRecord);
    },

    /** How many there are and what they add up to; no more than `most` are looked at. */
    sum: async (filter: ReceiptFilter, most: number): Promise<{ count: number; total: Money }> => {
      const { where, values } = allOf(conditionsOf(filter, undefined));
      const row = await sql.get<{ n: bigint; total: bigint | null }>(
        `SELECT count(*) AS n, CAST(sum(amount) AS BIGINT) AS total FROM (SELECT r.amount FROM receipt r WHERE ${where} LIMIT ?) AS few`,
        ...values,
        most,
      );
      return { count: Number(row?.n ?? 0n), total: money(row?.total ?? 0n) };
    },

    findXml: async (id: string): Promise<string | undefined> =>
      (await sql.get<{ xml: string }>('SELECT xml FROM receipt_signature WHERE receipt_id = ?', id))?.xml,

    listPrints: async (id: string): Promise<ReceiptPrint[]> =>
      (await sql.all<PrintRow>('SELECT * FROM receipt_print WHERE receipt_id = ? ORDER BY printed_at, id', id)).map(toPrint),

    findPrint: async (id: string): Promise<ReceiptPrint | undefined> => {
      const row = await sql.get<PrintRow>('SELECT * FROM receipt_print WHERE id = ?', id);
      return row && toPrint(row);
    },

    keep: (receipts: readonly Receipt[]) =>
      sql.each(
        `INSERT INTO receipt (id, symbol, number, kind, obligation_id, edition, replaces_id, collector_code, agency_code, counter_id, dossier_form,
           amount, day, issued_at, lookup_code, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        receipts.map((receipt) => [
          receipt.id,
          receipt.content.symbol,
          receipt.content.number,
          receipt.content.kind,
          receipt.obligationId,
          receipt.edition,
          receipt.replacesId ?? null,
          receipt.collectorCode,
          receipt.agencyCode,
          receipt.counterId ?? null,
          receipt.dossierForm,
          receipt.content.total.dong,
          dayOf(receipt.content.issuedAt),
          receipt.content.issuedAt,
          receipt.content.lookupCode,
          JSON.stringify(receipt.content),
        ]),
      ),

    /** One a receipt: what another process signed meanwhile stays. */
    keepSignatures: (signatures: readonly ReceiptSignatureRow[]) =>
      sql.each(
        'INSERT INTO receipt_signature (receipt_id, certificate_id, signed_at, xml) VALUES (?, ?, ?, ?) ON CONFLICT (receipt_id) DO NOTHING',
        signatures.map(({ receiptId, certificateId, signedAt, xml }) => [receiptId, certificateId, signedAt, xml]),
      ),

    keepPrint: ({ id, receiptId, by, at }: ReceiptPrint) =>
      sql.run('INSERT INTO receipt_print (id, receipt_id, printed_by, printed_at) VALUES (?, ?, ?, ?)', id, receiptId, by, at),
  };
}

function conditionsOf(
  { agencyCodes, named, dossierForm, obligationIds, collectorCode, kind, state, from, to }: ReceiptFilter,
  after: string | undefined,
): Condition[] {
  const conditions: Condition[] = [];
  if (agencyCodes) conditions.push(isIn('r.agency_code', agencyCodes));
  if (named) conditions.push(isIn('r.symbol', named.symbols), ['r.number = ?', named.number]);
  if (dossierForm) conditions.push(['r.dossier_form = ?', dossierForm]);
  if (obligationIds) conditions.push(isIn('r.obligation_id', obligationIds));
  if (collectorCode) conditions.push(['r.collector_code = ?', collectorCode]);
  if (kind) conditions.push(['r.kind = ?', kind]);
  if (state) conditions.push(...stateConditions[state]);
  if (from) conditions.push(['r.day >= ?', from], ['r.id >= ?', firstIdOf(addDays(from, -1))]);
  if (to) conditions.push(['r.day <= ?', to], ['r.id < ?', firstIdOf(addDays(to, 2))]);
  if (after) conditions.push(['r.id < ?', after]);
  return conditions;
}

const isReplaced = 'EXISTS (SELECT 1 FROM receipt later WHERE later.replaces_id = r.id)';
const isFoundWrong = `EXISTS (SELECT 1 FROM receipt_notice n WHERE n.live_for = r.id AND n.state = 'confirmed')`;
const isSigned = 'EXISTS (SELECT 1 FROM receipt_signature s WHERE s.receipt_id = r.id)';
const hasMoney = 'EXISTS (SELECT 1 FROM obligation o WHERE o.id = r.obligation_id AND o.settled_at IS NOT NULL)';
const stands: Condition[] = [[`NOT ${isReplaced}`], [`NOT ${isFoundWrong}`]];

/** As a list words the state of a receipt: each is in one of them, and what replaces another may be in any. */
const stateConditions: Readonly<Record<ReceiptStateFilter, readonly Condition[]>> = {
  issued: [...stands, [isSigned], [hasMoney]],
  unsigned: [...stands, [`NOT ${isSigned}`], [hasMoney]],
  money_gone: [...stands, [`NOT ${hasMoney}`]],
  in_error: [[`NOT ${isReplaced}`], [isFoundWrong]],
  replaced: [[isReplaced]],
  replacing: [['r.replaces_id IS NOT NULL']],
};

/** Ids hold the time at which they were made, which is hardly another than that of issue: rows of other weeks are not looked at. */
const firstIdOf = (day: Day): string => newId('receipt', { epochMs: epochMsOf(startOfDay(day)), turn: 0 }, new Uint8Array(idRandomBytes));

const toRecord = (row: Row): ReceiptRecord => ({
  id: row.id,
  obligationId: row.obligation_id,
  collectorCode: row.collector_code,
  agencyCode: row.agency_code,
  ...optional('counterId', row.counter_id),
  edition: Number(row.edition),
  ...optional('replacesId', row.replaces_id),
  dossierForm: row.dossier_form,
  content: toContent(row.content),
  ...optional('signedAt', row.signed_at, instant),
  ...optional('replacedBy', row.later_symbol, (symbol) => ({ symbol, number: Number(row.later_number) })),
  ...optional('notice', row.notice_id, (id) => noticeIn(row, id)),
  isSettled: row.settled_at !== null,
});

/** Amounts stand in it as whole đồng. */
export function toContent(text: string): ReceiptContent {
  const content = json<
    Omit<ReceiptContent, 'lines' | 'total'> & { lines: (Omit<ReceiptContent['lines'][number], 'amount'> & Dong)[]; total: number }
  >(text);
  return {
    ...content,
    lines: content.lines.map((line) => ({ ...line, amount: money(BigInt(line.amount)) })),
    total: money(BigInt(content.total)),
  };
}

type Dong = { amount: number };

const noticeIn = (row: Row, id: string): ReceiptNotice =>
  toNotice({
    id,
    receipt_id: row.id,
    ground: row.notice_ground ?? '',
    reason: row.notice_reason ?? '',
    state: row.notice_state ?? '',
    given_by: row.notice_given_by ?? '',
    given_at: row.notice_given_at ?? '',
    decided_by: row.notice_decided_by,
    decided_at: row.notice_decided_at,
    live_for: row.id,
  });

export const toNotice = (row: NoticeRow): ReceiptNotice => ({
  id: row.id,
  receiptId: row.receipt_id,
  ground: row.ground as ReceiptNotice['ground'],
  reason: row.reason,
  state: row.state as ReceiptNotice['state'],
  givenBy: row.given_by,
  givenAt: instant(row.given_at),
  ...optional('decided', row.decided_at, (at) => ({ by: row.decided_by ?? '', at: instant(at) })),
});

const toPrint = (row: PrintRow): ReceiptPrint => ({
  id: row.id,
  receiptId: row.receipt_id,
  by: row.printed_by,
  at: instant(row.printed_at),
});
