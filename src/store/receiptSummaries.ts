// What the same-day summary is made of: runs of numbers, and receipts that stopped to stand.
import type { ChargedKind } from '../domain/fee';
import type { NoticeGround } from '../domain/receiptNotice';
import type { SummaryExit, SummaryRun } from '../domain/receiptSummary';
import { addDays, dayOf, startOfDay, type Day } from '../domain/time';
import { allOf, day, instant, isIn, money, type Condition } from './rows';
import type { Sql } from './sql';

export interface SummaryFilter {
  collectorCode: string;
  on: Day;
  agencyCodes?: readonly string[];
}

export interface ExitFilter {
  /** Whoever collected unless it is said. */
  collectorCode?: string;
  from: Day;
  to: Day;
  agencyCodes?: readonly string[];
}

interface RunRow {
  symbol: string;
  kind: string;
  agency_code: string;
  first_number: bigint;
  last_number: bigint;
  count: bigint;
  replacing: bigint;
  total: bigint;
}

interface ExitRow {
  exit_day: string | null;
  symbol: string;
  number: bigint;
  kind: string;
  day: string;
  amount: bigint;
  agency_code: string;
  ground: string;
  decided_at: string;
  new_symbol: string | null;
  new_number: bigint | null;
}

export function receiptSummariesTable(sql: Sql) {
  return {
    /** Numbers that follow each other are one run; another agency's begin another. */
    listRuns: async ({ collectorCode, on, agencyCodes }: SummaryFilter): Promise<SummaryRun[]> => {
      const [within, ...values] = sightCondition('agency_code', agencyCodes);
      const rows = await sql.all<RunRow>(
        `SELECT symbol, kind, agency_code, min(number) AS first_number, max(number) AS last_number, count(*) AS count,
           count(replaces_id) AS replacing, CAST(sum(amount) AS BIGINT) AS total
         FROM (SELECT symbol, kind, agency_code, number, amount, replaces_id, number - row_number() OVER (PARTITION BY symbol, agency_code ORDER BY number) AS run
           FROM receipt WHERE day = ? AND collector_code = ? AND ${within}) AS numbered
         GROUP BY symbol, kind, agency_code, run ORDER BY symbol, min(number)`,
        on,
        collectorCode,
        ...values,
      );
      return rows.map((row) => ({
        symbol: row.symbol,
        kind: row.kind as ChargedKind,
        agencyCode: row.agency_code,
        firstNumber: Number(row.first_number),
        lastNumber: Number(row.last_number),
        count: Number(row.count),
        replacing: Number(row.replacing),
        total: money(row.total),
      }));
    },

    /** Replaced by one of these days, whoever collects now, in the order of the new ones; then found wrong on them. */
    listExits: async ({ collectorCode, from, to, agencyCodes }: ExitFilter): Promise<SummaryExit[]> => {
      const { where, values } = allOf([
        sightCondition('old.agency_code', agencyCodes),
        ...(collectorCode === undefined ? [] : [['old.collector_code = ?', collectorCode] as const]),
      ]);
      const replaced = await sql.all<ExitRow>(
        `SELECT ${exitColumns}, r.day AS exit_day, r.symbol AS new_symbol, r.number AS new_number
         FROM receipt r JOIN receipt old ON old.id = r.replaces_id JOIN receipt_notice n ON n.live_for = old.id
         WHERE r.day >= ? AND r.day <= ? AND ${where} ORDER BY r.day, r.symbol, r.number`,
        from,
        to,
        ...values,
      );
      const withdrawn = await sql.all<ExitRow>(
        `SELECT ${exitColumns}, NULL AS exit_day, NULL AS new_symbol, NULL AS new_number
         FROM receipt_notice n JOIN receipt old ON old.id = n.receipt_id
         WHERE n.decided_at >= ? AND n.decided_at < ? AND n.state = 'confirmed' AND n.ground = 'money_taken_back'
           AND ${where} ORDER BY n.decided_at, old.symbol, old.number`,
        startOfDay(from),
        startOfDay(addDays(to, 1)),
        ...values,
      );
      const gone = replaced.map(toExit);
      const told = new Set(gone.map(nameOf)); // found wrong and replaced on one day: once
      return [...gone, ...withdrawn.map(toExit).filter((exit) => !told.has(nameOf(exit)))];
    },
  };
}

const sightCondition = (column: string, agencyCodes: readonly string[] | undefined): Condition =>
  agencyCodes ? isIn(column, agencyCodes) : ['1 = 1'];

const exitColumns = 'old.symbol, old.number, old.kind, old.agency_code, old.day, old.amount, n.ground, n.decided_at';

const nameOf = ({ on, receipt }: SummaryExit): string => `${on} ${receipt.symbol} ${receipt.number}`;

function toExit(row: ExitRow): SummaryExit {
  const on = row.exit_day === null ? dayOf(instant(row.decided_at)) : day(row.exit_day);
  return {
    on,
    receipt: {
      symbol: row.symbol,
      number: Number(row.number),
      kind: row.kind as ChargedKind,
      agencyCode: row.agency_code,
      issuedOn: day(row.day),
      total: money(row.amount),
    },
    ...(row.new_symbol === null ? {} : { replacedBy: { symbol: row.new_symbol, number: Number(row.new_number) } }),
    ground: row.ground as NoticeGround,
    isOutAlready: row.ground === 'money_taken_back' && row.decided_at < startOfDay(on),
  };
}
