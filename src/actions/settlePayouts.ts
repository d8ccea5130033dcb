// Settles payouts: the bank's credit that brought one leaves the unidentified money, and the gateway owes us that much and its fee less.
import type { Context, Tables } from '../context';
import { bankFee, gatewayFee, moneyAt, postingsOf, type Posting } from '../domain/ledger';
import { smaller, vnd, zero, type Money } from '../domain/money';
import { moneyOf, nextMoment } from '../domain/resolution';
import { signatureOf, type Actor } from '../domain/role';
import {
  certainCredit,
  fitOf,
  mostKeptOnTheWay,
  payoutWindow,
  type PayoutCredit,
  type Settlement,
  type SettlementTotals,
} from '../domain/settlement';
import { startOfDay } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';
import { openTransaction, type Opening } from './openTransaction';
import { carryOut } from './resolveTransaction';
import { withDecisions } from './seeTransaction';

export interface PayoutDecision extends Opening {
  settlementId: string;
  reason: string;
  /** What is missing of the net sum, banks took for the transfer. */
  isRestCharge?: boolean;
}

/** In one run; the next goes on after them. */
const mostAtOnce = 50;
const mostCredits = 500;
const search: Actor = { kind: 'system', name: 'settlement' };

/**
 * A person says that a credit is this payout; what the credit holds beyond its net sum stays without a home. Throws settlement_unknown, settlement_arrived,
 * settlement_without_money, settlement_sum_differs, settlement_rest_too_large, and what `openTransaction` throws.
 */
export async function settlePayout(ctx: Context, decision: PayoutDecision): Promise<void> {
  demand(decision.actor, 'resolve');
  await ctx.store.transact(async (tables) => {
    const found = await tables.settlements.find(decision.settlementId);
    await demandSight(tables, decision.actor, found?.settlement.agencyCode, 'settlement_unknown');
    await settleIn(ctx, tables, decision);
  });
  ctx.bell.ring();
}

/** By rule: what names the payout, alone, and is just its sum. Returns after which payout to go on, '' at the end. */
export async function settlePayouts(ctx: Context, after = ''): Promise<string> {
  const waiting = await ctx.store.tables.settlements.listWaiting(after, mostAtOnce);
  for (const { settlement, totals, lineCount } of waiting) {
    if (lineCount === 0 || !isSound(settlement, totals)) continue;
    const credit = certainCredit(settlement, totals.net, await payoutCredits(ctx, settlement, totals.net));
    if (!credit || (await isNamedBesides(ctx, settlement, totals.net, credit)) || (await isOnceTakenBack(ctx, settlement, credit)))
      continue;
    const reason = `Nội dung nêu mã quyết toán ${settlement.payoutId}, đúng số thực nhận`;
    const decision = { actor: search, settlementId: settlement.id, transactionId: credit.id, reason };
    await ctx.store.transact((tables) => settleIn(ctx, tables, decision)).catch(ignoreProblem);
    ctx.bell.ring();
  }
  return waiting.length < mostAtOnce ? '' : (waiting.at(-1)?.settlement.id ?? '');
}

/** Whether the content may as well name another payout of the same sum: `VNP1123` stands in `VNP11234`. */
async function isNamedBesides({ store }: Context, { id }: Settlement, net: Money, credit: PayoutCredit): Promise<boolean> {
  const rivals = await store.tables.settlements.waitingFor(net);
  return rivals.some(({ settlement }) => settlement.id !== id && fitOf(settlement, net, credit) === 'named');
}

/** Whether a person found that the credit is not this payout. */
async function isOnceTakenBack({ store }: Context, { id }: Settlement, credit: PayoutCredit): Promise<boolean> {
  return (await store.tables.resolutions.ofTransactions([credit.id])).some(({ subjectId }) => subjectId === id);
}

/** Its lines make what the gateway says that it pays, and it pays something. */
export const isSound = ({ stated }: Pick<Settlement, 'stated'>, { net }: SettlementTotals): boolean =>
  net.isPositive() && (stated === undefined || stated.equals(net));

