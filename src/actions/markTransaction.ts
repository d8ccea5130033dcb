// Marks where a transaction stands after all that was decided about it.
import type { Tables } from '../context';
import { moneyOf, stateOf } from '../domain/resolution';
import type { Transaction } from '../domain/transaction';

/** Where some of it has no home and no reason is known, a decision was taken back. */
export async function markTransaction(tables: Tables, transaction: Transaction): Promise<void> {
  const resolutions = await tables.resolutions.ofTransactions([transaction.id]);
  const state = stateOf(moneyOf(transaction, await tables.allocations.ofTransactions([transaction.id]), resolutions), resolutions);
  await tables.transactions.mark(transaction.id, state, state === 'unapplied' ? (transaction.why ?? 'taken_back') : undefined);
}
