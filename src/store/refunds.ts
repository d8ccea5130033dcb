// Refunds, the steps that were taken with them, the accounts they go to, and the files of transfers they were sent by.
import type { Payee, Refund, RefundAct, RefundFile, RefundState, RefundStep, RefundWay } from '../domain/refund';
import type { Instant } from '../domain/time';
import type { Refund as Row, RefundFile as FileRow, RefundPayee as PayeeRow, RefundStep as StepRow } from './generated/client';
import { allOf, instant, isIn, money, optional, type Condition } from './rows';
import type { Sql } from './sql';

/** A payee as it is kept: the account is sealed. */
export interface SealedPayee extends Pick<Payee, 'kind' | 'bankBin' | 'evidence' | 'statedBy' | 'statedAt'> {
  refundId: string;
  version: number;
  sealed: string;
}

export interface RefundFilter {
  agencyCodes?: readonly string[];
  states: readonly RefundState[];
  way?: RefundWay;
}

export interface RefundPage {
  after?: string;
  isNewestFirst?: boolean;
}

const select = 'SELECT r.* FROM refund r JOIN incoming_transaction t ON t.id = r.transaction_id';

export function refundsTable(sql: Sql) {
  const keepStep = ({ refundId, version, act, from, to, by, onBehalfOf, at, reason }: RefundStep) =>
    sql.run(
      `INSERT INTO refund_step (refund_id, version, act, from_state, to_state, taken_by, on_behalf_of, taken_at, reason)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      refundId,
      version,
      act,
      from ?? null,
      to,
      by,
      onBehalfOf ?? null,
      at,
      reason ?? null,
    );

  return {
    find: async (id: string): Promise<Refund | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM refund WHERE id = ?', id);
      return row && toRefund(row);
    },

    findByResolution: async (resolutionId: string): Promise<Refund | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM refund WHERE resolution_id = ?', resolutionId);
      return row && toRefund(row);
    },

    /** Whether a refund or a file of transfers carries this code already. */
    isCodeTaken: async (code: string): Promise<boolean> =>
      (await sql.get('SELECT 1 AS one FROM refund WHERE code = ? UNION ALL SELECT 1 FROM refund_file WHERE code = ?', code, code)) !==
      undefined,

    /** Of these transactions, in the order of asking; whatever became of them. */
    ofTransactions: async (transactionIds: readonly string[]): Promise<Refund[]> => {
      const [where, ...values] = isIn('transaction_id', transactionIds);
      return (await sql.all<Row>(`SELECT * FROM refund WHERE ${where} ORDER BY requested_at, id`, ...values)).map(toRefund);
    },

    /** In the order of asking, or the newest first; after the one of that id. */
    list: async (filter: RefundFilter, limit: number, { after, isNewestFirst }: RefundPage = {}): Promise<Refund[]> => {
      const { where, values } = allOf([
        ...conditionsOf(filter),
        ...(after ? [[isNewestFirst ? 'r.id < ?' : 'r.id > ?', after] as const] : []),
      ]);
      const order = isNewestFirst ? 'DESC' : 'ASC';
      return (await sql.all<Row>(`${select} WHERE ${where} ORDER BY r.id ${order} LIMIT ?`, ...values, limit)).map(toRefund);
    },

    /** How many there are in each state, and of how many đồng. */
    sumByState: async (agencyCodes: readonly string[] | undefined): Promise<{ state: RefundState; count: number; sum: bigint }[]> => {
      const { where, values } = allOf(agencyCodes ? [isIn('t.agency_code', agencyCodes)] : []);
      const rows = await sql.all<{ state: string; n: bigint; total: bigint }>(
        `SELECT r.state, count(*) AS n, CAST(sum(r.amount) AS BIGINT) AS total FROM refund r JOIN incoming_transaction t ON t.id = r.transaction_id
         WHERE ${where} GROUP BY r.state`,
        ...values,
      );
      return rows.map(({ state, n, total }) => ({ state: state as RefundState, count: Number(n), sum: total }));
    },

    /** Those that carry one of these codes, or were sent by a file that carries it; whatever became of them. */
    listByCodes: async (codes: readonly string[]): Promise<(Refund & { carriedBy: string })[]> => {
      const [own, ...values] = isIn('r.code', codes);
      const [file] = isIn('f.code', codes);
      const rows = await sql.all<Row & { carried_by: string }>(
        `SELECT r.*, r.code AS carried_by FROM refund r WHERE ${own}
         UNION ALL SELECT r.*, f.code AS carried_by FROM refund r JOIN refund_file f ON f.id = r.file_id WHERE ${file}`,
        ...values,
        ...values,
      );
      return rows.map((row) => ({ ...toRefund(row), carriedBy: row.carried_by }));
    },

    /** The accounts of which transfers wait for the bank, and when the first of each was sent; the earliest first. */
    listSentFrom: async (): Promise<{ accountId: string; since: Instant }[]> => {
      const rows = await sql.all<{ account_id: string; since: string }>(
        `SELECT account_id, min(sent_at) AS since FROM refund WHERE state = 'sent' AND account_id IS NOT NULL GROUP BY account_id ORDER BY 2`,
      );
      return rows.map((row) => ({ accountId: row.account_id, since: instant(row.since) }));
    },

    /** Those that a gateway has to be asked about again. */
    listDueAtGateways: async (now: Instant, limit: number): Promise<Refund[]> =>
      (
        await sql.all<Row>(
          `SELECT * FROM refund WHERE state = 'sent' AND way = 'gateway' AND try_at IS NOT NULL AND try_at <= ? ORDER BY try_at, id LIMIT ?`,
          now,
          limit,
        )
      ).map(toRefund),

    ofFile: async (fileId: string): Promise<Refund[]> =>
      (await sql.all<Row>('SELECT * FROM refund WHERE file_id = ? ORDER BY id', fileId)).map(toRefund),

    findFile: async (id: string): Promise<RefundFile | undefined> => {
      const row = await sql.get<FileRow>('SELECT * FROM refund_file WHERE id = ?', id);
      return row && toFile(row);
    },

    /** Of these accounts, the newest first. */
    listFiles: async (accountIds: readonly string[], limit: number): Promise<RefundFile[]> => {
      const [where, ...values] = isIn('account_id', accountIds);
      return (await sql.all<FileRow>(`SELECT * FROM refund_file WHERE ${where} ORDER BY id DESC LIMIT ?`, ...values, limit)).map(toFile);
    },

    /** In the order in which they were taken. */
    stepsOf: async (refundIds: readonly string[]): Promise<RefundStep[]> => {
      const [where, ...values] = isIn('refund_id', refundIds);
      return (await sql.all<StepRow>(`SELECT * FROM refund_step WHERE ${where} ORDER BY refund_id, version`, ...values)).map(toStep);
    },

    /** Where they go, as it was stated last. */
    payeesOf: async (refundIds: readonly string[]): Promise<SealedPayee[]> => {
      const [where, ...values] = isIn('refund_id', refundIds);
      const rows = await sql.all<PayeeRow>(
        `SELECT * FROM refund_payee WHERE ${where} AND NOT EXISTS (SELECT 1 FROM refund_payee later
           WHERE later.refund_id = refund_payee.refund_id AND later.version > refund_payee.version)`,
        ...values,
      );
      return rows.map(toPayee);
    },

    /** With its first step. */
    keep: async (refund: Refund): Promise<void> => {
      const { id, version, requestedBy: by, requestedAt: at, reason, state: to } = refund;
      await sql.run(
        `INSERT INTO refund (id, transaction_id, resolution_id, amount, reason, state, requested_by, requested_at, version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        refund.transactionId,
        refund.resolutionId,
        refund.amount.dong,
        reason,
        to,
        by,
        at,
        version,
      );
      await keepStep({ refundId: id, version, act: 'request', to, by, at, reason });
    },

    keepPayee: (payee: SealedPayee) =>
      sql.run(
        `INSERT INTO refund_payee (refund_id, version, kind, bank_bin, sealed, evidence, stated_by, stated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        payee.refundId,
        payee.version,
        payee.kind,
        payee.bankBin,
        payee.sealed,
        payee.evidence ?? null,
        payee.statedBy,
        payee.statedAt,
      ),

    keepFile: (file: RefundFile) =>
      sql.run(
        'INSERT INTO refund_file (id, code, account_id, refund_count, total, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        file.id,
        file.code,
        file.accountId,
        file.count,
        file.total.dong,
        file.madeBy,
        file.madeAt,
      ),

    /** One more step, from the version before it; false when somebody else took one since it was read. */
    mark: async (after: Refund, step: RefundStep): Promise<boolean> => {
      const changed = await sql.run(
        `UPDATE refund SET state = ?, version = ?, way = ?, code = ?, account_id = ?, file_id = ?, sent_at = ?, try_at = ?, tries = ?,
           gateway_reference = ?, problem = ?, confirmed_at = ? WHERE id = ? AND version = ?`,
        after.state,
        after.version,
        after.way ?? null,
        after.code ?? null,
        after.accountId ?? null,
        after.fileId ?? null,
        after.sentAt ?? null,
        after.tryAt ?? null,
        after.tries,
        after.gatewayReference ?? null,
        after.problem ?? null,
        after.confirmedAt ?? null,
        after.id,
        after.version - 1,
      );
      if (changed !== 1) return false;
      await keepStep(step);
      return true;
    },

    /** Takes one for one try at its gateway; false when somebody did so since it was read. */
    claimTry: async ({ id, tryAt }: Refund, until: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE refund SET try_at = ?, tries = tries + 1 WHERE id = ? AND state = 'sent' AND try_at = ?`,
        until,
        id,
        tryAt ?? null,
      )) === 1,

    /** What a try brought that did not end it. */
    markTried: (id: string, after: { tryAt?: Instant; gatewayReference?: string; problem?: string }) =>
      sql.run(
        `UPDATE refund SET try_at = ?, gateway_reference = coalesce(?, gateway_reference), problem = ? WHERE id = ? AND state = 'sent'`,
        after.tryAt ?? null,
        after.gatewayReference ?? null,
        after.problem ?? null,
        id,
      ),
  };
}

