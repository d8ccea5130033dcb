// Incoming transactions: every credit that a bank told us of is a row before anything is judged.
import type { Money } from '../domain/money';
import type { Transaction, TransactionState, UnappliedReason } from '../domain/transaction';
import type { Instant } from '../domain/time';
import type { IncomingTransaction as Row } from './generated/client';
import { allOf, instant, isIn, json, money, optional, type Condition } from './rows';
import type { Sql, Value } from './sql';

/** A transaction as it is first kept. `scope` is the account, or the foreign sender, within which the provider's id is unique. */
export interface KeptTransaction extends Transaction {
  scope: string;
  deliveryId?: string;
  direction: 'in' | 'out';
  balanceAfter?: bigint;
}

export interface TransactionFilter {
  agencyCodes?: readonly string[];
  states?: readonly TransactionState[];
  accountId?: string;
  from?: Instant;
  before?: Instant;
  /** Part of the content or of the bank's reference, without regard to case. */
  text?: string;
}

export function transactionsTable(sql: Sql) {
  return {
    find: async (id: string): Promise<Transaction | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM incoming_transaction WHERE id = ?', id);
      return row && toTransaction(row);
    },

    /** Newest first. */
    list: async (filter: TransactionFilter, limit: number, after?: string): Promise<Transaction[]> => {
      const { where, values } = conditionsOf(filter, after);
      const text = `SELECT * FROM incoming_transaction WHERE ${where} ORDER BY id DESC LIMIT ?`;
      return (await sql.all<Row>(text, ...values, limit)).map(toTransaction);
    },

    count: async (filter: TransactionFilter): Promise<number> => {
      const { where, values } = conditionsOf(filter, undefined);
      return Number((await sql.get<{ n: bigint }>(`SELECT count(*) AS n FROM incoming_transaction WHERE ${where}`, ...values))?.n ?? 0n);
    },

    /** Đồng of these transactions that no obligation took. */
    unappliedSum: async (filter: TransactionFilter): Promise<Money> => {
      const { where, values } = conditionsOf(filter, undefined);
      const row = await sql.get<{ total: bigint | null }>(
        `SELECT CAST(sum(t.amount - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.transaction_id = t.id), 0)) AS BIGINT) AS total
         FROM incoming_transaction t WHERE ${where}`,
        ...values,
      );
      return money(row?.total ?? 0n);
    },

    /** Keeps a fact once; returns the row as whoever came first kept it. */
    keep: async (transaction: KeptTransaction): Promise<Pick<Transaction, 'id' | 'amount'> & { direction: string }> => {
      await sql.run(
        `INSERT INTO incoming_transaction (id, provider, scope, provider_id, delivery_id, account_id, agency_code, account_number, direction, amount,
           content, bank_reference, bank_time, balance_after, received_at, state)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (provider, scope, provider_id) DO NOTHING`,
        transaction.id,
        transaction.provider,
        transaction.scope,
        transaction.providerId,
        transaction.deliveryId ?? null,
        transaction.accountId ?? null,
        transaction.agencyCode ?? null,
        transaction.accountNumber,
        transaction.direction,
        transaction.amount.dong,
        transaction.content,
        transaction.bankReference ?? null,
        transaction.bankTime,
        transaction.balanceAfter ?? null,
        transaction.receivedAt,
        transaction.state,
      );
      const row = await sql.get<Pick<Row, 'id' | 'amount' | 'direction'>>(
        'SELECT id, amount, direction FROM incoming_transaction WHERE provider = ? AND scope = ? AND provider_id = ?',
        transaction.provider,
        transaction.scope,
        transaction.providerId,
      );
      return row ? { ...row, amount: money(row.amount) } : transaction;
    },

    /** Takes a kept credit for judging, if nobody did before: the database decides who is first. */
    claim: async (id: string): Promise<Transaction | undefined> => {
      const row = await sql.get<Row>(
        "UPDATE incoming_transaction SET state = 'unapplied' WHERE id = ? AND state = 'received' RETURNING *",
        id,
      );
      return row && toTransaction(row);
    },

    mark: (id: string, state: TransactionState, why: UnappliedReason | undefined, proof: unknown) =>
      sql.run(
        'UPDATE incoming_transaction SET state = ?, why = ?, proof = ? WHERE id = ?',
        state,
        why ?? null,
        proof === undefined ? null : JSON.stringify(proof),
        id,
      ),
  };
}

function conditionsOf(filter: TransactionFilter, after: string | undefined): { where: string; values: Value[] } {
  const conditions: Condition[] = [["direction = 'in'"]];
  if (filter.agencyCodes) conditions.push(isIn('agency_code', filter.agencyCodes));
  if (filter.states) conditions.push(isIn('state', filter.states));
  if (filter.accountId) conditions.push(['account_id = ?', filter.accountId]);
  if (filter.from) conditions.push(['bank_time >= ?', filter.from]);
  if (filter.before) conditions.push(['bank_time < ?', filter.before]);
  if (filter.text) {
    const pattern = `%${filter.text.toLowerCase().replace(/[%_\\]/g, '\\$&')}%`;
    conditions.push(["(lower(content) LIKE ? ESCAPE '\\' OR lower(bank_reference) LIKE ? ESCAPE '\\')", pattern, pattern]);
  }
  if (after) conditions.push(['id < ?', after]);
  return allOf(conditions);
}

const toTransaction = (row: Row): Transaction => ({
  id: row.id,
  provider: row.provider,
  providerId: row.provider_id,
  ...optional('accountId', row.account_id),
  accountNumber: row.account_number,
  ...optional('agencyCode', row.agency_code),
  amount: money(row.amount),
  content: row.content,
  ...optional('bankReference', row.bank_reference),
  bankTime: instant(row.bank_time),
  receivedAt: instant(row.received_at),
  state: row.state as TransactionState,
  ...optional('why', row.why, (why) => why as UnappliedReason),
  ...optional('proof', row.proof, (proof) => json<unknown>(proof)),
});
