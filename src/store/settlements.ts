// Settlements of gateways: their files, payouts and lines, which credit of the bank each was, and what is not settled yet.
import { gatewayScope } from '../domain/transaction';
import type { Instant } from '../domain/time';
import type { Money } from '../domain/money';
import {
  carriedMark,
  settlementProviders,
  type GatewayMovement,
  type RejectedRow,
  type Settlement,
  type SettlementFile,
  type SettlementKind,
  type SettlementLine,
  type SettlementProvider,
  type SettlementTotals,
} from '../domain/settlement';

import type {
  GatewaySettlement as Row,
  GatewaySettlementFile as FileRow,
  GatewaySettlementLine as LineRow,
  IncomingTransaction,
} from './generated/client';
import { allOf, day, instant, isIn, json, money, optional, type Condition } from './rows';
import type { Sql } from './sql';

/** A payout with the sums of its lines, and the credit that brought it. */
export interface ListedSettlement {
  settlement: Settlement;
  totals: SettlementTotals;
  lineCount: number;
  /** The transaction that a standing word of a person or of a rule says it came with, or was debited by. */
  arrivedWith?: string;
  /** The payout in which the gateway set its sums off: it pays nothing itself. */
  carriedInto?: string;
}

/** A payment that a gateway has: no payout which arrived has brought it, and none in which it set it off. */
export interface UnsettledPayment {
  id: string;
  amount: Money;
  bankTime: Instant;
  providerId: string;
  /** In whose list it stands, where one tells of it. */
  settlementId?: string;
}

type ListedRow = Row & Record<'gross' | 'fee' | 'net' | 'n', bigint> & Record<'arrived_with' | 'stands_in', string | null>;
type MovementRow = Pick<IncomingTransaction, 'id' | 'provider_id' | 'bank_reference' | 'order_id' | 'direction' | 'amount'>;

/** The movement by which the money of a payout came, or was debited. */
const arrivalOf = (settlement: 's.id' | 'l.settlement_id') =>
  `SELECT r.transaction_id FROM resolution r WHERE r.action = 'settlement' AND r.subject_id = ${settlement}
     AND NOT EXISTS (SELECT 1 FROM resolution u WHERE u.undoes = r.id)
   UNION ALL SELECT e.transaction_id FROM explanation e WHERE e.purpose = 'settlement' AND e.subject_id = ${settlement}
     AND NOT EXISTS (SELECT 1 FROM explanation u WHERE u.undoes = e.id) LIMIT 1`;
const arrival = arrivalOf('s.id');
/** Where the sums of a payout stand that was carried into another: in which one the last line about it is. */
const standsIn = (settlement: 's.id' | 'l.settlement_id', provider: 's.provider' | 'l.provider') =>
  `(SELECT c.settlement_id FROM gateway_settlement_line c WHERE c.provider = ${provider} AND c.order_id = '${carriedMark}' || ${settlement}
    ORDER BY c.row_number DESC LIMIT 1)`;
const ofLines = (what: string) => `(SELECT ${what} FROM gateway_settlement_line l WHERE l.settlement_id = s.id)`;
const sumOf = (column: 'gross' | 'fee' | 'net') => `coalesce(${ofLines(`CAST(sum(l.${column}) AS BIGINT)`)}, 0) AS ${column}`;
const listed = `SELECT s.*, ${sumOf('gross')}, ${sumOf('fee')}, ${sumOf('net')}, ${ofLines('count(*)')} AS n, (${arrival}) AS arrived_with,
  ${standsIn('s.id', 's.provider')} AS stands_in FROM gateway_settlement s`;

/** The line that tells of a payment: by the gateway's number, or by our order where that number is none of ours. */
const tellsOf = `l.provider = t.provider AND l.kind = 'payment' AND`;
const lineOf = [
  `${tellsOf} l.gateway_id = t.provider_id`,
  `${tellsOf} l.order_id = t.order_id AND NOT EXISTS (SELECT 1 FROM incoming_transaction x
     WHERE x.provider = l.provider AND x.scope = '${gatewayScope}' AND x.provider_id = l.gateway_id)`,
] as const;
const hasArrived = lineOf.map(
  (isLine) => `EXISTS (SELECT 1 FROM gateway_settlement_line l WHERE ${isLine} AND (
    EXISTS (${arrivalOf('l.settlement_id')})
    OR ${standsIn('l.settlement_id', 'l.provider')} <> l.settlement_id))`,
);
const unsettled = `t.provider IN (${settlementProviders.map((provider) => `'${provider}'`).join(', ')}) AND t.scope = '${gatewayScope}' AND t.direction = 'in' AND t.state IN ('applied', 'unapplied', 'resolved')
  AND NOT ${hasArrived.join(' AND NOT ')}`;

export interface SettlementFilter {
  /** Of these agencies alone. */
  agencyCodes?: readonly string[] | undefined;
  provider?: SettlementProvider | undefined;
}

