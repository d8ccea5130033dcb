// What an unlinked statement line may be: transactions that no line is yet, and those of older lines that the bank may have put in other words.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import type { UnlinkedTransaction } from '../domain/lineMatching';
import type { StatementFile } from '../domain/statement';
import { addMs, startOfDay, type Day } from '../domain/time';

const sliceMs = 3 * 60 * 60_000;
const slicesOfDay = 8;

/** Those of some days that no line is yet, each day in the order in which they came; read in pieces, so that nobody waits for them. */
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

/**
 * Those that are older lines of days which a file lists too, without these lines: a bank may have written one anew in every word, and its
 * balance may have moved, so that a line of the file looks like another movement.
 */
export async function rewordable({ store }: Context, file: StatementFile, days: readonly Day[]): Promise<UnlinkedTransaction[]> {
  const found: UnlinkedTransaction[] = [];
  for (const day of days) {
    const lines = await store.tables.statementLines.listUnseen(file.accountId, file.id, day, isWithin(file, day));
    for (const { transactionId, bookedAt, direction, amount, content, bankReference } of lines) {
      if (transactionId === undefined) continue;
      found.push({ id: transactionId, direction, amount, content, bankTime: bookedAt, ...(bankReference ? { bankReference } : {}) });
    }
  }
  return found;
}

const isWithin = ({ firstDay, lastDay }: StatementFile, day: Day): boolean =>
  firstDay !== undefined && lastDay !== undefined && firstDay < day && day < lastDay;
