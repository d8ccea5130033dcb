// Incoming transactions: every credit that a bank told us of is a row before anything is judged.
import type { Money } from '../domain/money';
import { foldedWords } from '../domain/moneySearch';
import type { PayerLink } from '../domain/suggestion';
import type {
  IdentifiedTransaction,
  KeptTransaction,
  KnownTransaction,
  Telling,
  Transaction,
  TransactionState,
  UnappliedReason,
  Via,
} from '../domain/transaction';
import type { Instant } from '../domain/time';
import type { IncomingTransaction as Row, Telling as TellingRow } from './generated/client';
import { instant, isIn, json, money, optional } from './rows';
import type { Sql } from './sql';
import { conditionsOf, unappliedPart, type TransactionFilter } from './transactionFilter';

type KnownRow = Pick<Row, 'id' | 'provider_id' | 'amount' | 'direction' | 'order_id'>;

export function transactionsTable(sql: Sql) {
  const listTellings = async (transactionIds: readonly string[]): Promise<Telling[]> => {
    if (transactionIds.length === 0) return [];
    const [where, ...values] = isIn('transaction_id', transactionIds);
    return (await sql.all<TellingRow>(`SELECT * FROM telling WHERE ${where} ORDER BY told_at, provider`, ...values)).map(toTelling);
  };

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

    /** Đồng of these transactions that have no home. */
    unappliedSum: async (filter: TransactionFilter): Promise<Money> => {
      const { where, values } = conditionsOf(filter, undefined);
      const row = await sql.get<{ total: bigint | null }>(
        `SELECT CAST(sum(${unappliedPart}) AS BIGINT) AS total FROM incoming_transaction WHERE ${where}`,
        ...values,
      );
      return money(row?.total ?? 0n);
    },

    /** For whom money from this account paid before a time, the latest first. */
    listPayerLinks: async (payerAccount: string, before: Instant, limit: number): Promise<PayerLink[]> => {
      const rows = await sql.all<{ applicant: string; paid_at: string }>(
        `SELECT d.applicant_name AS applicant, t.bank_time AS paid_at
         FROM incoming_transaction t JOIN allocation a ON a.transaction_id = t.id JOIN obligation o ON o.id = a.obligation_id
           JOIN dossier d ON d.id = o.dossier_id
         WHERE t.payer_account = ? AND t.bank_time < ?
         GROUP BY t.id, t.bank_time, d.applicant_name HAVING sum(a.amount) > 0 ORDER BY t.bank_time DESC LIMIT ?`,
        payerAccount,
        before,
        limit,
      );
      return rows.map((row) => ({ payerAccount, applicant: row.applicant, paidAt: instant(row.paid_at) }));
    },

    /** Those of one provider and scope that were told before under these ids, first or later. */
    listTold: async (provider: string, scope: string, providerIds: readonly string[]): Promise<KnownTransaction[]> => {
      const [where, ...values] = isIn('provider_id', providerIds);
      const own = await sql.all<KnownRow>(
        `SELECT id, provider_id, amount, direction, order_id FROM incoming_transaction WHERE provider = ? AND scope = ? AND ${where}`,
        provider,
        scope,
        ...values,
      );
      if (own.length === providerIds.length) return own.map(toKnown);
      const later = await sql.all<KnownRow>(
        `SELECT t.id, o.provider_id, t.amount, t.direction, t.order_id FROM telling o JOIN incoming_transaction t ON t.id = o.transaction_id
         WHERE o.provider = ? AND o.scope = ? AND o.${where}`,
        provider,
        scope,
        ...values,
      );
      return [...own, ...later].map(toKnown);
    },

    /** The transactions of these bank identities, also by the number that the bank's list names them by, with every feed that told of them. */
    listIdentified: async (identities: readonly string[]): Promise<IdentifiedTransaction[]> => {
      if (identities.length === 0) return [];
      const [isOwn, ...values] = isIn('bank_identity', identities);
      const [isListed] = isIn('l.identity', identities);
      const rows = await sql.all<Pick<Row, 'id' | 'provider' | 'scope' | 'content'> & { bank_identity: string }>(
        `SELECT id, provider, scope, content, bank_identity, occurrence FROM incoming_transaction WHERE ${isOwn}
         UNION ALL SELECT t.id, t.provider, t.scope, t.content, l.identity, l.occurrence FROM statement_line l
           JOIN incoming_transaction t ON t.id = l.transaction_id WHERE ${isListed} AND coalesce(t.bank_identity, '') <> l.identity
         ORDER BY occurrence`,
        ...values,
        ...values,
      );
      const later = await listTellings(rows.map((row) => row.id));
      return rows.map((row) => ({
        id: row.id,
        provider: row.provider,
        scope: row.scope,
        content: row.content,
        bankIdentity: row.bank_identity,
        tellings: later.filter((telling) => telling.transactionId === row.id),
      }));
    },

    /** The accounts of the latest transactions that were heard of since a time. */
    listAccountsHeard: async (since: Instant, limit: number): Promise<string[]> => {
      const rows = await sql.all<{ account_id: string }>(
        `SELECT DISTINCT account_id FROM (SELECT account_id, received_at FROM incoming_transaction ORDER BY id DESC LIMIT ?) AS latest
         WHERE account_id IS NOT NULL AND received_at >= ?`,
        limit,
        since,
      );
      return rows.map((row) => row.account_id);
    },

    /** Later tellings by other feeds, oldest first. */
    listTellings,

    /** Keeps new transactions, each in its final state. */
    keep: (transactions: readonly KeptTransaction[]) =>
      sql.each(
        `INSERT INTO incoming_transaction (id, provider, scope, provider_id, delivery_id, account_id, agency_code, account_number, direction, amount,
           content, bank_reference, bank_time, balance_after, received_at, state, why, proof, via, virtual_account, order_id, payer_name, payer_account,
           bank_identity, occurrence, folded_words)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        transactions.map((transaction) => [
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
          transaction.balanceAfter?.dong ?? null,
          transaction.receivedAt,
          transaction.state,
          transaction.why ?? null,
          transaction.proof === undefined ? null : JSON.stringify(transaction.proof),
          transaction.via,
          transaction.virtualAccount ?? null,
          transaction.orderId ?? null,
          transaction.payerName ?? null,
          transaction.payerAccount ?? null,
          transaction.bankIdentity ?? null,
          transaction.occurrence ?? null,
          foldedWords(transaction) ?? null,
        ]),
      ),

    /** Keeps that another feed told of a transaction that we had. */
    keepTellings: (tellings: readonly Telling[]) =>
      sql.each(
        'INSERT INTO telling (provider, scope, provider_id, transaction_id, delivery_id, via, content, told_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        tellings.map((telling) => [
          telling.provider,
          telling.scope,
          telling.providerId,
          telling.transactionId,
          telling.deliveryId ?? null,
          telling.via,
          telling.content,
          telling.toldAt,
        ]),
      ),

    /** Where a transaction stands after a person decided about it. */
    mark: (id: string, state: TransactionState, why?: UnappliedReason) =>
      sql.run('UPDATE incoming_transaction SET state = ?, why = ? WHERE id = ?', state, why ?? null, id),
  };
}

export const toTransaction = (row: Row): Transaction => ({
  id: row.id,
  provider: row.provider,
  providerId: row.provider_id,
  via: row.via as Via,
  direction: row.direction as Transaction['direction'],
  ...optional('accountId', row.account_id),
  accountNumber: row.account_number,
  ...optional('agencyCode', row.agency_code),
  amount: money(row.amount),
  content: row.content,
  ...optional('bankReference', row.bank_reference),
  ...optional('virtualAccount', row.virtual_account),
  ...optional('orderId', row.order_id),
  ...optional('payerName', row.payer_name),
  ...optional('payerAccount', row.payer_account),
  bankTime: instant(row.bank_time),
  receivedAt: instant(row.received_at),
  state: row.state as TransactionState,
  ...optional('why', row.why, (why) => why as UnappliedReason),
  ...optional('proof', row.proof, (proof) => json<unknown>(proof)),
});

const toKnown = (row: KnownRow): KnownTransaction => ({
  id: row.id,
  providerId: row.provider_id,
  amount: money(row.amount),
  direction: row.direction as Transaction['direction'],
  ...optional('orderId', row.order_id),
});

const toTelling = (row: TellingRow): Telling => ({
  provider: row.provider,
  scope: row.scope,
  providerId: row.provider_id,
  transactionId: row.transaction_id,
  ...optional('deliveryId', row.delivery_id),
  via: row.via as Via,
  content: row.content,
  toldAt: instant(row.told_at),
});
