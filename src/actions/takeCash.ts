// Takes cash at a counter: the fallback; recorded with the officer, the counter, its shift and the time, and never more than is owed.
import type { Context } from '../context';
import { allocate } from '../domain/allocation';
import { postingsOfCash } from '../domain/ledger';
import type { Money } from '../domain/money';
import { isTax, outstandingOf, statusOf } from '../domain/obligation';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { counterInSight, demand, obligationInSight } from './demand';
import { openDesk } from './openDesk';
import { shiftForCash } from './openShift';
import { oneWithMoney, type SeenObligation } from './seeObligation';

export interface CashPayment {
  actor: Actor;
  obligationId: string;
  counterId: string;
  amount: Money;
}

/**
 * The obligation after the payment, with it. The cash belongs to the open shift of the counter, and opens one where none is. Throws a Problem
 * when nothing is owed, or less than the cash, and shift_of_another.
 */
export async function takeCash(ctx: Context, { actor, obligationId, counterId, amount }: CashPayment): Promise<SeenObligation> {
  demand(actor, 'take_cash');
  const paid = await ctx.store.transact(async (tables) => {
    const at = ctx.now(); // in its turn, so that no cash lies before the shift that it belongs to
    const obligation = await obligationInSight(tables, actor, obligationId);
    const counter = await counterInSight(tables, actor, counterId);
    if (isTax(obligation)) throw new Problem('tax_not_in_cash');
    if (statusOf(obligation) === 'free') throw new Problem('obligation_free');
    if (obligation.cancelled) throw new Problem('obligation_cancelled');
    if (outstandingOf(obligation).isZero()) throw new Problem('obligation_already_paid');
    if (amount.compare(outstandingOf(obligation)) > 0) throw new Problem('cash_over_outstanding');
    const shift = await shiftForCash(ctx, tables, actor, counter, at);
    const cashTakingId = ctx.id('cashTaking');
    await tables.allocations.keepCash({
      id: cashTakingId,
      obligationId,
      counterId: counter.id,
      officerId: signatureOf(actor),
      amount,
      takenAt: at,
      shiftId: shift.id,
    });
    const desk = await openDesk(tables, [obligationId], at);
    const payment = { source: { cashTakingId }, method: 'cash' as const, onlineFlag: 0 as const, paidAt: at };
    desk.allot(obligationId, [{ ...payment, ...allocate(obligation, amount) }], counter.id);
    desk.post({ cause: 'cash', causeId: cashTakingId, postings: postingsOfCash(counter.id, obligationId, amount) });
    await tables.events.append(await desk.write());
    return oneWithMoney(tables, await obligationInSight(tables, actor, obligationId));
  });
  ctx.bell.ring();
  return paid;
}
