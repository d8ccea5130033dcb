// Citizens: when they come, what they are asked for, and how the service answers the counter that asks for it.
import { issueObligation } from '../../src/actions/issueObligation';
import { requestPayment } from '../../src/actions/requestPayment';
import { drawReference, referenceRandomBytes } from '../../src/domain/reference';
import { epochMsOf } from '../../src/domain/time';
import type { Settle } from './agenda';
import { mustHold } from './broken';
import { between, chanceOf, weighed, type Chance } from './chances';
import { habits, type Habit } from './habits';
import { doubleErrands, errands, oneStopSystem, places, type Errand } from './office';
import { outstandingOf, type Debt, type Dossier } from './truth';
import { asked, count, dayNumberAt, hourMs, minuteMs, morningOf, touchDebts, type Options, type World } from './world';

/** One visit, with the obligations that came of it. */
export interface Visit {
  world: World;
  chance: Chance;
  atMs: number;
  debts: readonly Debt[];
}

/** From 07:00 to 17:00. */
const openMs = 10 * hourMs;
const usualPaymentsADay = 20_000;
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
    const chosen: readonly Errand[] = habit.isDouble ? double : [habit.isSameAmount ? oneOnly(same) : same];
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
    for (const errand of chosen) debts.push(await issue(visit, dossier, errand, place.counterIds[chance.below(place.counterIds.length)]));
  }
  if (!habit.isWithoutQr) for (const debt of debts) await offer(world, debt);
  return () => {
    world.dossiers.push(...new Set(debts.map(({ dossier }) => dossier)));
    for (const debt of debts) world.debts.set(debt.id, debt);
    touchDebts(world, debts);
    habit.pay({ ...visit, debts });
  };
}

/** Of which everybody asks for the same. */
const oneOnly = ({ mostUnits, ...errand }: Errand): Errand => ({ ...errand, mostQuantity: 1, ...(mostUnits ? { mostUnits: 1 } : {}) });

async function issue(
  { world, chance }: Omit<Visit, 'debts'>,
  dossier: Dossier,
  errand: Errand,
  counterId: string | undefined,
): Promise<Debt> {
  const { bytes, reference } = freeReference(world, chance);
  const { ctx } = world;
  const random = (count: number) => (count === referenceRandomBytes ? bytes : ctx.random(count));
  const issued = await issueObligation(
    { ...ctx, random },
    {
      actor: oneStopSystem,
      dossier: {
        code: dossier.code,
        procedureCode: dossier.procedureCode,
        agencyCode: dossier.agencyCode,
        channel: 'counter',
        applicant: { name: 'Nguyễn Thị Mẫu' },
      },
      fees: [
        {
          feeId: errand.feeId,
          ...(errand.mostUnits ? { units: between(chance, 1, errand.mostUnits) } : {}),
          ...(errand.mostQuantity ? { quantity: between(chance, 1, errand.mostQuantity) } : {}),
        },
      ],
      ...(counterId ? { counterId } : {}),
    },
  );
  const { id, due } = issued.obligation;
  mustHold(issued.obligation.reference === reference, 'an obligation gets the reference that was drawn for it');
  const debt: Debt = {
    number: dossier.number * 2 + dossier.debts.length,
    id,
    reference,
    dossier,
    due: due.toJSON(),
    isCancelled: false,
    offers: [],
    credits: new Map(),
  };
  dossier.debts.push(debt);
  count(world.acts, 'obligations issued');
  return debt;
}

/** Drawn beforehand, so that it is the same however often the service has to try again. */
function freeReference({ references }: World, chance: Chance): { bytes: Uint8Array; reference: string } {
  for (;;) {
    const bytes = chance.bytes(referenceRandomBytes);
    const reference = drawReference(bytes);
    if (references.has(reference)) continue;
    references.add(reference);
    return { bytes, reference };
  }
}

/** A sound code that no obligation has or will have. */
export const codeOfNobody = (world: World, chance: Chance): string => freeReference(world, chance).reference;

/** A QR for what is outstanding; where nothing is, a refusal with its name. */
export async function offer(world: World, debt: Debt): Promise<void> {
  const wanted = debt.isCancelled ? 'obligation_cancelled' : outstandingOf(debt) === 0 ? 'obligation_already_paid' : undefined;
  const offered = await asked(requestPayment(world.ctx, { actor: oneStopSystem, obligationId: debt.id, method: 'vietqr' }));
  if (typeof offered === 'string')
    return mustHold(offered === wanted, 'a QR is offered while something is owed', () => `${debt.id}: ${offered}`);
  const expiresMs = world.clock.ms + world.ctx.config.paymentRequestMinutes * minuteMs;
  const { request, account } = offered;
  const isRight =
    request.amount.toJSON() === outstandingOf(debt) && account.id === debt.dossier.accountId && epochMsOf(request.expiresAt) === expiresMs;
  mustHold(wanted === undefined && isRight, 'a QR is for what is owed, to the account of the agency', () => JSON.stringify(request));
  debt.offers.push({ accountId: account.id, expiresMs });
  count(world.acts, 'QRs offered');
}
