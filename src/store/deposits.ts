// Deposits of cash at the bank, the shifts whose cash they brought, and what arrived of them.
import type { Deposit, DepositPart, Shortage } from '../domain/deposit';
import { grouped } from '../domain/grouping';
import type { Money } from '../domain/money';
import type { Instant } from '../domain/time';
import type {
  Deposit as Row,
  DepositShift as PartRow,
  DepositShortage as ShortageRow,
  DepositWithdrawal as WithdrawalRow,
} from './generated/client';
import { allOf, day, instant, isIn, money, type Condition } from './rows';
import type { Sql } from './sql';

type Joined = Row & { short: bigint } & { [Name in Exclude<keyof WithdrawalRow, 'deposit_id'>]: WithdrawalRow[Name] | null };

const short = `(SELECT CAST(coalesce(sum(s.amount), 0) AS BIGINT) FROM deposit_shortage s WHERE s.deposit_id = d.id)`;
const joined = `SELECT d.*, ${short} AS short, w.reason, w.withdrawn_by, w.withdrawn_at FROM deposit d LEFT JOIN deposit_withdrawal w ON w.deposit_id = d.id`;
const stands = `r.action = 'deposit' AND NOT EXISTS (SELECT 1 FROM resolution u WHERE u.undoes = r.id)`;
const arrived = `(SELECT coalesce(sum(r.amount), 0) FROM resolution r WHERE r.subject_id = d.id AND ${stands})`;
const newestFirst = 'd.day DESC, d.id DESC';
const waits: readonly Condition[] = [
  ['w.deposit_id IS NULL'],
  [`NOT EXISTS (SELECT 1 FROM resolution r WHERE r.subject_id = d.id AND ${stands})`],
];

