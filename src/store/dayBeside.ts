// What the unit of an account was owed or took on a day beside that account: unpaid obligations, cash, and what gateways hold.
import type { Beside, BesideName } from '../domain/dayBook';
import type { Counted } from '../domain/reconciliation';
import type { Day } from '../domain/time';
import { boundsOf, isOurs } from './dayMovements';
import { money } from './rows';
import type { Sql, Value } from './sql';

const unit = '(SELECT agency_code FROM account WHERE id = ?)';

/** For an account between two times, each from its FROM on, with the name of a row's amount. Taxes go to the Treasury's own accounts. */
export const besideRows: Record<BesideName, { amount: string; from: string }> = {
  unpaid: {
    amount: 'o.due',
    from: `FROM obligation o WHERE o.agency_code = ${unit} AND o.created_at >= ? AND o.created_at < ? AND o.paid = 0 AND o.due > 0
      AND o.cancelled_at IS NULL AND o.treasury_account_id IS NULL`,
  },
  cash: {
    amount: 'c.amount',
    from: `FROM counter k JOIN cash_taking c ON c.counter_id = k.id WHERE k.agency_code = ${unit} AND c.taken_at >= ? AND c.taken_at < ?`,
  },
  gateways: {
    amount: 'incoming_transaction.amount',
    from: `FROM incoming_transaction WHERE agency_code = ${unit} AND bank_time >= ? AND bank_time < ? AND account_id IS NULL AND direction = 'in' AND ${isOurs}`,
  },
};

export async function besideOf(sql: Sql, accountId: string, on: Day): Promise<Beside> {
  const values: Value[] = [accountId, ...boundsOf(on)];
  const counted = async (name: BesideName): Promise<Counted> => {
    const { amount, from } = besideRows[name];
    const row = await sql.get<{ n: bigint; total: bigint | null }>(
      `SELECT count(*) AS n, CAST(sum(${amount}) AS BIGINT) AS total ${from}`,
      ...values,
    );
    return { sum: money(row?.total ?? 0n), count: Number(row?.n ?? 0n) };
  };
  return { unpaid: await counted('unpaid'), cash: await counted('cash'), gateways: await counted('gateways') };
}
