// Asks gateways to pay refunds back: after the commit that sent them, again while nobody knows what became of it, and never twice for one refund.
import type { Context, Tables } from '../context';
import { moneyAt, refundable } from '../domain/ledger';
import { mayTryAgain, type Refund } from '../domain/refund';
import { addMs } from '../domain/time';
import { holderOf, type Transaction } from '../domain/transaction';
import { announce, takeStep } from './openRefund';
import { failIn } from './releaseRefund';
import { paymentAtGateway, type PaymentAtGateway } from './refundWay';

const mostAtOnce = 20;
/** Longer than any gateway may take. */
const claimMs = 60_000;
const pauseMs = 30_000;
const longestPauseMs = 30 * 60_000;
/** The gateway has it, and will not take it twice. */
const underWay = 'refund_under_way';
export const gatewaySigner = 'system:gateway';

/** Returns how many refunds were asked about. */
export async function payBackRefunds(ctx: Context): Promise<number> {
  const due = await ctx.store.tables.refunds.listDueAtGateways(ctx.now(), mostAtOnce);
  for (const refund of due) {
    const isOurs = await ctx.store.transact((tables) => tables.refunds.claimTry(refund, addMs(ctx.now(), claimMs)));
    if (!isOurs) continue;
    if (mayTryAgain(refund, ctx.now())) await payBackNow(ctx, { ...refund, tries: refund.tries + 1 });
    else await tryLater(ctx, refund, refund.problem ?? 'unanswered');
  }
  return due.length;
}

/** One try, of a refund that is claimed for it. What it brings is written; nothing is thrown for what a gateway says. */
export async function payBackNow(ctx: Context, refund: Refund): Promise<void> {
  const { tables } = ctx.store;
  const transaction = await tables.transactions.find(refund.transactionId);
  if (!transaction) throw new Error(`a refund without its transaction ${refund.transactionId}`);
  const payment = await paymentAtGateway(ctx, tables, transaction);
  if (!payment) return fail(ctx, refund, transaction, 'connection_gone');
  try {
    const { standing, gatewayReference } = await askFor(ctx, refund, transaction, payment);
    await (standing === 'done' ? complete(ctx, refund, transaction, gatewayReference) : wait(ctx, refund, gatewayReference));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const why = 'why' in error && typeof error.why === 'string' ? error.why : undefined;
    if (error.name === 'GatewayRefused') await fail(ctx, refund, transaction, why ?? 'refused');
    else if (error.name !== 'GatewayUnavailable') throw error;
    else if (why === underWay) await wait(ctx, refund, undefined);
    else await tryLater(ctx, refund, why ?? 'unavailable');
  }
}

async function askFor(ctx: Context, refund: Refund, transaction: Transaction, { gateway, access, order }: PaymentAtGateway) {
  const officer = await ctx.store.tables.officers.find(refund.requestedBy);
  return gateway.payBack(access, {
    ...order,
    refundId: refund.id,
    amount: refund.amount,
    paid: transaction.amount,
    paidAt: transaction.bankTime,
    paymentId: transaction.providerId,
    by: officer?.login ?? 'finance',
    reason: refund.code ?? refund.id, // what a person typed may name the payer
  });
}

/** The gateway says that it is done: its word confirms it. Its webhook may have been faster. */
const complete = (ctx: Context, refund: Refund, transaction: Transaction, gatewayReference: string | undefined): Promise<void> =>
  ifStillSent(ctx, refund, async (tables, { tryAt: _, problem: __, ...current }) => {
    const at = ctx.now();
    const change = { state: 'confirmed' as const, confirmedAt: at, ...(gatewayReference ? { gatewayReference } : {}) };
    const after = await takeStep(ctx, tables, current, 'confirm', change, {
      by: gatewaySigner,
      ...(gatewayReference ? { reason: gatewayReference } : {}),
    });
    const holder = holderOf(transaction);
    const postings = [{ debit: refundable(holder), credit: moneyAt(holder), amount: refund.amount }];
    await tables.ledger.post([{ cause: 'refund', causeId: refund.id, createdAt: at, postings }]);
    await announce(ctx, tables, 'refund.completed', after, transaction);
  });

/** The gateway has it: its webhook or its list tells when it is done. */
const wait = (ctx: Context, refund: Refund, gatewayReference: string | undefined): Promise<void> =>
  ifStillSent(ctx, refund, (tables) => tables.refunds.markTried(refund.id, gatewayReference ? { gatewayReference } : {}));

/** A refusal says nothing of the tries before it that had no answer: then a person finds out at the gateway. */
const fail = (ctx: Context, refund: Refund, transaction: Transaction, why: string): Promise<void> =>
  ifStillSent(ctx, refund, (tables, current) =>
    refund.tries > 1
      ? tables.refunds.markTried(refund.id, { problem: why })
      : failIn(ctx, tables, current, transaction, { by: gatewaySigner, reason: why }),
  );

/** After the day on which it was sent a person finds out at the gateway what became of it. */
function tryLater(ctx: Context, refund: Refund, problem: string): Promise<void> {
  ctx.log.warn({ refundId: refund.id, problem }, 'a gateway did not say what became of a refund');
  const next = addMs(ctx.now(), Math.min(longestPauseMs, pauseMs * 2 ** Math.min(refund.tries - 1, 10)));
  const again = mayTryAgain(refund, next) ? { tryAt: next } : {};
  return ifStillSent(ctx, refund, (tables) => tables.refunds.markTried(refund.id, { ...again, problem }));
}

async function ifStillSent(ctx: Context, { id }: Refund, work: (tables: Tables, refund: Refund) => Promise<unknown>): Promise<void> {
  await ctx.store.transact(async (tables) => {
    const current = await tables.refunds.find(id);
    if (current?.state === 'sent') await work(tables, current);
  });
  ctx.bell.ring();
}
