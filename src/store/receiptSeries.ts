// The series of receipts with their ranges of numbers, and how far the feed of events was followed to issue them.
import type { ChargedKind } from '../domain/fee';
import type { ReceiptRange } from '../domain/receiptRange';
import type { Instant } from '../domain/time';
import type { ReceiptRange as RangeRow, ReceiptSeries as Row } from './generated/client';
import { isIn } from './rows';
import type { Sql } from './sql';

export interface ReceiptSeries {
  symbol: string;
  collectorCode: string;
  year: number;
  kind: ChargedKind;
  place: number;
  cutTo: number;
}

/** The numbers that an agency uses in a series: its latest range, and all that it used. */
export interface RangeUse extends ReceiptRange {
  symbol: string;
  kind: ChargedKind;
  collectorCode: string;
  agencyCode: string;
  used: number;
}

type UseRow = Pick<RangeRow, 'symbol' | 'agency_code' | 'first_number' | 'last_number' | 'used_to'> & {
  kind: string;
  collector_code: string;
  used: bigint;
};

const cursorName = 'receipts';

export function receiptSeriesTable(sql: Sql) {
  return {
    list: async (): Promise<ReceiptSeries[]> => (await sql.all<Row>('SELECT * FROM receipt_series ORDER BY year, place')).map(toSeries),

    find: async (collectorCode: string, year: number, kind: ChargedKind): Promise<ReceiptSeries | undefined> => {
      const text = 'SELECT * FROM receipt_series WHERE collector_code = ? AND year = ? AND kind = ?';
      const row = await sql.get<Row>(text, collectorCode, year, kind);
      return row && toSeries(row);
    },

    /** The place of the next series of a year: 1, 2, 3 … */
    nextPlace: async (year: number): Promise<number> =>
      Number((await sql.get<{ last: bigint | null }>('SELECT max(place) AS last FROM receipt_series WHERE year = ?', year))?.last ?? 0n) +
      1,

    keep: ({ symbol, collectorCode, year, kind, place, cutTo }: ReceiptSeries, at: Instant) =>
      sql.run(
        'INSERT INTO receipt_series (symbol, collector_code, year, kind, place, cut_to, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        symbol,
        collectorCode,
        year,
        kind,
        place,
        cutTo,
        at,
      ),

    /** The range of an agency in which there are numbers left. */
    findOpenRange: async (symbol: string, agencyCode: string): Promise<ReceiptRange | undefined> => {
      const row = await sql.get<RangeRow>(
        'SELECT * FROM receipt_range WHERE symbol = ? AND agency_code = ? AND used_to < last_number ORDER BY first_number LIMIT 1',
        symbol,
        agencyCode,
      );
      return row && { firstNumber: Number(row.first_number), lastNumber: Number(row.last_number), usedTo: Number(row.used_to) };
    },

    /** Of a year and of these agencies: the latest range of each in each series, and how many of its numbers were used in all. */
    listUse: async (year: number, agencyCodes: readonly string[]): Promise<RangeUse[]> => {
      const [within, ...values] = isIn('r.agency_code', agencyCodes);
      const rows = await sql.all<UseRow>(
        `SELECT r.symbol, s.kind, s.collector_code, r.agency_code, max(r.first_number) AS first_number, max(r.last_number) AS last_number,
           max(r.used_to) AS used_to, CAST(sum(r.used_to - r.first_number + 1) AS BIGINT) AS used
         FROM receipt_range r JOIN receipt_series s ON s.symbol = r.symbol WHERE s.year = ? AND ${within}
         GROUP BY r.symbol, s.kind, s.collector_code, r.agency_code ORDER BY r.symbol, r.agency_code`,
        year,
        ...values,
      );
      return rows.map((row) => ({
        symbol: row.symbol,
        kind: row.kind as ChargedKind,
        collectorCode: row.collector_code,
        agencyCode: row.agency_code,
        firstNumber: Number(row.first_number),
        lastNumber: Number(row.last_number),
        usedTo: Number(row.used_to),
        used: Number(row.used),
      }));
    },

    /** Notes what was cut and used. */
    saveRanges: async (symbol: string, agencyCode: string, ranges: readonly ReceiptRange[], at: Instant): Promise<void> => {
      for (const { firstNumber, lastNumber, usedTo } of ranges) {
        await sql.run(
          `INSERT INTO receipt_range (symbol, first_number, last_number, agency_code, used_to, cut_at) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (symbol, first_number) DO UPDATE SET used_to = excluded.used_to`,
          symbol,
          firstNumber,
          lastNumber,
          agencyCode,
          usedTo,
          at,
        );
      }
    },

    markCut: (symbol: string, cutTo: number) => sql.run('UPDATE receipt_series SET cut_to = ? WHERE symbol = ?', cutTo, symbol),

    /** The last event that was looked at. */
    cursor: async (): Promise<number> =>
      Number((await sql.get<{ event_id: bigint }>('SELECT event_id FROM event_cursor WHERE name = ?', cursorName))?.event_id ?? 0n),

    /** Takes the events after `from` up to `to`; false when another process took them since they were read. */
    claimEvents: async (from: number, to: number): Promise<boolean> =>
      (await sql.run('UPDATE event_cursor SET event_id = ? WHERE name = ? AND event_id = ?', to, cursorName, from)) === 1,
  };
}

const toSeries = (row: Row): ReceiptSeries => ({
  symbol: row.symbol,
  collectorCode: row.collector_code,
  year: Number(row.year),
  kind: row.kind as ChargedKind,
  place: Number(row.place),
  cutTo: Number(row.cut_to),
});
