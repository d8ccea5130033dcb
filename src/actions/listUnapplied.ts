// Lists money without a home: credits that no obligation took whole, with what of them has no home.
import type { Context } from '../context';
import { netBySource } from '../domain/allocation';
import type { Money } from '../domain/money';
import type { Obligation } from '../domain/obligation';
import { sees, type Actor } from '../domain/role';
import { addDays, startOfDay, type Day } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import { demand, sightOf } from './demand';
import { withDecisions } from './seeTransaction';

/** A credit, what of it has no home, and the obligation that it came for, where there is one in sight. */
export interface UnappliedTransaction {
  transaction: Transaction;
  unapplied: Money;
  obligation?: Obligation;
}

export interface UnappliedMoney {
  /** Of all transactions that the question finds, not only of this page. */
  sum: Money;
  count: number;
  transactions: UnappliedTransaction[];
}

/** All that is asked must hold. */
export interface UnappliedQuestion {
  /** Just this much came, or just this much of it has no home. */
  amount?: Money;
  /** Vietnamese days of the bank's time, both included. */
  from?: Day;
  to?: Day;
  /** Part of the payer's name or account, also as the content states it. */
  payer?: string;
  /** Part of the content or of the bank's reference. */
  text?: string;
}

/** Newest first. */
export async function listUnapplied(
  ctx: Context,
  actor: Actor,
  { amount, from, to, payer, text }: UnappliedQuestion,
  limit: number,
  after?: string,
): Promise<UnappliedMoney> {
  demand(actor, 'see_transactions');
  const { tables } = ctx.store;
  const agencyCodes = await sightOf(tables, actor);
  const filter = {
    states: ['unapplied' as const],
    ...(agencyCodes ? { agencyCodes } : {}),
    ...(amount ? { amountOrUnapplied: amount } : {}),
    ...(from ? { from: startOfDay(from) } : {}),
    ...(to ? { before: startOfDay(addDays(to, 1)) } : {}),
    ...(payer ? { payer } : {}),
    ...(text ? { text } : {}),
  };
  const transactions = await tables.transactions.list(filter, limit, after);
  return {
    sum: await tables.transactions.unappliedSum(filter),
    count: await tables.transactions.count(filter),
    transactions: await withObligations(ctx, actor, transactions),
  };
}

async function withObligations(ctx: Context, actor: Actor, transactions: readonly Transaction[]): Promise<UnappliedTransaction[]> {
  const { tables } = ctx.store;
  const agencies = await tables.agencies.list();
  return Promise.all(
    (await withDecisions(tables, transactions)).map(async ({ transaction, money, allocations }) => {
      const [first] = netBySource(allocations);
      const obligation = first && (await tables.obligations.find(first.obligationId));
      const { unapplied } = money;
      return { transaction, unapplied, ...(obligation && sees(actor, obligation.agencyCode, agencies) ? { obligation } : {}) };
    }),
  );
}
