// Citizens: when they come, what they are asked for, and how the service answers the counter that asks for it.
import type { Settle } from './agenda';
import { chanceOf, weighed, type Chance } from './chances';
import { issue, offer } from './counter';
import { habits, type Habit } from './habits';
import { doubleErrands, errands, freeErrand, places, type Errand } from './office';
import type { Debt, Dossier } from './truth';
import { dayNumberAt, hourMs, minuteMs, morningOf, touchDebts, usualPaymentsADay, type Options, type World } from './world';

/** One visit, with the obligations that came of it. */
export interface Visit {
  world: World;
  chance: Chance;
  atMs: number;
  debts: readonly Debt[];
}

/** From 07:00 to 17:00. */
const openMs = 10 * hourMs;
const perDay = ({ payments, paymentsADay = usualPaymentsADay }: Options): number => Math.min(payments, paymentsADay);

/** How far apart things may lie that happen at once: further on a quiet day, so that there is something to happen at once. */
export const waveSpanOf = (options: Options): number => Math.min(30 * minuteMs, Math.max(10 * minuteMs, (64 * openMs) / perDay(options)));

const weights = Object.fromEntries(Object.entries(habits).map(([name, { weight }]) => [name, weight])) as Record<
  keyof typeof habits,
  number
>;

/** Puts on the agenda who comes when, until they plan as many payments as wanted. */
export function openDoors(world: World): void {
  const { seed, payments } = world.options;
  const chance = chanceOf(seed, 'the doors');
  const gapMs = openMs / perDay(world.options);
  let atMs = morningOf(0);
  for (let number = 0, planned = 0; planned < payments; number++) {
    const own = chanceOf(seed, `citizen ${number}`);
    const habit: Habit = habits[weighed(own, weights)];
    planned += habit.payments;
    atMs = withinHours(atMs + Math.ceil(-Math.log(1 - chance.next()) * gapMs * Math.max(1, habit.payments)));
    const visit = { world, chance: own, atMs };
    world.agenda.add({ atMs, keys: [], run: () => come(visit, habit, number) });
  }
}

const withinHours = (ms: number): number => (ms - morningOf(dayNumberAt(ms)) <= openMs ? ms : morningOf(dayNumberAt(ms) + 1));

/** Everything of one visit happens while the citizen stands at the counter. */
async function come(visit: Omit<Visit, 'debts'>, habit: Habit, number: number): Promise<Settle> {
  const { world, chance } = visit;
  const debts: Debt[] = [];
  const place = places[chance.below(places.length)] ?? places[0];
  const same = errands[chance.below(errands.length)] ?? errands[0];
  const double = doubleErrands[chance.below(doubleErrands.length)] ?? doubleErrands[0];
  for (let i = 0; i < habit.dossiers; i++) {
    const chosen = errandsOf(habit, same, double);
    const dossier: Dossier = {
      ...{ number: number * 2 + i, code: `000.00.18.H26-261123-${String(number * 2 + i + 1).padStart(6, '0')}` },
      ...{
        agencyCode: place.agencyCode,
        accountId: place.accountId,
        procedureCode: chosen[0]?.procedureCode ?? '',
        debts: [],
        seconds: new Set(),
      },
    };
    for (const errand of chosen)
      debts.push(await issue(world, chance, dossier, errand, place.counterIds[chance.below(place.counterIds.length)]));
  }
  if (!habit.isWithoutQr) for (const debt of debts) await offer(world, debt);
  return () => {
    world.dossiers.push(...new Set(debts.map(({ dossier }) => dossier)));
    for (const debt of debts) world.debts.set(debt.id, debt);
    touchDebts(world, debts);
    habit.pay({ ...visit, debts });
  };
}

function errandsOf({ isDouble, isSameAmount, isFree }: Habit, same: Errand, double: readonly Errand[]): readonly Errand[] {
  if (isFree) return [freeErrand];
  return isDouble ? double : [isSameAmount ? oneOnly(same) : same];
}

/** Of which everybody asks for the same. */
const oneOnly = ({ mostUnits, ...errand }: Errand): Errand => ({ ...errand, mostQuantity: 1, ...(mostUnits ? { mostUnits: 1 } : {}) });