const conditionsOf = ({ agencyCodes, states, way }: RefundFilter): Condition[] => [
  isIn('r.state', states),
  ...(agencyCodes ? [isIn('t.agency_code', agencyCodes)] : []),
  ...(way ? [['r.way = ?', way] as const] : []),
];

const toRefund = (row: Row): Refund => ({
  id: row.id,
  transactionId: row.transaction_id,
  resolutionId: row.resolution_id,
  amount: money(row.amount),
  reason: row.reason,
  state: row.state as RefundState,
  requestedBy: row.requested_by,
  requestedAt: instant(row.requested_at),
  version: Number(row.version),
  ...optional('way', row.way, (way) => way as RefundWay),
  ...optional('code', row.code),
  ...optional('accountId', row.account_id),
  ...optional('fileId', row.file_id),
  ...optional('sentAt', row.sent_at, instant),
  ...optional('tryAt', row.try_at, instant),
  tries: Number(row.tries),
  ...optional('gatewayReference', row.gateway_reference),
  ...optional('problem', row.problem),
  ...optional('confirmedAt', row.confirmed_at, instant),
});

const toStep = (row: StepRow): RefundStep => ({
  refundId: row.refund_id,
  version: Number(row.version),
  act: row.act as RefundAct,
  ...optional('from', row.from_state, (state) => state as RefundState),
  to: row.to_state as RefundState,
  by: row.taken_by,
  ...optional('onBehalfOf', row.on_behalf_of),
  at: instant(row.taken_at),
  ...optional('reason', row.reason),
});

const toPayee = (row: PayeeRow): SealedPayee => ({
  refundId: row.refund_id,
  version: Number(row.version),
  kind: row.kind as Payee['kind'],
  bankBin: row.bank_bin,
  sealed: row.sealed,
  ...optional('evidence', row.evidence),
  statedBy: row.stated_by,
  statedAt: instant(row.stated_at),
});

const toFile = (row: FileRow): RefundFile => ({
  id: row.id,
  code: row.code,
  accountId: row.account_id,
  count: Number(row.refund_count),
  total: money(row.total),
  madeBy: row.made_by,
  madeAt: instant(row.made_at),
});