/** Credits on accounts of ours with đồng that have no home, around the day of a payout: of just its sum, or that may name it. */
export async function payoutCredits(
  ctx: Context,
  settlement: Pick<Settlement, 'day' | 'payoutId'>,
  net: Money,
  agencyCodes?: readonly string[],
): Promise<PayoutCredit[]> {
  const { tables } = ctx.store;
  const { from, to } = payoutWindow(settlement);
  const time = { from: startOfDay(from), before: startOfDay(to) };
  const filter = { states: ['unapplied' as const], direction: 'in' as const, ...time, ...(agencyCodes ? { agencyCodes } : {}) };
  const transactions = new Map<string, Transaction>();
  for (const asked of [{ amountOrUnapplied: net }, { text: longestWordOf(settlement.payoutId) }])
    for (const one of await tables.transactions.list({ ...filter, ...asked }, mostCredits)) transactions.set(one.id, one);
  const seen = await withDecisions(
    tables,
    [...transactions.values()].filter(({ accountId }) => accountId !== undefined),
  );
  return seen.map(({ transaction: { id, content, bankTime }, money }) => ({ id, content, bankTime, unapplied: money.unapplied }));
}

/** What banks leave of `po_1Abc…`: they drop the signs between. */
const longestWordOf = (payoutId: string): string =>
  payoutId.split(/[^A-Za-z0-9]+/).reduce((longest, word) => (word.length > longest.length ? word : longest), '');

/** Somebody was faster. */
function ignoreProblem(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}

async function settleIn(ctx: Context, tables: Tables, decision: PayoutDecision): Promise<void> {
  const { actor, settlementId, transactionId, reason } = decision;
  const found = await tables.settlements.find(settlementId);
  if (!found) throw new Problem('settlement_unknown');
  const { settlement, totals, arrivedWith } = found;
  if (arrivedWith !== undefined) throw new Problem('settlement_arrived');
  if (!totals.net.isPositive()) throw new Problem('settlement_without_money');
  const about = await openTransaction(tables, decision);
  const { accountId } = about.transaction;
  if (accountId === undefined) throw new Problem('transaction_not_resolvable');
  const { unapplied: left } = moneyOf(about.transaction, about.allocations, about.resolutions);
  if (!left.isPositive()) throw new Problem('transaction_already_resolved');
  const amount = smaller(left, totals.net);
  const also = alsoBooked(settlement.provider, accountId, totals.fee, restOf(totals.net.minus(amount), decision));
  const made = { id: ctx.id('resolution'), by: signatureOf(actor), at: nextMoment(about.resolutions, ctx.now()) };
  const decided = { ...made, transactionId, action: 'settlement' as const, subjectId: settlementId, amount, reason };
  await carryOut(ctx, tables, about, decided, { account: gatewayOf(settlement.provider), also });
}

export const gatewayOf = (provider: string): string => moneyAt(`gateway:${provider}`);

function restOf(rest: Money, { isRestCharge }: PayoutDecision): Money {
  if (rest.isZero()) return zero;
  if (!isRestCharge) throw new Problem('settlement_sum_differs', rest.toString());
  if (rest.compare(vnd(mostKeptOnTheWay)) > 0) throw new Problem('settlement_rest_too_large', rest.toString());
  return rest;
}

/** The gateway's fee is ours to bear, and the banks' charge too; a fee that it gave back makes it less. */
const alsoBooked = (provider: string, accountId: string, fee: Money, charge: Money): Posting[] => [
  ...postingsOfFee(provider, fee),
  ...postingsOf([{ debit: bankFee(accountId), credit: gatewayOf(provider), amount: charge }]),
];

export function postingsOfFee(provider: string, fee: Money): Posting[] {
  const [owner, cost] = [gatewayOf(provider), gatewayFee(provider)];
  return postingsOf([
    { debit: cost, credit: owner, amount: fee },
    { debit: owner, credit: cost, amount: zero.minus(fee) },
  ]);
}
