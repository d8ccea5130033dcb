// Opens a shift at a counter: takes over what the shift before left in the drawer, and books what the unit adds as change money.
import type { Context, Tables } from '../context';
import type { Counter } from '../domain/agency';
import { cashAccount, cashFloat, postingsOf } from '../domain/ledger';
import { zero, type Money } from '../domain/money';
import { signatureOf, type Actor } from '../domain/role';
import { isOpen, type Shift } from '../domain/shift';
import type { Instant } from '../domain/time';
import { Problem } from '../problems';
import { counterInSight, demand } from './demand';

export interface Opening {
  actor: Actor;
  counterId: string;
  /** What lies in the drawer; unless told, what the shift before left there. */
  float?: Money;
}

/** Throws counter_unknown, shift_already_open, and shift_float_short when less is said to lie there than was left. */
export async function openShift(ctx: Context, { actor, counterId, float }: Opening): Promise<Shift> {
  demand(actor, 'work_shift');
  const opened = await ctx.store.transact(async (tables) => {
    const counter = await counterInSight(tables, actor, counterId);
    const last = await tables.shifts.findLast(counter.id);
    if (last && isOpen(last)) throw new Problem('shift_already_open');
    return openIn(ctx, tables, {
      counter,
      last,
      officerId: signatureOf(actor),
      isImplicit: false,
      at: ctx.now(),
      ...(float ? { float } : {}),
    });
  });
  ctx.bell.ring();
  return opened;
}

/**
 * The shift in which cash is taken now. Where none is open, the cash opens one with what the shift before left: nobody in a queue waits for a
 * form. Throws shift_of_another where another person's shift is open; a system takes cash for whoever is at the counter, and hands its own
 * shift to the first person who comes.
 */
export async function shiftForCash(ctx: Context, tables: Tables, actor: Actor, counter: Counter, at: Instant): Promise<Shift> {
  const last = await tables.shifts.findLast(counter.id);
  if (!last || !isOpen(last)) return openIn(ctx, tables, { counter, last, officerId: signatureOf(actor), isImplicit: true, at });
  const isAnothers = actor.kind === 'person' && last.officerId !== actor.officerId && !isOfSystem(last);
  if (isAnothers) throw new Problem('shift_of_another');
  return last;
}

export const isOfSystem = ({ officerId }: Pick<Shift, 'officerId'>): boolean => officerId.startsWith('system:');

interface NewShift {
  counter: Counter;
  last: Shift | undefined;
  officerId: string;
  isImplicit: boolean;
  at: Instant;
  float?: Money;
}

async function openIn(ctx: Context, tables: Tables, { counter, last, officerId, isImplicit, at, float }: NewShift): Promise<Shift> {
  const takenOver = last?.close?.handedOn ?? zero;
  const openingFloat = float ?? takenOver;
  if (openingFloat.compare(takenOver) < 0) throw new Problem('shift_float_short');
  const shift: Shift = {
    id: ctx.id('shift'),
    counterId: counter.id,
    agencyCode: counter.agencyCode,
    number: (last?.number ?? 0) + 1,
    officerId,
    openedAt: at,
    openingFloat,
    takenOver,
    isImplicit,
  };
  if (!(await tables.shifts.keep(shift))) throw new Problem('shift_already_open'); // two at once
  const added = { debit: cashAccount(counter.id), credit: cashFloat(counter.agencyCode), amount: openingFloat.minus(takenOver) };
  await tables.ledger.post([{ cause: 'shift', causeId: shift.id, createdAt: shift.openedAt, postings: postingsOf([added]) }]);
  return shift;
}
