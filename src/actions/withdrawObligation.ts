// Withdraws an obligation to which money has come: it is cancelled, and a refund of every credit is asked for; nothing is hidden.
import type { Context, Tables } from '../context';
import { netBySource, type Allocation } from '../domain/allocation';
import { receivable, refundable, unapplied, type Posting } from '../domain/ledger';
import { zero } from '../domain/money';
import { isTax } from '../domain/obligation';
import { signatureOf } from '../domain/role';
import { nextMoment } from '../domain/resolution';
import type { Instant } from '../domain/time';
import { holderOf, type Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { cancelIn, type Cancellation } from './cancelObligation';
import { demand, obligationInSight } from './demand';
import { markTransaction } from './markTransaction';
import { openDesk } from './openDesk';
import { carryOut } from './resolveTransaction';
import { oneWithMoney, type SeenObligation } from './seeObligation';

/** What one transaction brought the obligation. */
interface Credit {
  allocation: Allocation;
  transaction: Transaction;
}

/**
 * The cancelled obligation. Its money is held as that of a cancelled one, with a refund that the finance desk decides about. Throws
 * obligation_cancelled, and obligation_has_cash or obligation_has_tax where the money lies elsewhere than on an account of ours.
 */
export async function withdrawObligation(ctx: Context, { actor, obligationId, reason }: Cancellation): Promise<SeenObligation> {
  demand(actor, 'cancel');
  const at = ctx.now();
  const withdrawn = await ctx.store.transact(async (tables) => {
    const obligation = await obligationInSight(tables, actor, obligationId);
    if (obligation.cancelled) throw new Problem('obligation_cancelled');
    if (isTax(obligation)) throw new Problem('obligation_has_tax');
    const credits = await creditsOf(tables, obligation.id);
    await cancelIn(tables, obligation, { at, by: signatureOf(actor), reason }, takenOff(credits));
    await hold(tables, obligation.id, credits, at);
    for (const credit of credits) await askForRefund(ctx, tables, credit, { actor, reason });
    return oneWithMoney(tables, await obligationInSight(tables, actor, obligationId));
  });
  ctx.bell.ring();
  return withdrawn;
}

/** Throws obligation_has_cash: cash goes back over the counter, where shifts account for it. */
async function creditsOf(tables: Tables, obligationId: string): Promise<Credit[]> {
  const all = netBySource(await tables.allocations.ofObligations([obligationId]));
  if (all.some(({ source }) => 'cashTakingId' in source)) throw new Problem('obligation_has_cash');
  return transfersAmong(tables, all);
}

/** Those that lie on accounts of ours, or with a gateway. */
async function transfersAmong(tables: Tables, allocations: readonly Allocation[]): Promise<Credit[]> {
  const credits: Credit[] = [];
  for (const allocation of allocations) {
    if (!('transactionId' in allocation.source)) continue;
    const transaction = await tables.transactions.find(allocation.source.transactionId);
    if (!transaction) throw new Error(`an allocation without its transaction ${allocation.source.transactionId}`);
    credits.push({ allocation, transaction });
  }
  return credits;
}

/** What came beside cash, for whoever gives that cash back: the postings by which it leaves the obligation, and the refunds that are asked for. */
export interface ReleasedCredits {
  postings: Posting[];
  /** After the obligation is cancelled. */
  askForRefunds(ctx: Context, because: Pick<Cancellation, 'actor' | 'reason'> & { at: Instant }): Promise<void>;
}

export async function releaseCredits(tables: Tables, obligationId: string): Promise<ReleasedCredits> {
  const credits = await transfersAmong(tables, netBySource(await tables.allocations.ofObligations([obligationId])));
  return {
    postings: takenOff(credits),
    async askForRefunds(ctx, because) {
      if (credits.length > 0) await hold(tables, obligationId, credits, because.at);
      for (const credit of credits) await askForRefund(ctx, tables, credit, because);
    },
  };
}

/** What was applied is owed to its payers again. */
const takenOff = (credits: readonly Credit[]): Posting[] =>
  credits
    .filter(({ allocation }) => allocation.amount.isPositive())
    .map(({ allocation, transaction }) => ({
      debit: receivable(allocation.obligationId),
      credit: unapplied(holderOf(transaction)),
      amount: allocation.amount,
    }));

/** As if it had come after the cancellation. */
async function hold(tables: Tables, obligationId: string, credits: readonly Credit[], at: Instant): Promise<void> {
  const desk = await openDesk(tables, [obligationId], at);
  const changes = credits.map(({ allocation }) => ({
    ...allocation,
    amount: zero.minus(allocation.amount),
    excess: allocation.amount,
    flags: ['after_cancel'] as const,
  }));
  desk.allot(obligationId, changes);
  await tables.events.append(await desk.write());
  for (const { transaction } of credits) await markTransaction(tables, { ...transaction, why: 'after_cancel' });
}

async function askForRefund(
  ctx: Context,
  tables: Tables,
  { allocation, transaction }: Credit,
  { actor, reason }: Pick<Cancellation, 'actor' | 'reason'>,
): Promise<void> {
  const resolutions = await tables.resolutions.ofTransactions([transaction.id]);
  const about = { transaction, allocations: await tables.allocations.ofTransactions([transaction.id]), resolutions };
  const amount = allocation.amount.plus(allocation.excess);
  const made = { id: ctx.id('resolution'), by: signatureOf(actor), at: nextMoment(resolutions, ctx.now()) };
  const place = { account: refundable(holderOf(transaction)) };
  await carryOut(ctx, tables, about, { ...made, transactionId: transaction.id, action: 'refund', amount, reason }, place);
}
