// Lists money without a home: credits that no obligation took whole, and, for those who see all, what was not for us or not readable.
import type { Context } from '../context';
import { netBySource } from '../domain/allocation';
import type { Money } from '../domain/money';
import type { Obligation } from '../domain/obligation';
import { can, sees, type Actor } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import type { Delivery } from '../domain/delivery';
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

export interface UnappliedQuestion {
  actor: Actor;
  /** Part of the content or of the bank's reference. */
  text?: string;
}

/** Newest first. */
export async function listUnapplied(ctx: Context, question: UnappliedQuestion, limit: number, after?: string): Promise<UnappliedMoney> {
  const { actor, text } = question;
  demand(actor, 'see_transactions');
  const { tables } = ctx.store;
  const agencyCodes = await sightOf(tables, actor);
  const filter = { states: ['unapplied' as const], ...(agencyCodes ? { agencyCodes } : {}), ...(text ? { text } : {}) };
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

export interface StrangeMoney {
  /** To an account that is not ours, or told by somebody who may not speak for it. */
  foreign: Transaction[];
  /** Authentic bytes that nobody could read. */
  unreadable: Delivery[];
}

/** Belongs to no agency, so only those see it who see all of them; undefined for others. */
export async function listStrangeMoney(ctx: Context, actor: Actor, limit: number): Promise<StrangeMoney | undefined> {
  const { tables } = ctx.store;
  if (!can(actor, 'see_strange_money') || actor.kind !== 'person') return undefined;
  const own = (await tables.agencies.list()).find((agency) => agency.code === actor.agencyCode);
  if (!own || own.parentCode !== undefined) return undefined;
  return {
    foreign: await tables.transactions.list({ states: ['foreign'] }, limit),
    unreadable: await tables.deliveries.listUnreadable(limit),
  };
}
