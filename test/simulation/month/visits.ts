// Visits: who comes on a day, which trouble each will make, and the obligations that are issued for them.
import { issueObligation } from '../../../src/actions/issueObligation';
import { requestPayment } from '../../../src/actions/requestPayment';
import { drawReference, referenceRandomBytes } from '../../../src/domain/reference';
import type { Day } from '../../../src/domain/time';
import { weighed } from '../chances';
import { errands, oneStopSystem } from '../office';
import { count } from '../world';
import type { Desk } from './desks';
import { kindNamed, troubles, usualShares, type Kind, type Visit } from './kinds';
import { inTurns, msAt, turnOf, type Month } from './month';
import { expectIn, move } from './movements';
import type { Debt, Movement } from './truth';

const issuedAtOnce = 32;
/** Above all that fees come to, and each its own. */
const oddFrom = 2_000_007;

/** From which hour to which. */
const hoursOf: Readonly<Record<NonNullable<Kind['part']> | 'day', readonly [number, number]>> = {
  dawn: [0.5, 4.9],
  morning: [7, 11.9],
  evening: [22, 23.9],
  day: [7, 20.9],
};

/** Everything that will happen on a day: the movements of it. Obligations are issued at once. */
export async function planDay(month: Month, day: Day): Promise<Movement[]> {
  const before = month.movements.length;
  const visits = month.desks.flatMap((desk) => namesFor(month, day, quotaOf(month, desk, day)).map((name) => ({ desk, name })));
  const issues = visits.map((visit, place) => ({ ...visit, number: month.debts.length + place }));
  const debts = await inTurns(issues, issuedAtOnce, async (issue) => ({ ...issue, debt: await issueFor(month, issue) }));
  month.debts.push(...debts.map(({ debt }) => debt));
  for (const { desk, name, debt } of debts) {
    count(month.counts, name);
    kindNamed(name).make(visitOf(month, desk, day, name, debt));
  }
  return month.movements.slice(before);
}

/** Payments of one account and day; what does not divide comes on the first ones. */
function quotaOf({ options: { payments, accounts, days }, firstDay }: Month, { place }: Desk, day: Day): number {
  const cells = accounts * days;
  const cell = Math.round((Date.parse(day) - Date.parse(firstDay)) / 86_400_000) * accounts + place;
  return Math.floor(payments / cells) + (cell < payments % cells ? 1 : 0);
}

const troubleNames = Object.keys(troubles) as [string, ...string[]];

/** Troubles in turn, so that none is forgotten; among them the usual. */
function namesFor(month: Month, day: Day, quota: number): string[] {
  return Array.from({ length: quota }, () => {
    if (month.chance.next() >= month.options.troubles) return weighed(month.chance, usualShares);
    const name = turnOf(month, 'turn', troubleNames);
    return kindNamed(name).needsNextDay && day >= month.lastDay ? 'told' : name;
  });
}

interface Issue {
  desk: Desk;
  /** Of its kind. */
  name: string;
  number: number;
}

async function issueFor(month: Month, { desk, name, number }: Issue): Promise<Debt> {
  const { ctx } = month;
  const kind = kindNamed(name);
  const errand = errands[number % errands.length] ?? errands[0];
  const agencyCode = kind.isWithoutCollector ? desk.withoutCollector : desk.collecting;
  const code = `000.00.18.H26-261123-${String(number + 1).padStart(6, '0')}`;
  const dossier = {
    code,
    procedureCode: errand.procedureCode,
    agencyCode,
    channel: 'counter' as const,
    applicant: { name: 'Nguyễn Thị Mẫu' },
  };
  const { obligation } = await issueObligation(ctx, {
    actor: oneStopSystem,
    dossier,
    fees: [
      {
        feeId: errand.feeId,
        ...(errand.mostUnits ? { units: 1 + (number % errand.mostUnits) } : {}),
        ...(errand.mostQuantity ? { quantity: 1 + ((number >> 3) % errand.mostQuantity) } : {}),
      },
    ],
  });
  if (kind.isWithQr) await requestPayment(ctx, { actor: oneStopSystem, obligationId: obligation.id, method: 'vietqr' });
  const { id, reference, due } = obligation;
  if (kind.isCancelled) await month.call('POST', `/api/obligations/${id}/cancel`, { body: { reason: 'rút hồ sơ' } });
  return { id, reference, dossierCode: code, agencyCode, feeId: errand.feeId, due: due.toJSON(), hasCollector: !kind.isWithoutCollector };
}

function visitOf(month: Month, desk: Desk, day: Day, name: string, debt: Debt): Visit {
  const [from, to] = hoursOf[kindNamed(name).part ?? 'day'];
  const atMs = Math.floor(msAt(day, from + month.chance.next() * (to - from)) / 1_000) * 1_000;
  return {
    ...{ desk, day, atMs, debt },
    otherDesk: month.desks[(desk.place + 1) % month.desks.length] ?? desk,
    oddAmount: () => {
      count(month.counts, 'odd amounts');
      return oddFrom + 10 * (month.counts.get('odd amounts') ?? 0);
    },
    foreignReference: () => foreignReference(month),
    move: (planned) => move(month, { desk, day, atMs, debt, name }, planned),
    payBeside: (way) => void month.beside.push({ desk, day, debt, way }),
    expect: (expected) => expectIn(month, { desk, day, debt, ...expected }),
  };
}

function foreignReference({ chance, debts }: Month): string {
  for (;;) {
    const reference = drawReference(chance.bytes(referenceRandomBytes));
    if (!debts.some((debt) => debt.reference === reference)) return reference;
  }
}

/** Those of a day that happen between two hours of it, in their order. */
export function happeningBetween(movements: readonly Movement[], day: Day, from: number, to: number): Movement[] {
  const [fromMs, toMs] = [msAt(day, from), msAt(day, to)];
  return movements.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).sort((a, b) => a.atMs - b.atMs || a.number - b.number);
}
