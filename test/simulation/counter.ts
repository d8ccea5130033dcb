// At the counter: obligations are issued and QRs offered, and the service must answer as the simulator's truth says.
import { issueObligation } from '../../src/actions/issueObligation';
import { requestPayment } from '../../src/actions/requestPayment';
import { drawReference, referenceRandomBytes } from '../../src/domain/reference';
import { epochMsOf } from '../../src/domain/time';
import { mustHold } from './broken';
import { between, type Chance } from './chances';
import { oneStopSystem, type Errand } from './office';
import { outstandingOf, type Debt, type Dossier } from './truth';
import { asked, count, minuteMs, type World } from './world';

/** Obligations of one dossier. */
const mostDebts = 4;

/** A new obligation of a dossier. Throws what the service throws. */
export async function issue(world: World, chance: Chance, dossier: Dossier, errand: Errand, counterId?: string): Promise<Debt> {
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
    number: dossier.number * mostDebts + dossier.debts.length,
    id,
    reference,
    dossier,
    errand,
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
  const closed = debt.due === 0 ? 'obligation_free' : 'obligation_already_paid';
  const wanted = debt.isCancelled ? 'obligation_cancelled' : outstandingOf(debt) === 0 ? closed : undefined;
  const offered = await asked(requestPayment(world.ctx, { actor: oneStopSystem, obligationId: debt.id, method: 'vietqr' }));
  if (typeof offered === 'string')
    return mustHold(offered === wanted, 'a QR is offered while something is owed', () => `${debt.id}: ${offered}`);
  const expiresMs = world.clock.ms + world.ctx.config.paymentRequestMinutes * minuteMs;
  const { request } = offered;
  const isRight =
    request.amount.toJSON() === outstandingOf(debt) &&
    request.accountId === debt.dossier.accountId &&
    epochMsOf(request.expiresAt) === expiresMs;
  mustHold(wanted === undefined && isRight, 'a QR is for what is owed, to the account of the agency', () => JSON.stringify(request));
  debt.offers.push({ accountId: request.accountId, madeMs: world.clock.ms, expiresMs });
  count(world.acts, 'QRs offered');
}
