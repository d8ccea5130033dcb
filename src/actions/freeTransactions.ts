// The transactions of an account that no statement line is yet, a day at a time, read in pieces so that nobody waits for them.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import type { UnlinkedTransaction } from '../domain/lineMatching';
import { addMs, startOfDay, type Day } from '../domain/time';

const sliceMs = 3 * 60 * 60_000;
const slicesOfDay = 8;

/** Those of some days, each in the order in which they came. */
export async function freeTransactions({ store }: Context, account: Account, days: readonly Day[]): Promise<UnlinkedTransaction[]> {
  const free: UnlinkedTransaction[] = [];
  for (const day of days) {
    for (let slice = 0; slice < slicesOfDay; slice++) {
      const from = addMs(startOfDay(day), slice * sliceMs);
      free.push(...(await store.tables.statementLines.listFreeBetween(account, from, addMs(from, sliceMs))));
    }
  }
  return free;
}
