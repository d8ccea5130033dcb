// Closes a shift: what should lie in the drawer against what was counted, as a numbered report that never changes; a difference waits for a second person.
import type { Context, Tables } from '../context';
import { cashAccount, cashOver, cashShort, type Posting } from '../domain/ledger';
import { zero, type Money } from '../domain/money';
import { can, signatureOf, type Actor } from '../domain/role';
import { differenceOf, expectedIn, isOpen, usuallyHandedOn, waitsForConfirmation, type Denominations, type Shift } from '../domain/shift';
import { Problem } from '../problems';
import { demand } from './demand';
import { isOfSystem } from './openShift';
import { shiftInSight } from './seeShift';

export interface Closing {
  actor: Actor;
  shiftId: string;
  counted: Money;
  denominations?: Denominations;
  /** Stays in the drawer; unless told, the change money does. */
  handOn?: Money;
  reason?: string;
}

/**
 * The closed shift. Its own officer closes it, or a supervisor where that officer forgot; one that a system's cash opened, whoever works at
 * the counter. Throws shift_unknown, shift_of_another, shift_closed, shift_reason_needed, shift_hand_on_too_much.
 */
export async function closeShift(ctx: Context, closing: Closing): Promise<Shift> {
  const { actor, shiftId, counted, denominations } = closing;
  const isSupervisor = can(actor, 'sign_close');
  if (!isSupervisor) demand(actor, 'work_shift');
  const closed = await ctx.store.transact(async (tables) => {
    const shift = await shiftInSight(tables, actor, shiftId);
    if (shift.officerId !== signatureOf(actor) && !isSupervisor && !isOfSystem(shift)) throw new Problem('shift_of_another');
    if (!isOpen(shift)) throw new Problem('shift_closed');
    const takings = await tables.shifts.takingsOf(shift);
    const expected = expectedIn(shift.openingFloat, takings);
    if (!counted.equals(expected) && !closing.reason) throw new Problem('shift_reason_needed');
    const handedOn = closing.handOn ?? usuallyHandedOn(shift.openingFloat, counted);
    if (handedOn.compare(counted) > 0) throw new Problem('shift_hand_on_too_much');
    const reason = counted.equals(expected) ? undefined : closing.reason;
    const close = {
      ...takings,
      by: signatureOf(actor),
      at: ctx.now(),
      expected,
      counted,
      handedOn,
      ...(denominations ? { denominations } : {}),
      ...(reason ? { reason } : {}),
    };
    if (!(await tables.shifts.keepClose(shift.id, close))) throw new Problem('shift_closed'); // two at once
    return { ...shift, close };
  });
  ctx.bell.ring();
  return closed;
}

export interface Confirmation {
  actor: Actor;
  shiftId: string;
  /** What becomes of it: who makes it good, or why it is written off. */
  note: string;
}

/**
 * A supervisor who neither worked nor closed the shift confirms its difference, and it is booked. Throws shift_unknown,
 * shift_difference_unknown, second_person_required.
 */
export async function confirmShiftDifference(ctx: Context, { actor, shiftId, note }: Confirmation): Promise<Shift> {
  demand(actor, 'sign_close');
  const by = signatureOf(actor);
  const confirmed = await ctx.store.transact(async (tables) => {
    const shift = await shiftInSight(tables, actor, shiftId);
    if (!waitsForConfirmation(shift)) throw new Problem('shift_difference_unknown');
    if ([shift.officerId, shift.close?.by].includes(by)) throw new Problem('second_person_required');
    const at = ctx.now();
    if (!(await tables.shifts.keepDifference(shift.id, note, by, at))) throw new Problem('shift_difference_unknown'); // two at once
    const postings = [postingOfDifference(shift)];
    await tables.ledger.post([{ cause: 'shift', causeId: `${shift.id} difference`, createdAt: at, postings }]);
    return { ...shift, difference: { note, by, at } };
  });
  ctx.bell.ring();
  return confirmed;
}

function postingOfDifference({ counterId, agencyCode, close }: Shift): Posting {
  const difference = close ? differenceOf(close) : zero;
  const cash = cashAccount(counterId);
  return difference.isPositive()
    ? { debit: cash, credit: cashOver(agencyCode), amount: difference }
    : { debit: cashShort(agencyCode), credit: cash, amount: zero.minus(difference) };
}

/** The open shift of a counter that this actor may pay cash out of. Throws shift_missing, shift_of_another. */
export async function ownOpenShift(tables: Tables, actor: Actor, counterId: string): Promise<Shift> {
  const last = await tables.shifts.findLast(counterId);
  if (!last || !isOpen(last)) throw new Problem('shift_missing');
  if (last.officerId !== signatureOf(actor) && !isOfSystem(last)) throw new Problem('shift_of_another');
  return last;
}
