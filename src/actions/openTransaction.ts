// Opens a transaction for a decision about its money: with all that was decided so far, as long as the actor has seen all of that.
import type { Tables } from '../context';
import type { Allocation } from '../domain/allocation';
import { isResolvable, type Resolution } from '../domain/resolution';
import type { Actor } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demandTransaction } from './seeTransaction';

export interface Opening {
  actor: Actor;
  transactionId: string;
  /** How many decisions about it the actor had seen: with more of them by now, nothing is decided. */
  decisionsSeen?: number;
}

/** A credit with all that was decided about it so far. */
export interface OpenTransaction {
  transaction: Transaction;
  allocations: Allocation[];
  resolutions: Resolution[];
}

/** Throws transaction_unknown, also for what the actor may not see, transaction_not_resolvable or transaction_changed. */
export async function openTransaction(tables: Tables, { actor, transactionId, decisionsSeen }: Opening): Promise<OpenTransaction> {
  const transaction = await demandTransaction(tables, actor, transactionId);
  if (!isResolvable(transaction)) throw new Problem('transaction_not_resolvable');
  const resolutions = await tables.resolutions.ofTransactions([transactionId]);
  if (decisionsSeen !== undefined && decisionsSeen !== resolutions.length) throw new Problem('transaction_changed');
  return { transaction, allocations: await tables.allocations.ofTransactions([transactionId]), resolutions };
}
