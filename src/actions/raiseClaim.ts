// Raises a claim: whoever has the link of a payment page says that a transfer for it is nowhere to be seen, and reads what became of that.
import type { Context } from '../context';
import type { Agency } from '../domain/agency';
import { netBySource, type Allocation } from '../domain/allocation';
import { answerByOf, claimedReference, faultsIn, isOpenClaim, mostOpenClaims, type Claim, type ClaimFacts } from '../domain/claim';
import { isPayable, type Obligation } from '../domain/obligation';
import { dayOf } from '../domain/time';
import { Problem } from '../problems';
import { demandPayable } from './offerQr';
import { legsOf } from './openBasket';
import { namedByLink } from './openPayPage';

export interface SeenClaims {
  /** One, or the legs of a basket. */
  obligations: readonly Obligation[];
  agency: Agency | undefined;
  /** In the order in which they were raised. */
  claims: readonly Claim[];
  /** What came for them, by the time of payment. */
  received: readonly Allocation[];
}

/** Who takes the first step, in the list of steps. */
export const citizen = 'citizen';

/**
 * The claim, to be searched for; the same one where it is said twice. What fits is not looked at here, so that the answer tells nothing of it.
 * Throws pay_page_unknown, claim_invalid naming the fields, claims_too_many, and what `demandPayable` throws.
 */
export async function raiseClaim(ctx: Context, token: string, said: ClaimFacts): Promise<Claim> {
  const { obligationIds, basket } = await namedByLink(ctx, token);
  const at = ctx.now();
  const facts = said.bankReference === undefined ? said : { ...said, bankReference: claimedReference(said.bankReference) };
  const faults = faultsIn(facts, dayOf(at));
  if (faults.length > 0) throw new Problem('claim_invalid', faults.join(', '));
  return ctx.store.transact(async (tables) => {
    const legs = await legsOf(tables, obligationIds);
    const obligation = legs.find(isPayable) ?? legs[0];
    if (!obligation) throw new Problem('pay_page_unknown');
    const open = (await tables.claims.ofNamed(obligationIds, basket)).filter(isOpenClaim);
    const same = open.find((claim) => isSame(claim, facts));
    if (same) return same;
    demandPayable(obligation);
    if (open.length >= mostOpenClaims) throw new Problem('claims_too_many');
    const { id: obligationId, agencyCode } = obligation;
    const times = { raisedAt: at, answerBy: answerByOf(at) };
    const about = { ...facts, ...times, obligationId, agencyCode, ...(basket ? { basket } : {}) };
    const claim: Claim = { ...about, id: ctx.id('claim'), state: 'searching', version: 1 };
    await tables.claims.keep(claim, citizen);
    return claim;
  });
}

/** Throws pay_page_unknown. */
export async function seeOwnClaims(ctx: Context, token: string): Promise<SeenClaims> {
  const { tables } = ctx.store;
  const { obligationIds, basket } = await namedByLink(ctx, token);
  const obligations = await legsOf(tables, obligationIds);
  return {
    obligations,
    agency: (await tables.agencies.list()).find(({ code }) => code === obligations[0]?.agencyCode),
    claims: await tables.claims.ofNamed(obligationIds, basket),
    received: netBySource(await tables.allocations.ofObligations(obligationIds)),
  };
}

const isSame = (claim: Claim, facts: ClaimFacts): boolean =>
  claim.amount.equals(facts.amount) &&
  (['paidOn', 'paidAbout', 'bankBin', 'accountDigits', 'bankReference'] as const).every((field) => claim[field] === facts[field]);
