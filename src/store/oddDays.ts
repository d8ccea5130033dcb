// Days of which something is not settled, found by what is odd and not by reconciling them: most closed days have nothing of it.
import { setImmediate as turn } from 'node:timers/promises';
import { isAtNight, nextDayOf } from '../domain/nightBooking';
import { addDays, dayOf, startOfDay, type Day } from '../domain/time';
import { isOfDay } from './dayMovements';
import { day, instant, isIn } from './rows';
import type { Sql, Value } from './sql';
import { explainedPart } from './transactionFilter';

/** All movements of so many are looked through at once: of a great city's account that takes 50 ms. */
const daysAtOnce = 3;

export interface AccountDay {
  accountId: string;
  day: Day;
}

export function oddDaysTable(sql: Sql) {
  const byTime = async (text: string, ...values: Value[]): Promise<AccountDay[]> => {
    const rows = await sql.all<{ account_id: string; bank_time: string }>(text, ...values);
    return rows.flatMap(({ account_id: accountId, bank_time }) => {
      const at = instant(bank_time);
      return (isAtNight(at) ? [dayOf(at), nextDayOf(at)] : [dayOf(at)]).map((on) => ({ accountId, day: on }));
    });
  };

  return {
    /**
     * Days that have, or whose night before has, money without a home or an explanation, money that no list of the bank shows or that it
     * shows with another amount, or lines that wait for a person. A closed day that is not among them has nothing that is open.
     */
    list: async (accountIds: readonly string[], from: Day, to: Day): Promise<AccountDay[]> => {
      const times = [startOfDay(addDays(from, -1)), startOfDay(addDays(to, 1))] as const;
      // Not by the account's index: there are few of them, whatever the accounts have moved.
      const [isOfThese, ...these] = isIn(`account_id || ''`, accountIds);
      const lines = await sql.all<{ account_id: string; day: string }>(
        `SELECT account_id, day FROM statement_line WHERE transaction_id IS NULL AND repeats_id IS NULL AND day >= ? AND day <= ? AND ${isOfThese}`,
        from,
        to,
        ...these,
      );
      const found = lines.map((line) => ({ accountId: line.account_id, day: day(line.day) }));
      for (const isOpen of [`state = 'unapplied'`, `state = 'outgoing' AND amount > ${explainedPart}`])
        found.push(...(await byTime(`${selectTimes} bank_time >= ? AND bank_time < ? AND ${isOfThese} AND ${isOpen}`, ...times, ...these)));
      for (const accountId of accountIds) {
        for (let first = addDays(from, -1); first <= to; first = addDays(first, daysAtOnce)) {
          await turn();
          const span = [startOfDay(first), startOfDay(addDays(first, daysAtOnce))] as const;
          found.push(...(await byTime(`${selectTimes} ${isOfDay} AND ${isNotSoListed}`, accountId, ...span)));
        }
      }
      return found;
    },
  };
}

const selectTimes = 'SELECT account_id, bank_time FROM incoming_transaction WHERE';
const isNotSoListed = `NOT EXISTS (
  SELECT 1 FROM statement_line l WHERE l.transaction_id = incoming_transaction.id AND l.amount = incoming_transaction.amount)`;
