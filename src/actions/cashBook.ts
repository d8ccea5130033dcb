// The cash book of an agency and day, for the screen and for papers; it reads the records of what was done, and ties to the books.
import type { Context } from '../context';
import { cashBookOf, type CashBook } from '../domain/cashBook';
import type { Actor } from '../domain/role';
import { addDays, startOfDay, type Day } from '../domain/time';
import { agenciesAsked, demandShifts } from './seeShift';

/** Of the agency and all below it, counter by counter and in all. Throws agency_unknown. */
export async function cashBook(ctx: Context, actor: Actor, agencyCode: string, day: Day): Promise<CashBook> {
  demandShifts(actor);
  const { tables } = ctx.store;
  const counters = await tables.agencies.listCounters(await agenciesAsked(tables, actor, agencyCode));
  const ids = counters.map(({ id }) => id);
  const [from, before] = [startOfDay(day), startOfDay(addDays(day, 1))];
  const movements = await tables.cashBook.movements(ids, from, before);
  const obligations = await tables.obligations.listBareByIds([...new Set(movements.flatMap(({ obligationId }) => obligationId ?? []))]);
  const named = new Map(obligations.map(({ id, reference, dossierCode }) => [id, { reference, dossierCode }]));
  return cashBookOf({
    agencyCode,
    day,
    counters,
    openings: await tables.cashBook.balances(ids, from),
    movements: movements.map((one) => ({ ...one, ...(one.obligationId ? named.get(one.obligationId) : undefined) })),
  });
}
