// Finds the credit that a deposit of cash became: by rule where amount, account and the slip's number or our code leave no choice, else by a person.
import type { Context, Tables } from '../context';
import { depositFor, namesDeposit, onItsWay, type Deposit } from '../domain/deposit';
import { cashInTransit } from '../domain/ledger';
import { smaller, zero } from '../domain/money';
import { moneyOf, nextMoment } from '../domain/resolution';
import { signatureOf } from '../domain/role';
import { startOfDay } from '../domain/time';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';
import { openTransaction, type Opening, type OpenTransaction } from './openTransaction';
import { carryOut } from './resolveTransaction';
import { oneTransaction, withDecisions, type SeenTransaction } from './seeTransaction';

/** The name under which the rule decides. */
export const depositRule = 'system:deposit';
const mostCredits = 200;

/** For all that wait; returns how many were found. */
export async function matchDeposits(ctx: Context): Promise<number> {
  const { agencies, deposits } = ctx.store.tables;
  const codes = (await agencies.list()).map(({ code }) => code);
  if ((await deposits.listWaiting(codes)).length === 0) return 0;
  const found = await ctx.store.transact(async (tables) => matchDepositsIn(ctx, tables, await tables.deposits.listWaiting(codes)));
  if (found > 0) ctx.bell.ring();
  return found;
}

/**
 * The same within the caller's transaction, for some that wait. Only credits that came after a deposit was recorded, unless told: whoever
 * records it could pick the number of a slip out of a citizen's money that is there already, and keep the cash.
 */
export async function matchDepositsIn(ctx: Context, tables: Tables, waiting: readonly Deposit[], mayBeEarlier = false): Promise<number> {
  let found = 0;
  for (const deposit of waiting) {
    const rivals = await tables.deposits.waitingFor(deposit.accountId, deposit.amount);
    const credits = (await creditsNaming(tables, deposit)).filter(({ transaction }) => mayBeEarlier || transaction.receivedAt > deposit.at);
    const [credit] = credits;
    if (!credit || credits.length > 1 || depositFor(credit.transaction, rivals)?.id !== deposit.id) continue;
    const about = { transaction: credit.transaction, allocations: credit.allocations, resolutions: credit.resolutions };
    await bringIn(ctx, tables, about, deposit, { by: depositRule, reason: `Đúng số tiền và số giấy nộp tiền ${deposit.slipNumber}` });
    found++;
  }
  return found;
}

/** Credits of just its amount, none of it decided, that name it. */
async function creditsNaming(tables: Tables, deposit: Deposit): Promise<SeenTransaction[]> {
  const { accountId, amount, day } = deposit;
  const filter = { accountIds: [accountId], direction: 'in' as const, states: ['unapplied' as const], amountOrUnapplied: amount };
  const transactions = await tables.transactions.list({ ...filter, from: startOfDay(day) }, mostCredits);
  const fitting = transactions.filter((one) => one.amount.equals(amount) && namesDeposit(one.content, deposit));
  return (await withDecisions(tables, fitting)).filter(
    ({ money, resolutions }) => money.unapplied.equals(amount) && resolutions.length === 0,
  );
}

export interface DepositArrival extends Opening {
  depositId: string;
  reason: string;
}

/**
 * A person says that a credit is this deposit, as far as both go: what differs stays visible on either side. Throws deposit_unknown,
 * deposit_withdrawn, deposit_arrived, deposit_short, deposit_account_differs, transaction_already_resolved, and what `openTransaction` throws.
 */
export async function attachDeposit(ctx: Context, arrival: DepositArrival): Promise<SeenTransaction> {
  const { actor, depositId, transactionId, reason } = arrival;
  demand(actor, 'resolve');
  const seen = await ctx.store.transact(async (tables) => {
    const deposit = await tables.deposits.find(depositId);
    await demandSight(tables, actor, deposit?.agencyCode, 'deposit_unknown');
    if (!deposit) throw new Problem('deposit_unknown');
    await bringIn(ctx, tables, await openTransaction(tables, arrival), deposit, { by: signatureOf(actor), reason });
    return oneTransaction(tables, transactionId);
  });
  ctx.bell.ring();
  return seen;
}

async function bringIn(
  ctx: Context,
  tables: Tables,
  about: OpenTransaction,
  deposit: Deposit,
  { by, reason }: { by: string; reason: string },
): Promise<void> {
  const { transaction, allocations, resolutions } = about;
  if (deposit.withdrawn) throw new Problem('deposit_withdrawn');
  if (transaction.accountId !== deposit.accountId) throw new Problem('deposit_account_differs');
  const left = onItsWay(deposit, (await tables.deposits.arrivedOf([deposit.id])).get(deposit.id) ?? zero);
  if (!left.isPositive()) throw new Problem(deposit.short.isPositive() ? 'deposit_short' : 'deposit_arrived');
  const { unapplied } = moneyOf(transaction, allocations, resolutions);
  if (!unapplied.isPositive()) throw new Problem('transaction_already_resolved');
  const made = { id: ctx.id('resolution'), by, at: nextMoment(resolutions, ctx.now()), reason };
  const decided = {
    ...made,
    transactionId: transaction.id,
    action: 'deposit' as const,
    subjectId: deposit.id,
    amount: smaller(unapplied, left),
  };
  await carryOut(ctx, tables, about, decided, { account: cashInTransit(deposit.agencyCode) });
}
