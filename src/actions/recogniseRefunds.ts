// Recognises our own refunds in what banks and gateways tell of money that left: by the code that the transfer carries and its amount, or by the payment.
import type { Context, ReadTables } from '../context';
import { subjectsTakenBack, unexplainedOf } from '../domain/explanation';
import { sumOf, zero } from '../domain/money';
import { refundCodesIn, type Refund } from '../domain/refund';
import { addMs } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import { confirmAllIn, confirmIn, creditOf, isExplainedBy, settleMark } from './confirmRefund';

/** Banks book a transfer of the late evening before we marked it sent, or their clocks differ. */
const earlierMs = 24 * 60 * 60_000;
const mostMovements = 500;
const signer = 'system:refunds';
const takenBack = { states: ['outgoing'], why: 'taken_back_by_gateway' } as const;

/** Returns how many movements were recognised. What fits not exactly is left to a person. */
export async function recogniseRefunds(ctx: Context): Promise<number> {
  const recognised = (await recogniseTransfers(ctx)) + (await recogniseAtGateways(ctx));
  if (recognised > 0) ctx.bell.ring();
  return recognised;
}

async function recogniseTransfers(ctx: Context): Promise<number> {
  const { tables } = ctx.store;
  const sent = await tables.refunds.listSentFrom();
  const [first] = sent;
  if (!first) return 0;
  const accountIds = sent.map(({ accountId }) => accountId);
  const movements = await tables.explanations.listUnexplained(accountIds, zero, addMs(first.since, -earlierMs), mostMovements);
  let count = 0;
  for (const movement of movements) if (await recogniseTransfer(ctx, movement)) count++;
  return count;
}

async function recogniseTransfer(ctx: Context, movement: Transaction): Promise<boolean> {
  const codes = refundCodesIn(movement.content);
  if (codes.length === 0) return false;
  return ctx.store.transact(async (tables) => {
    const explained = await tables.explanations.ofTransactions([movement.id]);
    const [left, wrong] = [unexplainedOf(movement.amount, explained), subjectsTakenBack(explained)];
    const carried = (await tables.refunds.listByCodes(codes)).filter(
      ({ id, state, accountId }) => state === 'sent' && accountId === movement.accountId && !wrong.has(id),
    );
    const own = carried.filter(({ code, carriedBy }) => code === carriedBy);
    const fitting = [own, carried]
      .map(distinct)
      .find((refunds) => refunds.length > 0 && sumOf(refunds.map(({ amount }) => amount)).equals(left));
    if (!fitting) return false;
    await confirmAllIn(ctx, tables, fitting, movement, { by: signer });
    return true;
  });
}

const distinct = <One extends Refund>(refunds: readonly One[]): One[] => [
  ...new Map(refunds.map((refund) => [refund.id, refund])).values(),
];

async function recogniseAtGateways(ctx: Context): Promise<number> {
  let count = 0;
  for (const movement of await ctx.store.tables.transactions.list(takenBack, mostMovements)) {
    if (await recogniseAtGateway(ctx, movement)) count++;
  }
  return count;
}

/** The first of our refunds of that payment and amount of which no movement has told yet. */
async function recogniseAtGateway(ctx: Context, movement: Transaction): Promise<boolean> {
  return ctx.store.transact(async (tables) => {
    const explained = await tables.explanations.ofTransactions([movement.id]);
    const [left, wrong] = [unexplainedOf(movement.amount, explained), subjectsTakenBack(explained)];
    const refunds = (await refundsBehind(tables, movement)).filter(({ id, amount }) => amount.equals(left) && !wrong.has(id));
    const told = await tables.explanations.ofSubjects(refunds.map(({ id }) => id));
    const refund = refunds.find(({ id }) => !isExplainedBy(told, id));
    if (!refund) return false;
    const who = { by: signer };
    if (refund.state === 'sent') {
      await confirmIn(ctx, tables, refund, await creditOf(tables, refund), movement, who);
      return true;
    }
    // Its answer confirmed it before, and was booked then: the movement is that money, told again.
    await tables.explanations.keep({
      ...{ id: ctx.id('explanation'), transactionId: movement.id, purpose: 'refund', subjectId: refund.id, amount: refund.amount },
      ...{ reason: refund.code ?? refund.id, by: signer, at: ctx.now() },
    });
    await settleMark(tables, movement);
    return true;
  });
}

async function refundsBehind(tables: ReadTables, { provider, orderId, bankReference }: Transaction): Promise<Refund[]> {
  const naming = { orderIds: orderId === undefined ? [] : [orderId], bankReferences: bankReference === undefined ? [] : [bankReference] };
  const payments = await tables.transactions.list({ direction: 'in', naming }, mostMovements);
  const ids = payments.filter((payment) => payment.provider === provider && payment.accountId === undefined).map(({ id }) => id);
  const refunds = await tables.refunds.ofTransactions(ids);
  return refunds.filter(({ way, state }) => way === 'gateway' && (state === 'sent' || state === 'confirmed'));
}
