// Shows incoming transactions with where their money is, and what was decided about them.
import type { Context, ReadTables } from '../context';
import type { Allocation } from '../domain/allocation';
import type { Entry } from '../domain/ledger';
import { moneyOf, type Resolution, type TransactionMoney } from '../domain/resolution';
import type { Actor } from '../domain/role';
import type { Telling, Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demand, demandSight, seesStrangeMoney } from './demand';

export interface SeenTransaction {
  transaction: Transaction;
  money: TransactionMoney;
  allocations: Allocation[];
  resolutions: Resolution[];
  /** Other feeds that told of it later. */
  tellings: Telling[];
}

/** Throws transaction_unknown, also for what the actor may not see. */
export async function seeTransaction(ctx: Context, actor: Actor, id: string): Promise<SeenTransaction> {
  demand(actor, 'see_transactions');
  const { tables } = ctx.store;
  await demandTransaction(tables, actor, id);
  return oneTransaction(tables, id);
}

/** The transaction, if there is one and the actor sees it; else throws transaction_unknown. */
export async function demandTransaction(tables: ReadTables, actor: Actor, id: string): Promise<Transaction> {
  const transaction = await tables.transactions.find(id);
  const agencyCode = transaction?.agencyCode;
  const isStrange = agencyCode === undefined && (await seesStrangeMoney(tables, actor));
  if (!isStrange) await demandSight(tables, actor, agencyCode, 'transaction_unknown');
  if (!transaction) throw new Problem('transaction_unknown');
  return transaction;
}

export interface ExplainedTransaction extends SeenTransaction {
  /** Of the credit itself, of the decisions about it, and of those about others by which its excess moved. */
  entries: Entry[];
}

/** The same with the books. */
export async function explainTransaction(ctx: Context, actor: Actor, id: string): Promise<ExplainedTransaction> {
  const seen = await seeTransaction(ctx, actor, id);
  const causes = new Set([
    id,
    ...seen.resolutions.map((resolution) => resolution.id),
    ...seen.allocations.flatMap((allocation) => allocation.resolutionId ?? []),
  ]);
  return { ...seen, entries: await ctx.store.tables.ledger.listByCauses([...causes]) };
}

/** Throws transaction_unknown. */
export async function oneTransaction(tables: ReadTables, id: string): Promise<SeenTransaction> {
  const transaction = await tables.transactions.find(id);
  const [seen] = transaction ? await withDecisions(tables, [transaction]) : [];
  if (!seen) throw new Problem('transaction_unknown');
  return seen;
}

/** Transactions with their money, in the same order. */
export async function withDecisions(tables: ReadTables, transactions: readonly Transaction[]): Promise<SeenTransaction[]> {
  const ids = transactions.map((transaction) => transaction.id);
  const allAllocations = await tables.allocations.ofTransactions(ids);
  const allResolutions = await tables.resolutions.ofTransactions(ids);
  const allTellings = await tables.transactions.listTellings(ids);
  return transactions.map((transaction) => {
    const allocations = allAllocations.filter(({ source }) => 'transactionId' in source && source.transactionId === transaction.id);
    const resolutions = allResolutions.filter(({ transactionId }) => transactionId === transaction.id);
    const tellings = allTellings.filter(({ transactionId }) => transactionId === transaction.id);
    return { transaction, money: moneyOf(transaction, allocations, resolutions), allocations, resolutions, tellings };
  });
}
