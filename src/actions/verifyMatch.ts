// Verifies a match offline: from the transaction itself and the proof kept with it, the same decision must follow, and it must be what was booked.
import type { ReadTables } from '../context';
import { netBySource, sourceIdOf } from '../domain/allocation';
import { rederive, ruleSetIn } from '../domain/rederivation';
import { changesOf, firstRuleSetId, firstRules, isSameRules } from '../domain/ruleSet';
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
      ...(await differencesOfRules(tables, transaction.proof)),
      ...(isBookedSo ? [] : [`booked is [${booked.join(', ')}], the proof says [${derived.join(', ')}]`]),
    ],
  };
}

/** The proof says by which rules it was judged; the rule set of that name must say the same. */
async function differencesOfRules(tables: ReadTables, proof: unknown): Promise<string[]> {
  const named = ruleSetIn(proof);
  if (!named) return [];
  const set = named.id === firstRuleSetId ? firstRules : await tables.ruleSets.find(named.id);
  if (!set) return [`the rule set ${named.id} is unknown`];
  if (isSameRules(named, set)) return [];
  return [`the rule set ${named.id} is ${JSON.stringify(changesOf(set))}, the proof says ${JSON.stringify(changesOf(named))}`];
}

/** What each obligation was given by the match, with what was too much for it. */
async function bookedShares(tables: ReadTables, transactionId: string): Promise<string[]> {
  const matched = (await tables.allocations.ofTransactions([transactionId])).filter((allocation) => allocation.resolutionId === undefined);
  return netBySource(matched)
    .filter((allocation) => sourceIdOf(allocation) === transactionId)
    .map(({ obligationId, amount, excess }) => `${obligationId} ${amount.plus(excess)}`)
    .sort();
}