export function depositsTable(sql: Sql) {
  const list = async (conditions: readonly Condition[], order: string, ...more: number[]): Promise<Deposit[]> => {
    const { where, values } = allOf(conditions);
    return (await sql.all<Joined>(`${joined} WHERE ${where} ORDER BY ${order}`, ...values, ...more)).map(toDeposit);
  };

  return {
    find: async (id: string): Promise<Deposit | undefined> => (await list([['d.id = ?', id]], 'd.id'))[0],

    /** Newest first. */
    list: (agencyCodes: readonly string[], limit: number): Promise<Deposit[]> =>
      list([isIn('d.agency_code', agencyCodes)], `${newestFirst} LIMIT ?`, limit),

    /** Of which something is still on its way, newest first. */
    listOnTheWay: (agencyCodes: readonly string[]): Promise<Deposit[]> =>
      list([isIn('d.agency_code', agencyCodes), ['w.deposit_id IS NULL'], [`d.amount > ${arrived} + ${short}`]], newestFirst),

    /** That no credit belongs to yet, the oldest first. */
    listWaiting: (agencyCodes: readonly string[]): Promise<Deposit[]> =>
      list([isIn('d.agency_code', agencyCodes), ...waits], 'd.day, d.id'),

    /** The same, of one account and amount. */
    waitingFor: (accountId: string, amount: Money): Promise<Deposit[]> =>
      list([['d.account_id = ?', accountId], ['d.amount = ?', amount.dong], ...waits], 'd.id'),

    /** The shifts of each, by deposit. */
    partsOf: async (depositIds: readonly string[]): Promise<Map<string, DepositPart[]>> => {
      const [where, ...values] = isIn('deposit_id', depositIds);
      const rows = await sql.all<PartRow>(`SELECT * FROM deposit_shift WHERE ${where} ORDER BY shift_id`, ...values);
      return new Map([...grouped(rows, (row) => row.deposit_id)].map(([id, parts]) => [id, parts.map(toPart)]));
    },

    /** All attempts to bring the cash of these shifts, also withdrawn ones. */
    attemptsOf: async (shiftIds: readonly string[]): Promise<DepositPart[]> => {
      const [where, ...values] = isIn('shift_id', shiftIds);
      return (await sql.all<PartRow>(`SELECT * FROM deposit_shift WHERE ${where} ORDER BY shift_id, attempt`, ...values)).map(toPart);
    },

    /** What credits on our accounts were found to be each of them. */
    arrivedOf: async (depositIds: readonly string[]): Promise<Map<string, Money>> => {
      const [where, ...values] = isIn('r.subject_id', depositIds);
      const rows = await sql.all<{ subject_id: string; amount: bigint }>(
        `SELECT r.subject_id, CAST(sum(r.amount) AS BIGINT) AS amount FROM resolution r WHERE ${where} AND ${stands} GROUP BY r.subject_id`,
        ...values,
      );
      return new Map(rows.map((row) => [row.subject_id, money(row.amount)]));
    },

    /** The credits that were found to be it. */
    creditsOf: async (depositId: string): Promise<string[]> =>
      (
        await sql.all<{ transaction_id: string }>(
          `SELECT DISTINCT r.transaction_id FROM resolution r WHERE r.subject_id = ? AND ${stands} ORDER BY r.transaction_id`,
          depositId,
        )
      ).map((row) => row.transaction_id),

    /** False when another has this code. */
    keep: async (deposit: Omit<Deposit, 'short' | 'withdrawn'>): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO deposit (id, agency_code, account_id, amount, day, slip_number, code, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (code) DO NOTHING`,
        deposit.id,
        deposit.agencyCode,
        deposit.accountId,
        deposit.amount.dong,
        deposit.day,
        deposit.slipNumber,
        deposit.code,
        deposit.by,
        deposit.at,
      )) === 1,

    /** False when another deposit took the cash of that shift at the same moment. */
    keepPart: async (depositId: string, part: DepositPart): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO deposit_shift (shift_id, attempt, deposit_id, counter_id, amount) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (shift_id, attempt) DO NOTHING`,
        part.shiftId,
        part.attempt,
        depositId,
        part.counterId,
        part.amount.dong,
      )) === 1,

    /** The officers, and the rule, that said which credits it is. */
    attachersOf: async (depositId: string): Promise<string[]> =>
      (
        await sql.all<{ resolved_by: string }>(
          `SELECT DISTINCT r.resolved_by FROM resolution r WHERE r.subject_id = ? AND ${stands}`,
          depositId,
        )
      ).map((row) => row.resolved_by),

    /** The oldest first. */
    shortagesOf: async (depositId: string): Promise<Shortage[]> =>
      (await sql.all<ShortageRow>('SELECT * FROM deposit_shortage WHERE deposit_id = ? ORDER BY place', depositId)).map(toShortage),

    /** `place`: how many there were before; false when another person was first. */
    keepShortage: async (depositId: string, place: number, { amount, note, by, at }: Shortage): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO deposit_shortage (deposit_id, place, amount, note, noted_by, noted_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (deposit_id, place) DO NOTHING`,
        depositId,
        place,
        amount.dong,
        note,
        by,
        at,
      )) === 1,

    /** False when it is withdrawn already. */
    keepWithdrawal: async (depositId: string, reason: string, by: string, at: Instant): Promise<boolean> =>
      (await sql.run(
        'INSERT INTO deposit_withdrawal (deposit_id, reason, withdrawn_by, withdrawn_at) VALUES (?, ?, ?, ?) ON CONFLICT (deposit_id) DO NOTHING',
        depositId,
        reason,
        by,
        at,
      )) === 1,
  };
}

const toPart = (row: PartRow): DepositPart => ({
  shiftId: row.shift_id,
  counterId: row.counter_id,
  attempt: Number(row.attempt),
  amount: money(row.amount),
});

const toShortage = (row: ShortageRow): Shortage => ({
  amount: money(row.amount),
  note: row.note,
  by: row.noted_by,
  at: instant(row.noted_at),
});

const toDeposit = (row: Joined): Deposit => ({
  id: row.id,
  agencyCode: row.agency_code,
  accountId: row.account_id,
  amount: money(row.amount),
  day: day(row.day),
  slipNumber: row.slip_number,
  code: row.code,
  by: row.made_by,
  at: instant(row.made_at),
  short: money(row.short),
  ...(row.reason !== null && row.withdrawn_by !== null && row.withdrawn_at !== null
    ? { withdrawn: { reason: row.reason, by: row.withdrawn_by, at: instant(row.withdrawn_at) } }
    : {}),
});
