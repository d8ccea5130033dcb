// Shifts of the counters: opened, closed with a report, their differences confirmed; all of it only added to.
import { putAsideOf, type Denominations, type Shift, type ShiftClose, type Takings } from '../domain/shift';
import type { Instant } from '../domain/time';
import type { Shift as Row, ShiftClose as CloseRow, ShiftDifference as DifferenceRow } from './generated/client';
import { allOf, instant, isIn, json, money, type Condition } from './rows';
import type { Sql, Value } from './sql';

type Nullable<T> = { [Name in keyof T]: T[Name] | null };
type Joined = Row & Nullable<Omit<CloseRow, 'shift_id'>> & Nullable<Omit<DifferenceRow, 'shift_id'>>;

const joined = `SELECT s.*, c.closed_by, c.closed_at, c.cash_taken, c.cash_returned, c.transfer_taken, c.online_taken, c.expected, c.counted,
  c.handed_on, c.denominations, c.reason, d.note, d.confirmed_by, d.confirmed_at
  FROM shift s LEFT JOIN shift_close c ON c.shift_id = s.id LEFT JOIN shift_difference d ON d.shift_id = s.id`;

/** Its cash is not on the way to the bank: no deposit that stands brought it. */
const isKept = `NOT EXISTS (SELECT 1 FROM deposit_shift p WHERE p.shift_id = s.id
  AND NOT EXISTS (SELECT 1 FROM deposit_withdrawal w WHERE w.deposit_id = p.deposit_id))`;

export interface ShiftFilter {
  agencyCodes?: readonly string[];
  counterId?: string;
  /** Open at some time from here on. */
  from?: Instant;
  openedBefore?: Instant;
}

export function shiftsTable(sql: Sql) {
  const list = async (conditions: readonly Condition[], order: string, ...more: Value[]): Promise<Shift[]> => {
    const { where, values } = allOf(conditions);
    return (await sql.all<Joined>(`${joined} WHERE ${where} ${order}`, ...values, ...more)).map(toShift);
  };

  return {
    find: async (id: string): Promise<Shift | undefined> => (await list([['s.id = ?', id]], ''))[0],

    /** The last that was opened at a counter, closed or not. */
    findLast: async (counterId: string): Promise<Shift | undefined> =>
      (await list([['s.counter_id = ?', counterId]], 'ORDER BY s.number DESC LIMIT 1'))[0],

    /** Newest first. */
    list: (filter: ShiftFilter, limit: number): Promise<Shift[]> =>
      list(conditionsOf(filter), 'ORDER BY s.opened_at DESC, s.id DESC LIMIT ?', limit),

    /** Closed ones whose cash waits to be brought to the bank, the oldest first. */
    listKept: async (agencyCodes: readonly string[]): Promise<Shift[]> => {
      const conditions: Condition[] = [isIn('s.agency_code', agencyCodes), ['c.counted > c.handed_on'], [isKept]];
      return (await list(conditions, 'ORDER BY c.closed_at, s.id')).filter(({ close }) => close && putAsideOf(close).isPositive());
    },

    /** Those whose difference waits for a second person, the oldest first. */
    listUnconfirmed: (agencyCodes: readonly string[]): Promise<Shift[]> =>
      list([isIn('s.agency_code', agencyCodes), ['c.counted <> c.expected'], ['d.shift_id IS NULL']], 'ORDER BY c.closed_at, s.id'),

    /** What came to its counter so far: cash by the shift itself, other ways by the obligations that were issued there. */
    takingsOf: async ({ id, counterId, openedAt }: Pick<Shift, 'id' | 'counterId' | 'openedAt'>): Promise<Takings> => {
      const cash = await sql.get<{ taken: bigint | null; returned: bigint | null }>(
        `SELECT (SELECT CAST(sum(amount) AS BIGINT) FROM cash_taking WHERE shift_id = ?) AS taken,
           (SELECT CAST(sum(r.amount) AS BIGINT) FROM cash_return_step p JOIN cash_return r ON r.id = p.return_id WHERE p.shift_id = ?) AS returned`,
        id,
        id,
      );
      const others = await sql.all<{ is_online: bigint; amount: bigint }>(
        `SELECT CASE a.method WHEN 'online' THEN 1 ELSE 0 END AS is_online, CAST(sum(a.amount) AS BIGINT) AS amount
         FROM obligation o JOIN allocation a ON a.obligation_id = o.id
         WHERE o.counter_id = ? AND o.treasury_account_id IS NULL AND a.created_at >= ? AND a.method <> 'cash'
         GROUP BY CASE a.method WHEN 'online' THEN 1 ELSE 0 END`,
        counterId,
        openedAt,
      );
      const other = (isOnline: boolean) => money(others.find((row) => Boolean(Number(row.is_online)) === isOnline)?.amount ?? 0n);
      return {
        cashTaken: money(cash?.taken ?? 0n),
        cashReturned: money(cash?.returned ?? 0n),
        transferTaken: other(false),
        onlineTaken: other(true),
      };
    },

    /** False when a shift of that number is open at the counter already. */
    keep: async (shift: Omit<Shift, 'close' | 'difference'>): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO shift (id, counter_id, agency_code, number, officer_id, opened_at, opening_float, taken_over, is_implicit)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (counter_id, number) DO NOTHING`,
        shift.id,
        shift.counterId,
        shift.agencyCode,
        shift.number,
        shift.officerId,
        shift.openedAt,
        shift.openingFloat.dong,
        shift.takenOver.dong,
        shift.isImplicit ? 1 : 0,
      )) === 1,

    /** False when it is closed already. */
    keepClose: async (shiftId: string, close: ShiftClose): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO shift_close (shift_id, closed_by, closed_at, cash_taken, cash_returned, transfer_taken, online_taken, expected, counted,
           handed_on, denominations, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (shift_id) DO NOTHING`,
        shiftId,
        close.by,
        close.at,
        close.cashTaken.dong,
        close.cashReturned.dong,
        close.transferTaken.dong,
        close.onlineTaken.dong,
        close.expected.dong,
        close.counted.dong,
        close.handedOn.dong,
        close.denominations ? JSON.stringify(close.denominations) : null,
        close.reason ?? null,
      )) === 1,

    /** False when somebody confirmed it already. */
    keepDifference: async (shiftId: string, note: string, by: string, at: Instant): Promise<boolean> =>
      (await sql.run(
        'INSERT INTO shift_difference (shift_id, note, confirmed_by, confirmed_at) VALUES (?, ?, ?, ?) ON CONFLICT (shift_id) DO NOTHING',
        shiftId,
        note,
        by,
        at,
      )) === 1,
  };
}

