// Raises a claim: whoever has the link of a payment page says that a transfer for it is nowhere to be seen, and reads what became of that.
import type { Context } from '../context';
import type { Agency } from '../domain/agency';
import { netBySource, type Allocation } from '../domain/allocation';
import { answerByOf, claimedReference, faultsIn, isOpenClaim, mostOpenClaims, type Claim, type ClaimFacts } from '../domain/claim';
import type { Obligation } from '../domain/obligation';
import { dayOf } from '../domain/time';
import { Problem } from '../problems';
import { demandPayable } from './offerQr';
import { obligationBehind } from './openPayPage';

export interface SeenClaims {
  obligation: Obligation;
  agency: Agency | undefined;
  /** In the order in which they were raised. */
  claims: readonly Claim[];
  /** What came for this obligation, by the time of payment. */
  received: readonly Allocation[];
}

/** Who takes the first step, in the list of steps. */
export const citizen = 'citizen';

/**
 * The claim, to be searched for; the same one where it is said twice. What fits is not looked at here, so that the answer tells nothing of it.
 * Throws pay_page_unknown, claim_invalid naming the fields, claims_too_many, and what `demandPayable` throws.
 */
export async function raiseClaim(ctx: Context, token: string, said: ClaimFacts): Promise<Claim> {
  const { id: obligationId } = await obligationBehind(ctx, token);
  const at = ctx.now();
  const facts = said.bankReference === undefined ? said : { ...said, bankReference: claimedReference(said.bankReference) };
  const faults = faultsIn(facts, dayOf(at));
  if (faults.length > 0) throw new Problem('claim_invalid', faults.join(', '));
  return ctx.store.transact(async (tables) => {
    const obligation = await tables.obligations.find(obligationId);
    if (!obligation) throw new Problem('pay_page_unknown');
    const open = (await tables.claims.ofObligation(obligationId)).filter(isOpenClaim);
    const same = open.find((claim) => isSame(claim, facts));
    if (same) return same;
    demandPayable(obligation);
    if (open.length >= mostOpenClaims) throw new Problem('claims_too_many');
    const { agencyCode } = obligation;
    const times = { raisedAt: at, answerBy: answerByOf(at) };
    const claim: Claim = { ...facts, ...times, id: ctx.id('claim'), obligationId, agencyCode, state: 'searching', version: 1 };
    await tables.claims.keep(claim, citizen);
    return claim;
  });
}

/** Throws pay_page_unknown. */
export async function seeOwnClaims(ctx: Context, token: string): Promise<SeenClaims> {
  const { tables } = ctx.store;
  const obligation = await obligationBehind(ctx, token);
  return {
    obligation,
    agency: (await tables.agencies.list()).find(({ code }) => code === obligation.agencyCode),
    claims: await tables.claims.ofObligation(obligation.id),
    received: netBySource(await tables.allocations.ofObligations([obligation.id])),
  };
}

const isSame = (claim: Claim, facts: ClaimFacts): boolean =>
  claim.amount.equals(facts.amount) &&
  (['paidOn', 'paidAbout', 'bankBin', 'accountDigits', 'bankReference'] as const).every((field) => claim[field] === facts[field]);
