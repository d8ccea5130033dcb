// Verifies a match offline: from the transaction itself and the proof kept with it, the same decision must follow, and it must be what was booked.
import type { ReadTables } from '../context';
import { netBySource, sourceIdOf } from '../domain/allocation';
import { rederive } from '../domain/rederivation';
import { creditOf, type Transaction } from '../domain/transaction';
import { Problem } from '../problems';

export interface VerifiedMatch {
  transaction: Transaction;
  /** Each a sentence; empty when the match proves itself. */
  differences: string[];
}

/** Throws transaction_unknown. What was decided by people since is no difference: only what was matched by itself is looked at. */
export async function verifyMatch(tables: ReadTables, transactionId: string): Promise<VerifiedMatch> {
  const transaction = await tables.transactions.find(transactionId);
  if (!transaction) throw new Problem('transaction_unknown');
  if (transaction.proof === undefined) return { transaction, differences: ['it was never matched: it carries no proof'] };
  const again = rederive(creditOf(transaction), transaction.proof);
  const booked = await bookedShares(tables, transactionId);
  const derived =
    again.outcome?.kind === 'matched' ? again.outcome.shares.map(({ obligationId, amount }) => `${obligationId} ${amount}`).sort() : [];
  const isBookedSo = again.outcome === undefined || derived.join() === booked.join();
  return {
    transaction,
    differences: [
      ...again.differences,
      ...(isBookedSo ? [] : [`booked is [${booked.join(', ')}], the proof says [${derived.join(', ')}]`]),
    ],
  };
}

/** What each obligation was given by the match, with what was too much for it. */
async function bookedShares(tables: ReadTables, transactionId: string): Promise<string[]> {
  const matched = (await tables.allocations.ofTransactions([transactionId])).filter((allocation) => allocation.resolutionId === undefined);
  return netBySource(matched)
    .filter((allocation) => sourceIdOf(allocation) === transactionId)
    .map(({ obligationId, amount, excess }) => `${obligationId} ${amount.plus(excess)}`)
    .sort();
}
