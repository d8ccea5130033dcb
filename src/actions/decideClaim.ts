// Decides about a citizen's claim: one person confirms the money, another attaches it, in one commit with its booking; or it is answered with facts.
import type { Context, Tables } from '../context';
import { normalForm } from '../domain/contentLetters';
import { faultsInAnswer, isOpenClaim, type Claim, type ClaimAnswer, type ClaimStep } from '../domain/claim';
import { isPayable, type Obligation } from '../domain/obligation';
import { signatureOf, type Actor } from '../domain/role';
import { dayOf } from '../domain/time';
import { Problem } from '../problems';
import { demand, demandSight, sightOf } from './demand';
import { fittingMoney } from './fittingMoney';
import { legsOf } from './openBasket';
import { resolveIn } from './resolveTransaction';

interface Deciding {
  actor: Actor;
  claimId: string;
  /** As the actor saw it: with more steps by now, nothing is decided. */
  version: number;
}

/** The first of two persons says that this money is what the claim is about. Throws claim_money_gone where it does not fit. */
export const confirmClaim = (ctx: Context, request: Deciding & { transactionId: string }): Promise<Claim> =>
  decide(ctx, request, async (tables, { claim, obligation }) => {
    if (claim.state === 'confirmed') throw new Problem('claim_changed');
    await demandFit(ctx, tables, claim, obligation, request.transactionId);
    return { ...claim, state: 'confirmed', transactionId: request.transactionId, confirmedBy: signatureOf(request.actor) };
  });

/** The second one attaches it. Throws second_person_required, claim_money_gone, and what `resolveTransaction` throws. */
export const attachClaim = (ctx: Context, request: Deciding & { reason: string }): Promise<Claim> =>
  decide(ctx, request, async (tables, { claim, obligation }) => {
    const { state, transactionId, confirmedBy } = claim;
    if (state !== 'confirmed' || transactionId === undefined) throw new Problem('claim_changed');
    if (confirmedBy === signatureOf(request.actor)) throw new Problem('second_person_required');
    await demandFit(ctx, tables, claim, obligation, transactionId);
    for (const leg of await payableLegs(tables, claim, obligation)) {
      const decision = { actor: request.actor, transactionId, obligationId: leg.id, reason: request.reason };
      const { money } = await resolveIn(ctx, tables, { ...decision, action: 'allocate' });
      if (!money.unapplied.isPositive()) break;
    }
    return { ...claim, state: 'attached', closedAt: ctx.now() };
  });

/** Of a basket those that still ask for money, each of which gets its own; else the obligation, which says itself when it asks for none. */
async function payableLegs(tables: Tables, { basket }: Claim, obligation: Obligation): Promise<Obligation[]> {
  if (basket === undefined) return [obligation];
  const named = await tables.obligations.named([basket]);
  const legs = await legsOf(
    tables,
    named.map(({ obligationId }) => obligationId),
  );
  const open = legs.filter(isPayable);
  return open.length > 0 ? open : [obligation];
}

/** What was confirmed is so no longer; `reason` says why. */
export const sendBackClaim = (ctx: Context, request: Deciding & { reason: string }): Promise<Claim> =>
  decide(
    ctx,
    request,
    async (_tables, { claim: { transactionId: _old, confirmedBy: _maker, ...claim } }) => {
      if (claim.state !== 'confirmed') throw new Problem('claim_changed');
      return { ...claim, state: 'searching' };
    },
    request.reason,
  );

/** Ends it without money. Throws claim_answer_empty naming the fields where the answer says no facts of this case. */
export const answerClaim = (ctx: Context, request: Deciding & { answer: ClaimAnswer }): Promise<Claim> =>
  decide(ctx, request, async (tables, { claim: { transactionId: _old, confirmedBy: _maker, ...claim } }) => {
    const { answer, actor } = request;
    const faults = faultsInAnswer(answer, dayOf(ctx.now()));
    if (faults.length > 0) throw new Problem('claim_answer_empty', faults.join(', '));
    await demandKnown(tables, actor, answer);
    return { ...claim, state: 'answered', answer, closedAt: ctx.now() };
  });

interface OpenClaim {
  claim: Claim;
  obligation: Obligation;
}

async function decide(
  ctx: Context,
  { actor, claimId, version }: Deciding,
  next: (tables: Tables, open: OpenClaim) => Promise<Claim>,
  reason?: string,
): Promise<Claim> {
  demand(actor, 'resolve');
  const decided = await ctx.store.transact(async (tables) => {
    const claim = await tables.claims.find(claimId);
    await demandSight(tables, actor, claim?.agencyCode, 'claim_unknown');
    const obligation = claim && (await tables.obligations.find(claim.obligationId));
    if (!claim || !obligation) throw new Problem('claim_unknown');
    if (!isOpenClaim(claim) || claim.version !== version) throw new Problem('claim_changed');
    const after = { ...(await next(tables, { claim, obligation })), version: version + 1 };
    const step: Pick<ClaimStep, 'by' | 'at' | 'reason'> = { by: signatureOf(actor), at: ctx.now(), ...(reason ? { reason } : {}) };
    if (!(await tables.claims.mark(after, step))) throw new Problem('claim_changed');
    return after;
  });
  ctx.bell.ring();
  return decided;
}

async function demandFit(ctx: Context, tables: Tables, claim: Claim, obligation: Obligation, transactionId: string): Promise<void> {
  const { fitting } = await fittingMoney(tables, claim, obligation, ctx.now());
  if (!fitting.some(({ transaction }) => transaction.id === transactionId)) throw new Problem('claim_money_gone');
}

/** Where the answer says that the money is with us, its reference must be one that we were told of. */
async function demandKnown(tables: Tables, actor: Actor, { outcome, bankReference }: ClaimAnswer): Promise<void> {
  if (bankReference === undefined || outcome === 'not_found' || outcome === 'other_account') return;
  const agencyCodes = await sightOf(tables, actor);
  const naming = { orderIds: [], bankReferences: [bankReference, normalForm(bankReference)] };
  const known = await tables.transactions.list({ ...(agencyCodes ? { agencyCodes } : {}), naming }, 1);
  if (known.length === 0) throw new Problem('claim_answer_empty', 'bankReference');
}
