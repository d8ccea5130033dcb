// What statement lines and transactions are to one another: free ones of either, the line that a transaction is, and lines that say the same.
import type { IdentifiedMoney, UnlinkedTransaction } from '../domain/lineMatching';
import type { StatementLine } from '../domain/statement';
import type { Day, Instant } from '../domain/time';
import type { StatementLine as Row } from './generated/client';
import { day, instant, isIn, money, optional } from './rows';
import type { Sql, Value } from './sql';

interface MoneyRow {
  id: string;
  direction: string;
  amount: bigint;
  content: string;
  bank_reference: string | null;
  bank_time: string;
}

const moneyColumns = 't.id, t.direction, t.amount, t.content, t.bank_reference, t.bank_time';
/** Lists of whole numbers are filled up as text. */
export const whole = (value: Value): bigint => BigInt(String(value));
/** Lines that are not an older one in other words. */
const isCounted = 'repeats_id IS NULL';
export const isHeld = `transaction_id IS NULL AND ${isCounted}`;
const isFree = 'NOT EXISTS (SELECT 1 FROM statement_line l WHERE l.transaction_id = t.id)';

export function lineLinks(sql: Sql) {
  return {
    /** Transactions of these bank identities that no line is yet. */
    listFreeByIdentity: async (identities: readonly string[]): Promise<IdentifiedMoney[]> => {
      const [where, ...values] = isIn('t.bank_identity', identities);
      const text = `SELECT t.id, t.content, t.bank_identity FROM incoming_transaction t WHERE ${where} AND ${isFree} ORDER BY t.bank_identity, t.occurrence`;
      const rows = await sql.all<Pick<MoneyRow, 'id' | 'content'> & { bank_identity: string }>(text, ...values);
      return rows.map(({ id, content, bank_identity: bankIdentity }) => ({ id, content, bankIdentity }));
    },

    /** Transactions of an account in a span of time that no line is yet. */
    listFreeBetween: async (
      account: { id: string; agencyCode: string },
      from: Instant,
      before: Instant,
    ): Promise<UnlinkedTransaction[]> => {
      const rows = await sql.all<MoneyRow>(
        `SELECT ${moneyColumns} FROM incoming_transaction t WHERE t.agency_code = ? AND t.bank_time >= ? AND t.bank_time < ?
           AND t.account_id = ? AND t.state <> 'test' AND ${isFree} ORDER BY t.bank_time, t.id`,
        account.agencyCode,
        from,
        before,
        account.id,
      );
      return rows.map(toMoney);
    },

    /** Lines of these days and amounts which themselves made a transaction, of files that were sent at a time or later, and when. */
    listMade: async (accountId: string, days: readonly Day[], amounts: readonly bigint[], since: Instant) => {
      const [onDay, ...onDays] = isIn('l.day', days);
      const [ofAmount, ...ofAmounts] = isIn('l.amount', amounts.map(String));
      const rows = await sql.all<Row & { transaction_id: string; kept_at: string }>(
        `SELECT l.*, f.kept_at FROM statement_line l JOIN statement_file f ON f.id = l.file_id JOIN incoming_transaction t ON t.id = l.transaction_id
         WHERE l.account_id = ? AND ${onDay} AND ${ofAmount} AND f.kept_at >= ? AND t.provider = 'statement' ORDER BY l.id`,
        accountId,
        ...onDays,
        ...ofAmounts.map(whole),
        since,
      );
      return rows.map((row) => ({ ...toLine(row), transactionId: row.transaction_id, keptAt: instant(row.kept_at) }));
    },

    /**
     * Lines of a day that a file does not list, though it lists others of the same earlier file and day; `isWithin`: the file lists the days
     * before and after it, so it should list all.
     */
    listUnseen: async (accountId: string, fileId: string, on: Day, isWithin: boolean): Promise<StatementLine[]> => {
      const rows = await sql.all<Row & { is_seen: bigint }>(
        `SELECT l.*, CASE WHEN EXISTS (SELECT 1 FROM statement_sighting s WHERE s.line_id = l.id AND s.file_id = ?) THEN 1 ELSE 0 END AS is_seen
         FROM statement_line l WHERE l.account_id = ? AND l.day = ? AND l.file_id <> ? AND ${isCounted} ORDER BY l.id`,
        fileId,
        accountId,
        on,
        fileId,
      );
      const seenFiles = new Set(rows.filter(({ is_seen }) => is_seen === 1n).map((row) => row.file_id));
      return rows.filter((row) => row.is_seen === 0n && (isWithin || seenFiles.has(row.file_id))).map(toLine);
    },

    /** The line that each of these transactions is, where it is one. */
    linesOf: async (transactionIds: readonly string[]): Promise<StatementLine[]> => {
      const [where, ...values] = isIn('transaction_id', transactionIds);
      return (await sql.all<Row>(`SELECT * FROM statement_line WHERE ${where}`, ...values)).map(toLine);
    },

    /** False when it is a transaction already. */
    claimTransaction: async (lineId: number, transactionId: string): Promise<boolean> =>
      (await sql.run('UPDATE statement_line SET transaction_id = ? WHERE id = ? AND transaction_id IS NULL', transactionId, lineId)) === 1,

    /** False when it is another transaction by now. */
    markUnlinked: async (lineId: number, transactionId: string): Promise<boolean> =>
      (await sql.run('UPDATE statement_line SET transaction_id = NULL WHERE id = ? AND transaction_id = ?', lineId, transactionId)) === 1,

    /** False when it is a transaction, or another line, by now. */
    markRepeated: async (lineId: number, repeatsId: number): Promise<boolean> =>
      (await sql.run(`UPDATE statement_line SET repeats_id = ? WHERE id = ? AND ${isHeld}`, repeatsId, lineId)) === 1,

    /** False when it is a line of its own by now. */
    markUnrepeated: async (lineId: number): Promise<boolean> =>
      (await sql.run('UPDATE statement_line SET repeats_id = NULL WHERE id = ? AND repeats_id IS NOT NULL', lineId)) === 1,
  };
}

export const toLine = (row: Row): StatementLine => ({
  id: Number(row.id),
  accountId: row.account_id,
  fileId: row.file_id,
  row: Number(row.row_number),
  identity: row.identity,
  occurrence: Number(row.occurrence),
  direction: row.direction as StatementLine['direction'],
  amount: money(row.amount),
  day: day(row.day),
  bookedAt: instant(row.booked_at),
  ...optional('bankReference', row.bank_reference),
  content: row.content,
  ...optional('balanceAfter', row.balance_after, money),
  ...optional('payerName', row.payer_name),
  ...optional('payerAccount', row.payer_account),
  ...optional('transactionId', row.transaction_id),
  ...optional('repeatsId', row.repeats_id, Number),
});

const toMoney = (row: MoneyRow): UnlinkedTransaction => ({
  id: row.id,
  direction: row.direction as UnlinkedTransaction['direction'],
  amount: money(row.amount),
  content: row.content,
  ...optional('bankReference', row.bank_reference),
  bankTime: instant(row.bank_time),
});
