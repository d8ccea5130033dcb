// Collections: what was really collected of each fee, out of the allocations of money and the lines of obligations.
import { addedUp, collectedOf, type Collected, type CollectedChange, type CollectableLine } from '../domain/collection';
import { grouped } from '../domain/grouping';
import { interest, paidByTreasury } from '../domain/ledger';
import type { Owed } from '../domain/remittance';
import { dayOf, type Instant } from '../domain/time';
import type { FeeItem as FeeItemRow } from './generated/client';
import { instant, isIn, money } from './rows';
import { toFeeItem } from './obligations';
import type { Sql } from './sql';

interface HourRow {
  agency_code: string;
  fee_id: string;
  hour: string;
  amount: bigint;
  body: string;
}

interface ChangeRow {
  obligation_id: string;
  agency_code: string;
  amount: bigint;
  paid_at: string;
  created_at: string;
}

/** Money counts on the day on which it was paid, what was taken back on the day of its taking. */
const countedAt = 'CASE WHEN a.amount < 0 THEN a.created_at ELSE a.paid_at END';

/** Fewer whole days than hours: a Vietnamese day begins at 17:00 UTC, and so each hour lies in one of them. */
const hour = `substr(${countedAt}, 1, 13)`;
const isWhole = '(a.amount = o.due OR a.amount = -o.due)';
const isPart = `EXISTS (SELECT 1 FROM allocation p WHERE p.obligation_id = o.id AND p.amount <> 0 AND p.amount <> o.due AND p.amount <> -o.due)`;

/** Of a transaction. */
const holder = `coalesce(t.account_id, 'gateway:' || t.provider)`;

export function collectionsTable(sql: Sql) {
  /** Of obligations that were paid in one sum, or given back so: each line as it is. */
  const whole = async (agencyCodes: readonly string[], from: Instant, before: Instant): Promise<Collected[]> => {
    const [where, ...values] = isIn('o.agency_code', agencyCodes);
    const rows = await sql.all<HourRow>(
      `SELECT o.agency_code, f.fee_id, ${hour} AS hour, max(f.body) AS body,
         CAST(sum(CASE WHEN a.amount < 0 THEN -f.amount ELSE f.amount END) AS BIGINT) AS amount
       FROM obligation o JOIN allocation a ON a.obligation_id = o.id JOIN fee_item f ON f.obligation_id = o.id
       WHERE ${where} AND o.treasury_account_id IS NULL AND o.due > 0 AND ${isWhole} AND NOT ${isPart}
         AND ${countedAt} >= ? AND ${countedAt} < ? GROUP BY o.agency_code, f.fee_id, ${hour}`,
      ...values,
      from,
      before,
    );
    return rows.flatMap((row) => {
      const line = lineOf({ body: row.body, gross_amount: row.amount, amount: row.amount });
      return line
        ? [{ ...line, agencyCode: row.agency_code, day: dayOf(instant(`${row.hour}:00:00.000Z`)), amount: money(row.amount) }]
        : [];
    });
  };

  /** Of obligations that were paid bit by bit: every change in its order, because money fills the lines in theirs. */
  const inParts = async (agencyCodes: readonly string[]): Promise<Collected[]> => {
    const [where, ...values] = isIn('o.agency_code', agencyCodes);
    const changes = await sql.all<ChangeRow>(
      `SELECT a.obligation_id, o.agency_code, a.amount, a.paid_at, a.created_at FROM obligation o JOIN allocation a ON a.obligation_id = o.id
       WHERE ${where} AND o.treasury_account_id IS NULL AND ${isPart} AND a.amount <> 0 ORDER BY a.id`,
      ...values,
    );
    const byObligation = grouped(changes, (row) => row.obligation_id);
    const [isOne, ...ids] = isIn('obligation_id', [...byObligation.keys()]);
    const items = await sql.all<FeeItemRow>(`SELECT * FROM fee_item WHERE ${isOne} ORDER BY obligation_id, position`, ...ids);
    const itemsOf = grouped(items, (row) => row.obligation_id);
    return [...byObligation].flatMap(([id, rows]) => {
      const lines = (itemsOf.get(id) ?? []).flatMap((row) => lineOf(row) ?? []);
      return collectedOf(rows[0]?.agency_code ?? '', lines, rows.map(toChange));
    });
  };

  return {
    /** Of these agencies, from one instant on and before another, by fee and Vietnamese day; taxes are not ours and not among them. */
    collected: async (agencyCodes: readonly string[], from: Instant, before: Instant): Promise<Collected[]> => {
      const [first, last] = [dayOf(from), dayOf(before)];
      const parts = (await inParts(agencyCodes)).filter(({ day }) => day >= first && day < last);
      return addedUp([...(await whole(agencyCodes, from, before)), ...parts]);
    },

    /** Decided to be the State budget's or interest, and not taken back, or paid back by the Treasury for us; by holder and month of that. */
    owedToBudget: async (agencyCodes: readonly string[], from: Instant, before: Instant): Promise<Omit<Owed, 'name'>[]> => {
      const [where, ...values] = isIn('t.agency_code', agencyCodes);
      const rows = await sql.all<{ holder: string; hour: string; amount: bigint }>(
        `SELECT m.holder, substr(m.at, 1, 13) AS hour, CAST(sum(m.amount) AS BIGINT) AS amount FROM (
           SELECT CASE r.action WHEN 'interest' THEN '${interest('')}' ELSE '' END || ${holder} AS holder, r.resolved_at AS at, r.amount
           FROM resolution r JOIN incoming_transaction t ON t.id = r.transaction_id
           WHERE ${where} AND r.action IN ('to_budget', 'interest') AND NOT EXISTS (SELECT 1 FROM resolution u WHERE u.undoes = r.id)
           UNION ALL SELECT '${paidByTreasury('')}' || ${holder}, f.confirmed_at, f.amount
           FROM refund f JOIN incoming_transaction t ON t.id = f.transaction_id
           WHERE ${where} AND f.way = 'treasury' AND f.state = 'confirmed') m
         WHERE m.at >= ? AND m.at < ? GROUP BY m.holder, substr(m.at, 1, 13)`,
        ...values,
        ...values,
        from,
        before,
      );
      const sums = new Map<string, Omit<Owed, 'name'>>();
      for (const row of rows) {
        const month = dayOf(instant(`${row.hour}:00:00.000Z`)).slice(0, 7);
        const known = sums.get(`${row.holder} ${month}`);
        const amount = money(row.amount);
        sums.set(`${row.holder} ${month}`, { holder: row.holder, month, amount: known ? known.amount.plus(amount) : amount });
      }
      return [...sums.values()];
    },
  };
}

const toChange = (row: ChangeRow): CollectedChange => ({
  amount: money(row.amount),
  paidAt: instant(row.paid_at),
  keptAt: instant(row.created_at),
});

/** Undefined for a tax by notice. */
function lineOf(row: Pick<FeeItemRow, 'body' | 'gross_amount' | 'amount'>): CollectableLine | undefined {
  const { kind, feeId, name, amount } = toFeeItem(row);
  return kind === 'thue' ? undefined : { feeId, name, kind, amount };
}