function conditionsOf({ agencyCodes, counterId, from, openedBefore }: ShiftFilter): Condition[] {
  const conditions: Condition[] = [];
  if (agencyCodes) conditions.push(isIn('s.agency_code', agencyCodes));
  if (counterId) conditions.push(['s.counter_id = ?', counterId]);
  if (from) conditions.push(['(c.closed_at IS NULL OR c.closed_at >= ?)', from]);
  if (openedBefore) conditions.push(['s.opened_at < ?', openedBefore]);
  return conditions;
}

const toShift = (row: Joined): Shift => ({
  id: row.id,
  counterId: row.counter_id,
  agencyCode: row.agency_code,
  number: Number(row.number),
  officerId: row.officer_id,
  openedAt: instant(row.opened_at),
  openingFloat: money(row.opening_float),
  takenOver: money(row.taken_over),
  isImplicit: Number(row.is_implicit) === 1,
  ...closeOf(row),
  ...(row.note !== null && row.confirmed_by !== null && row.confirmed_at !== null
    ? { difference: { note: row.note, by: row.confirmed_by, at: instant(row.confirmed_at) } }
    : {}),
});

function closeOf(row: Joined): Pick<Shift, 'close'> {
  if (row.closed_by === null || row.closed_at === null) return {};
  return {
    close: {
      by: row.closed_by,
      at: instant(row.closed_at),
      cashTaken: money(row.cash_taken ?? 0n),
      cashReturned: money(row.cash_returned ?? 0n),
      transferTaken: money(row.transfer_taken ?? 0n),
      onlineTaken: money(row.online_taken ?? 0n),
      expected: money(row.expected ?? 0n),
      counted: money(row.counted ?? 0n),
      handedOn: money(row.handed_on ?? 0n),
      ...(row.denominations === null ? {} : { denominations: json<Denominations>(row.denominations) }),
      ...(row.reason === null ? {} : { reason: row.reason }),
    },
  };
}
