// The queue of receipts that are to be signed and handed over, and the outages of whoever takes them.
import type { Handover, HandoverState, Outage } from '../domain/handover';
import type { Money } from '../domain/money';
import type { ReceiptContent } from '../domain/receipt';
import type { Instant } from '../domain/time';
import type { ReceiptHandover as Row, ReceiptOutage as OutageRow } from './generated/client';
import { toContent } from './receipts';
import { instant, isIn, optional } from './rows';
import type { Sql } from './sql';

/** A receipt that waits for its signature. */
export interface Unsigned {
  receiptId: string;
  attempts: number;
  content: ReceiptContent;
}

/** With its receipt's name. */
export interface NamedHandover extends Handover {
  symbol: string;
  number: number;
  issuedAt: Instant;
}

/** As an officer finds it in the queue. */
export interface QueuedReceipt extends NamedHandover {
  dossierCode: string;
  total: Money;
}

type NamedRow = Row & { symbol: string; number: bigint; issued_at: string };

const openMark = 'open';
/** Tried again and again, old ones come among the next ones soon. */
const mostLookedAt = 50;
/** However few of a long queue somebody may see, no more of it is walked through. */
const mostWalked = 1_000;

/** Lists are of one collector: where another's certificate has expired, or nothing is connected, its queue is long, and is not walked through. */
export function receiptHandoversTable(sql: Sql) {
  return {
    find: async (receiptId: string): Promise<Handover | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM receipt_handover WHERE receipt_id = ?', receiptId);
      return row && toHandover(row);
    },

    /** Whose time has come, the oldest first. */
    listUnsigned: async (collectorCode: string, now: Instant, limit: number): Promise<Unsigned[]> => {
      const rows = await sql.all<{ receipt_id: string; attempts: bigint; content: string }>(
        `SELECT h.receipt_id, h.attempts, r.content FROM receipt_handover h JOIN receipt r ON r.id = h.receipt_id
         WHERE h.state = 'to_sign' AND h.collector_code = ? AND h.next_attempt_at <= ? ORDER BY h.next_attempt_at, h.receipt_id LIMIT ?`,
        collectorCode,
        now,
        limit,
      );
      return rows.map((row) => ({ receiptId: row.receipt_id, attempts: Number(row.attempts), content: toContent(row.content) }));
    },

    /** What may be sent now, the oldest first. */
    listDue: async (collectorCode: string, now: Instant, limit: number): Promise<(NamedHandover & { xml: string })[]> => {
      const rows = await sql.all<NamedRow & { xml: string }>(
        `SELECT h.*, r.symbol, r.number, r.issued_at, s.xml FROM receipt_handover h JOIN receipt r ON r.id = h.receipt_id
           JOIN receipt_signature s ON s.receipt_id = h.receipt_id
         WHERE h.state = 'waiting' AND h.collector_code = ? AND h.next_attempt_at <= ? ORDER BY h.next_attempt_at, h.receipt_id LIMIT ?`,
        collectorCode,
        now,
        limit,
      );
      return rows.map((row) => ({ ...toNamed(row), xml: row.xml }));
    },

    /** In one state and of these agencies, the next first. */
    listIn: async (
      state: HandoverState,
      collectorCode: string,
      agencyCodes: readonly string[],
      limit: number,
    ): Promise<QueuedReceipt[]> => {
      const [within, ...values] = isIn('r.agency_code', agencyCodes);
      const rows = await sql.all<NamedRow & { content: string }>(
        `SELECT h.*, r.symbol, r.number, r.issued_at, r.content
         FROM (SELECT * FROM receipt_handover WHERE state = ? AND collector_code = ? ORDER BY next_attempt_at, receipt_id LIMIT ?) AS h
           JOIN receipt r ON r.id = h.receipt_id
         WHERE ${within} ORDER BY h.next_attempt_at, h.receipt_id LIMIT ?`,
        state,
        collectorCode,
        mostWalked,
        ...values,
        limit,
      );
      return rows.map((row) => {
        const { dossierCode, total } = toContent(row.content);
        return { ...toNamed(row), dossierCode, total };
      });
    },

    /** How many are in a state, of these agencies or of all; no more than `most` are looked at. */
    countIn: async (state: HandoverState, most: number, agencyCodes?: readonly string[]): Promise<number> => {
      const few = '(SELECT receipt_id FROM receipt_handover WHERE state = ? LIMIT ?) AS few';
      if (!agencyCodes) return Number((await sql.get<{ n: bigint }>(`SELECT count(*) AS n FROM ${few}`, state, most))?.n ?? 0n);
      const [within, ...values] = isIn('r.agency_code', agencyCodes);
      const text = `SELECT count(*) AS n FROM ${few} JOIN receipt r ON r.id = few.receipt_id WHERE ${within}`;
      return Number((await sql.get<{ n: bigint }>(text, state, most, ...values))?.n ?? 0n);
    },

    /** Since when something of a collector waits to be signed: the oldest of those whose turn comes next. */
    firstUnsigned: async (collectorCode: string): Promise<Instant | undefined> => {
      const row = await sql.get<{ first: string | null }>(
        `SELECT min(r.issued_at) AS first FROM (SELECT receipt_id FROM receipt_handover
           WHERE state = 'to_sign' AND collector_code = ? ORDER BY next_attempt_at LIMIT ?) AS next JOIN receipt r ON r.id = next.receipt_id`,
        collectorCode,
        mostLookedAt,
      );
      return row?.first ? instant(row.first) : undefined;
    },

    /** How many that were issued until `before` have not arrived; no more than `most` are counted. */
    countHeldUp: async (before: Instant, most: number): Promise<number> => {
      const text = `SELECT count(*) AS n FROM (SELECT 1 AS one FROM receipt_handover h JOIN receipt r ON r.id = h.receipt_id
        WHERE h.state IN ('to_sign', 'waiting') AND r.issued_at <= ? LIMIT ?) AS few`;
      return Number((await sql.get<{ n: bigint }>(text, before, most))?.n ?? 0n);
    },

    keep: (receipts: readonly { id: string; collectorCode: string }[], at: Instant) =>
      sql.each(
        `INSERT INTO receipt_handover (receipt_id, state, collector_code, attempts, next_attempt_at) VALUES (?, ?, ?, ?, ?)`,
        receipts.map(({ id, collectorCode }) => [id, 'to_sign', collectorCode, 0, at]),
      ),

    markSigned: (receiptIds: readonly string[], at: Instant) =>
      sql.each(
        `UPDATE receipt_handover SET state = 'waiting', attempts = 0, next_attempt_at = ?, last_answer = NULL WHERE receipt_id = ? AND state = 'to_sign'`,
        receiptIds.map((id) => [at, id]),
      ),

    /** What could not be signed may be tried at once. */
    markUnsignedDue: (collectorCode: string, at: Instant) =>
      sql.run(
        `UPDATE receipt_handover SET next_attempt_at = ? WHERE state = 'to_sign' AND collector_code = ? AND next_attempt_at > ?`,
        at,
        collectorCode,
        at,
      ),

    /** Takes one until `until`; false when another process took it since it was read. */
    claim: async ({ receiptId, nextAttemptAt }: Pick<Handover, 'receiptId' | 'nextAttemptAt'>, until: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE receipt_handover SET next_attempt_at = ? WHERE receipt_id = ? AND state = 'waiting' AND next_attempt_at = ?`,
        until,
        receiptId,
        nextAttemptAt,
      )) === 1,

    /** One more try that came to nothing. */
    markTried: (receiptId: string, nextAttemptAt: Instant, answer: string) =>
      sql.run(
        'UPDATE receipt_handover SET attempts = attempts + 1, next_attempt_at = ?, last_answer = ? WHERE receipt_id = ?',
        nextAttemptAt,
        answer,
        receiptId,
      ),

    markSent: (receiptId: string, at: Instant, providerReference: string) =>
      sql.run(
        `UPDATE receipt_handover SET state = 'sent', attempts = attempts + 1, sent_at = ?, provider_reference = ?, last_answer = NULL WHERE receipt_id = ?`,
        at,
        providerReference,
        receiptId,
      ),

    markRefused: (receiptId: string, answer: string) =>
      sql.run(
        `UPDATE receipt_handover SET state = 'refused', attempts = attempts + 1, last_answer = ? WHERE receipt_id = ?`,
        answer,
        receiptId,
      ),

    /** What a person sends again after it was refused; false when it was not. */
    markWaiting: async (receiptId: string, at: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE receipt_handover SET state = 'waiting', next_attempt_at = ? WHERE receipt_id = ? AND state = 'refused'`,
        at,
        receiptId,
      )) === 1,

    /** Everything that waits may be tried at once. */
    markAllDue: (at: Instant) =>
      sql.run(`UPDATE receipt_handover SET next_attempt_at = ? WHERE state = 'waiting' AND next_attempt_at > ?`, at, at),

    /** The latest outage, over or not. */
    lastOutage: async (): Promise<Outage | undefined> => {
      const row = await sql.get<OutageRow>('SELECT * FROM receipt_outage ORDER BY started_at DESC LIMIT 1');
      return row && { startedAt: instant(row.started_at), why: row.why, ...optional('endedAt', row.ended_at, instant) };
    },

    /** False when one is known to last. */
    keepOutage: async (startedAt: Instant, why: string): Promise<boolean> =>
      (await sql.run(
        'INSERT INTO receipt_outage (started_at, why, open_mark) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
        startedAt,
        why,
        openMark,
      )) === 1,

    /** False when none lasted. */
    markOutageEnded: async (at: Instant): Promise<boolean> =>
      (await sql.run('UPDATE receipt_outage SET ended_at = ?, open_mark = NULL WHERE open_mark = ?', at, openMark)) === 1,
  };
}

const toHandover = (row: Row): Handover => ({
  receiptId: row.receipt_id,
  state: row.state as HandoverState,
  attempts: Number(row.attempts),
  nextAttemptAt: instant(row.next_attempt_at),
  ...optional('lastAnswer', row.last_answer),
  ...optional('providerReference', row.provider_reference),
  ...optional('sentAt', row.sent_at, instant),
});

const toNamed = (row: NamedRow): NamedHandover => ({
  ...toHandover(row),
  symbol: row.symbol,
  number: Number(row.number),
  issuedAt: instant(row.issued_at),
});
