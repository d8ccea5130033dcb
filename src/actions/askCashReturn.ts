// Asks that an obligation which was paid in cash be withdrawn and its cash given back, and decides about it: nothing moves until it is paid out.
import type { Context, ReadTables, Tables } from '../context';
import { netBySource, type Allocation } from '../domain/allocation';
import { isReturnOpen, returnStateOf, type CashReturn, type CashReturnStep, type ReturnState } from '../domain/cashReturn';
import { sumOf } from '../domain/money';
import { isTax } from '../domain/obligation';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand, demandSight, obligationInSight } from './demand';

export interface ReturnRequest {
  actor: Actor;
  obligationId: string;
  reason: string;
}

/** Throws obligation_unknown, obligation_cancelled, obligation_has_tax, cash_return_no_cash, cash_return_exists. */
export async function askCashReturn(ctx: Context, { actor, obligationId, reason }: ReturnRequest): Promise<CashReturn> {
  demand(actor, 'cancel');
  const asked = await ctx.store.transact(async (tables) => {
    const obligation = await obligationInSight(tables, actor, obligationId);
    if (obligation.cancelled) throw new Problem('obligation_cancelled');
    if (isTax(obligation)) throw new Problem('obligation_has_tax');
    const amount = sumOf((await cashOf(tables, obligationId)).map((one) => one.amount));
    if (!amount.isPositive()) throw new Problem('cash_return_no_cash');
    const before = await tables.cashReturns.ofObligation(obligationId);
    if (before.some(isReturnOpen)) throw new Problem('cash_return_exists');
    const cashReturn = {
      id: ctx.id('cashReturn'),
      obligationId,
      attempt: before.length + 1,
      agencyCode: obligation.agencyCode,
      amount,
      reason,
      askedBy: signatureOf(actor),
      askedAt: ctx.now(),
    };
    if (!(await tables.cashReturns.keep(cashReturn))) throw new Problem('cash_return_exists'); // two at once
    return { ...cashReturn, steps: [] };
  });
  ctx.bell.ring();
  return asked;
}

export interface ReturnDecision {
  actor: Actor;
  returnId: string;
  decision: 'approved' | 'refused' | 'withdrawn';
  reason?: string;
}

/**
 * Approved or refused by a supervisor who did not ask, refused also after it was approved; withdrawn by whoever asked. Throws
 * cash_return_unknown, cash_return_changed, second_person_required.
 */
export async function decideCashReturn(ctx: Context, { actor, returnId, decision, reason }: ReturnDecision): Promise<CashReturn> {
  const by = signatureOf(actor);
  demand(actor, decision === 'withdrawn' ? 'cancel' : 'approve_refunds');
  const decided = await ctx.store.transact(async (tables) => {
    const cashReturn = await returnInSight(tables, actor, returnId);
    if ((decision === 'withdrawn') !== (cashReturn.askedBy === by))
      throw new Problem(decision === 'withdrawn' ? 'role_insufficient' : 'second_person_required');
    const from: readonly ReturnState[] = decision === 'approved' ? ['asked'] : ['asked', 'approved'];
    return takeReturnStep(tables, cashReturn, from, { state: decision, by, at: ctx.now(), ...(reason ? { reason } : {}) });
  });
  ctx.bell.ring();
  return decided;
}

/** The return with one step more. Throws cash_return_changed unless it stands where it may go on from. */
export async function takeReturnStep(
  tables: Tables,
  cashReturn: CashReturn,
  from: readonly ReturnState[],
  step: CashReturnStep,
): Promise<CashReturn> {
  if (!from.includes(returnStateOf(cashReturn))) throw new Problem('cash_return_changed');
  const isFirst = await tables.cashReturns.keepStep(cashReturn.id, cashReturn.steps.length + 1, step);
  if (!isFirst) throw new Problem('cash_return_changed'); // two at once
  return { ...cashReturn, steps: [...cashReturn.steps, step] };
}

/** The return, if there is one and the actor sees it; else throws cash_return_unknown. */
export async function returnInSight(tables: Pick<ReadTables, 'agencies' | 'cashReturns'>, actor: Actor, id: string): Promise<CashReturn> {
  const found = await tables.cashReturns.find(id);
  await demandSight(tables, actor, found?.agencyCode, 'cash_return_unknown');
  if (!found) throw new Problem('cash_return_unknown');
  return found;
}

/** What an obligation holds of each taking of cash. */
export async function cashOf(tables: Pick<ReadTables, 'allocations'>, obligationId: string): Promise<Allocation[]> {
  return netBySource(await tables.allocations.ofObligations([obligationId])).filter(({ source }) => 'cashTakingId' in source);
}