export function settlementsTable(sql: Sql) {
  return {
    findFile: async (id: string): Promise<SettlementFile | undefined> => {
      const row = await sql.get<FileRow>('SELECT * FROM gateway_settlement_file WHERE id = ?', id);
      return row && toFile(row);
    },

    find: async (id: string): Promise<ListedSettlement | undefined> => {
      const row = await sql.get<ListedRow>(`${listed} WHERE s.id = ?`, id);
      return row && toListed(row);
    },

    /** Newest first. */
    list: async ({ agencyCodes, provider }: SettlementFilter, limit: number, after?: string): Promise<ListedSettlement[]> => {
      const conditions: Condition[] = [];
      if (agencyCodes) conditions.push(isIn('s.agency_code', agencyCodes));
      if (provider) conditions.push(['s.provider = ?', provider]);
      if (after) conditions.push(['s.id < ?', after]);
      const { where, values } = allOf(conditions);
      return (await sql.all<ListedRow>(`${listed} WHERE ${where} ORDER BY s.id DESC LIMIT ?`, ...values, limit)).map(toListed);
    },

    /** Payouts whose money has not come, the oldest first. */
    listWaiting: async (after: string, limit: number): Promise<ListedSettlement[]> =>
      (await sql.all<ListedRow>(`${listed} WHERE (${arrival}) IS NULL AND s.id > ? ORDER BY s.id LIMIT ?`, after, limit)).map(toListed),

    /** The same, of just this sum. */
    waitingFor: async (net: Money): Promise<ListedSettlement[]> =>
      (await sql.all<ListedRow>(`${listed} WHERE (${arrival}) IS NULL AND ${ofLines('sum(l.net)')} = ? ORDER BY s.id`, net.dong)).map(
        toListed,
      ),

    /** The lines by which the sums of a payout left it and came back, each with its file. */
    carriesOf: async ({ id, provider }: Pick<Settlement, 'id' | 'provider'>): Promise<{ line: SettlementLine; fileId: string }[]> => {
      const text = 'SELECT * FROM gateway_settlement_line WHERE provider = ? AND order_id = ? AND settlement_id = ? ORDER BY row_number';
      return (await sql.all<LineRow>(text, provider, `${carriedMark}${id}`, id)).map((row) => ({ line: toLine(row), fileId: row.file_id }));
    },

    ofPayouts: async (provider: SettlementProvider, payoutIds: readonly string[]): Promise<ListedSettlement[]> => {
      const [where, ...values] = isIn('s.payout_id', payoutIds);
      return (await sql.all<ListedRow>(`${listed} WHERE s.provider = ? AND ${where}`, provider, ...values)).map(toListed);
    },

    /** In the order of its files. */
    linesOf: async (settlementId: string): Promise<SettlementLine[]> =>
      (
        await sql.all<LineRow>('SELECT * FROM gateway_settlement_line WHERE settlement_id = ? ORDER BY file_id, row_number', settlementId)
      ).map(toLine),

    /** Those of these lines that are known, as they were told first. */
    listKnown: async (provider: SettlementProvider, identities: readonly string[]): Promise<SettlementLine[]> => {
      const [where, ...values] = isIn('identity', identities);
      return (await sql.all<LineRow>(`SELECT * FROM gateway_settlement_line WHERE provider = ? AND ${where}`, provider, ...values)).map(
        toLine,
      );
    },

    /** Numbers of payments of this payout that another payout of the gateway has too. */
    settledTwice: async (settlementId: string): Promise<string[]> =>
      (
        await sql.all<{ gateway_id: string }>(
          `SELECT DISTINCT l.gateway_id FROM gateway_settlement_line l JOIN gateway_settlement_line o
             ON o.provider = l.provider AND o.gateway_id = l.gateway_id AND o.kind = 'payment' AND o.settlement_id <> l.settlement_id
           WHERE l.settlement_id = ? AND l.kind = 'payment'`,
          settlementId,
        )
      ).map((row) => row.gateway_id),

    /** What we know of these numbers and orders of a gateway. */
    movementsOf: async (
      provider: SettlementProvider,
      gatewayIds: readonly string[],
      orderIds: readonly string[],
    ): Promise<GatewayMovement[]> => {
      const select = `SELECT id, provider_id, bank_reference, order_id, direction, amount FROM incoming_transaction
        WHERE provider = ? AND scope = '${gatewayScope}' AND state <> 'test' AND`;
      const found = new Map<string, GatewayMovement>();
      for (const [column, ids] of [
        ['provider_id', gatewayIds],
        ['bank_reference', gatewayIds],
        ['order_id', orderIds],
      ] as const) {
        const [where, ...values] = isIn(column, ids);
        const rows = await sql.all<MovementRow>(`${select} ${where} ORDER BY bank_time, id`, provider, ...values);
        for (const row of rows) found.set(row.id, toMovement(row));
      }
      return [...found.values()];
    },

    /** The oldest first. */
    listUnsettled: async ({ agencyCodes, provider }: SettlementFilter, limit: number): Promise<UnsettledPayment[]> => {
      const { where, values } = unsettledWhere({ agencyCodes, provider });
      const rows = await sql.all<
        Pick<IncomingTransaction, 'id' | 'amount' | 'bank_time' | 'provider_id'> & { settlement_id: string | null }
      >(
        `SELECT t.id, t.amount, t.bank_time, t.provider_id,
           coalesce(${lineOf.map((isLine) => `(SELECT l.settlement_id FROM gateway_settlement_line l WHERE ${isLine} LIMIT 1)`).join(', ')}) AS settlement_id
         FROM incoming_transaction t WHERE ${where} ORDER BY t.bank_time, t.id LIMIT ?`,
        ...values,
        limit,
      );
      return rows.map((row) => ({
        id: row.id,
        amount: money(row.amount),
        bankTime: instant(row.bank_time),
        providerId: row.provider_id,
        ...optional('settlementId', row.settlement_id),
      }));
    },

    /** By gateway: how much, of how many payments, and since when. */
    sumUnsettled: async (filter: SettlementFilter): Promise<{ provider: string; sum: Money; count: number; since: Instant }[]> => {
      const { where, values } = unsettledWhere(filter);
      const rows = await sql.all<{ provider: string; total: bigint; n: bigint; since: string }>(
        `SELECT t.provider, CAST(sum(t.amount) AS BIGINT) AS total, count(*) AS n, min(t.bank_time) AS since
         FROM incoming_transaction t WHERE ${where} GROUP BY t.provider`,
        ...values,
      );
      return rows.map((row) => ({ provider: row.provider, sum: money(row.total), count: Number(row.n), since: instant(row.since) }));
    },

    keepFile: (file: SettlementFile) =>
      sql.run(
        `INSERT INTO gateway_settlement_file (id, provider, name, sha256, kept_by, kept_at, line_count, known_count, rejected)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        file.id,
        file.provider,
        file.name,
        file.sha256,
        file.keptBy,
        file.keptAt,
        file.lineCount,
        file.knownCount,
        JSON.stringify(file.rejected),
      ),

    keep: (settlement: Settlement) =>
      sql.run(
        `INSERT INTO gateway_settlement (id, provider, payout_id, day, stated, agency_code, file_id, kept_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[settlement.id, settlement.provider, settlement.payoutId, settlement.day, settlement.stated?.dong ?? null],
        ...[settlement.agencyCode, settlement.fileId, settlement.keptAt],
      ),

    keepLines: ({ id, provider }: Pick<Settlement, 'id' | 'provider'>, fileId: string, lines: readonly SettlementLine[]) =>
      sql.each(
        `INSERT INTO gateway_settlement_line (provider, identity, settlement_id, file_id, row_number, kind, gateway_id, order_id, gross, fee, net, day)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        lines.map((line) => [
          ...[provider, line.identity, id, fileId, line.row, line.kind, line.gatewayId ?? null, line.orderId ?? null],
          ...[line.gross.dong, line.fee.dong, line.net.dong, line.day],
        ]),
      ),
  };
}

function unsettledWhere({ agencyCodes, provider }: SettlementFilter) {
  const conditions: Condition[] = [[unsettled]];
  if (agencyCodes) conditions.push(isIn('t.agency_code', agencyCodes));
  if (provider) conditions.push(['t.provider = ?', provider]);
  return allOf(conditions);
}

const toFile = (row: FileRow): SettlementFile => ({
  id: row.id,
  provider: row.provider as SettlementProvider,
  name: row.name,
  sha256: row.sha256,
  keptBy: row.kept_by,
  keptAt: instant(row.kept_at),
  lineCount: Number(row.line_count),
  knownCount: Number(row.known_count),
  rejected: json<RejectedRow[]>(row.rejected),
});

const toListed = (row: ListedRow): ListedSettlement => ({
  settlement: {
    id: row.id,
    provider: row.provider as SettlementProvider,
    payoutId: row.payout_id,
    day: day(row.day),
    ...optional('stated', row.stated, money),
    agencyCode: row.agency_code,
    fileId: row.file_id,
    keptAt: instant(row.kept_at),
  },
  totals: { gross: money(row.gross), fee: money(row.fee), net: money(row.net) },
  lineCount: Number(row.n),
  ...optional('arrivedWith', row.arrived_with),
  ...(row.stands_in === null || row.stands_in === row.id ? {} : { carriedInto: row.stands_in }),
});

const toLine = (row: LineRow): SettlementLine => ({
  identity: row.identity,
  kind: row.kind as SettlementKind,
  ...optional('gatewayId', row.gateway_id),
  ...optional('orderId', row.order_id),
  gross: money(row.gross),
  fee: money(row.fee),
  net: money(row.net),
  day: day(row.day),
  row: Number(row.row_number),
});

const toMovement = (row: MovementRow): GatewayMovement => ({
  id: row.id,
  providerId: row.provider_id,
  ...optional('bankReference', row.bank_reference),
  ...optional('orderId', row.order_id),
  direction: row.direction as GatewayMovement['direction'],
  amount: money(row.amount),
});
