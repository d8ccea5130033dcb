// Gives cash back over the counter: the obligation is cancelled, its cash leaves the drawer of an open shift, its receipts are found wrong; at once and together.
import type { Context, Tables } from '../context';
import { cashAccount, receivable } from '../domain/ledger';
import { sumOf, zero } from '../domain/money';
import { expectedIn } from '../domain/shift';
import { signatureOf, type Actor } from '../domain/role';
import { returnStateOf, type CashReturn } from '../domain/cashReturn';
import { isWithoutMoney } from '../domain/receiptRecord';
import type { Instant } from '../domain/time';
import { Problem } from '../problems';
import { cashOf, returnInSight, takeReturnStep } from './askCashReturn';
import { cancelIn } from './cancelObligation';
import { ownOpenShift } from './closeShift';
import { counterInSight, demand, obligationInSight } from './demand';
import { openDesk } from './openDesk';
import { releaseCredits } from './withdrawObligation';

export interface ReturnPayment {
  actor: Actor;
  returnId: string;
  /** At whose open shift it is paid out. */
  counterId: string;
}

/**
 * What came beside cash is held and its refund asked for, as when it is withdrawn without cash. Throws cash_return_unknown, cash_return_changed
 * unless it was approved and the cash is what it was then, shift_missing, shift_of_another, shift_cash_short.
 */
export async function payCashReturn(ctx: Context, { actor, returnId, counterId }: ReturnPayment): Promise<CashReturn> {
  demand(actor, 'work_shift');
  const paid = await ctx.store.transact(async (tables) => {
    const at = ctx.now();
    const cashReturn = await returnInSight(tables, actor, returnId);
    if (returnStateOf(cashReturn) !== 'approved') throw new Problem('cash_return_changed');
    const counter = await counterInSight(tables, actor, counterId);
    const shift = await ownOpenShift(tables, actor, counter.id);
    const inDrawer = expectedIn(shift.openingFloat, await tables.shifts.takingsOf(shift));
    if (cashReturn.amount.compare(inDrawer) > 0) throw new Problem('shift_cash_short');
    const by = signatureOf(actor);
    const after = await takeReturnStep(tables, cashReturn, ['approved'], { state: 'paid', by, at, shiftId: shift.id });
    await giveBack(ctx, tables, { actor, cashReturn: after, counterId: counter.id, at });
    return after;
  });
  ctx.bell.ring();
  return paid;
}

interface GivenBack {
  actor: Actor;
  cashReturn: CashReturn;
  counterId: string;
  at: Instant;
}

async function giveBack(ctx: Context, tables: Tables, { actor, cashReturn, counterId, at }: GivenBack): Promise<void> {
  const { obligationId, amount, reason } = cashReturn;
  const obligation = await obligationInSight(tables, actor, obligationId);
  if (obligation.cancelled) throw new Problem('obligation_cancelled');
  const cash = await cashOf(tables, obligationId);
  if (!sumOf(cash.map((one) => one.amount)).equals(amount)) throw new Problem('cash_return_changed'); // more was paid since it was asked for
  const released = await releaseCredits(tables, obligationId);
  await cancelIn(tables, obligation, { at, by: cashReturn.askedBy, reason }, released.postings);
  const desk = await openDesk(tables, [obligationId], at);
  desk.allot(
    obligationId,
    cash.map((one) => ({ ...one, amount: zero.minus(one.amount), excess: zero.minus(one.excess), flags: [] })),
  );
  desk.post({
    cause: 'cash_return',
    causeId: cashReturn.id,
    postings: [{ debit: receivable(obligationId), credit: cashAccount(counterId), amount }],
  });
  await tables.events.append(await desk.write());
  await released.askForRefunds(ctx, { actor, reason, at });
  await findReceiptsWrong(ctx, tables, cashReturn, at);
}

/** Two persons have said that the money goes: whoever asked, and whoever approved. */
async function findReceiptsWrong(
  ctx: Context,
  tables: Tables,
  { obligationId, steps, askedBy, reason }: CashReturn,
  at: Instant,
): Promise<void> {
  const approved = steps.find(({ state }) => state === 'approved');
  if (!approved) throw new Error('cash went back that nobody approved');
  for (const receipt of (await tables.receipts.ofObligations([obligationId])).filter(isWithoutMoney)) {
    const decided = { by: approved.by, at: approved.at };
    const notice = {
      id: ctx.id('receiptNotice'),
      receiptId: receipt.id,
      ground: 'money_taken_back' as const,
      reason,
      givenBy: askedBy,
      givenAt: at,
    };
    if (receipt.notice?.state === 'requested') await tables.receiptNotices.markDecided(receipt.notice.id, 'confirmed', approved.by, at);
    else await tables.receiptNotices.keep({ ...notice, state: 'confirmed', decided });
  }
  await tables.receiptNotices.markWaitsEnded([obligationId], at);
}
