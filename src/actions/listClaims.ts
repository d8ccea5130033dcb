// Lists citizens' claims for the finance desk, the overdue ones first, and shows one with its money, its obligation and its steps.
import type { Context, ReadTables } from '../context';
import { netBySource, type Allocation } from '../domain/allocation';
import { isOpenClaim, type Claim, type ClaimStep } from '../domain/claim';
import type { Dossier } from '../domain/dossier';
import type { Obligation } from '../domain/obligation';
import type { Actor } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demand, demandSight, sightOf } from './demand';
import { fittingMoney, type FittingMoney } from './fittingMoney';

export interface ListedClaim {
  claim: Claim;
  obligation: Obligation;
}

const mostOpen = 200;
const mostClosed = 50;

/** Open ones by their deadline, or the last ones that ended. No more than 200. */
export async function listClaims(ctx: Context, actor: Actor, which: 'open' | 'closed'): Promise<ListedClaim[]> {
  demand(actor, 'resolve');
  const { tables } = ctx.store;
  const agencyCodes = (await sightOf(tables, actor)) ?? [];
  const claims =
    which === 'open' ? await tables.claims.listDue(agencyCodes, mostOpen) : await tables.claims.listClosed(agencyCodes, mostClosed);
  if (claims.length === 0) return [];
  const obligations = await tables.obligations.listByIds([...new Set(claims.map(({ obligationId }) => obligationId))]);
  return claims.flatMap((claim) => {
    const obligation = obligations.find(({ id }) => id === claim.obligationId);
    return obligation ? [{ claim, obligation }] : [];
  });
}

export interface SeenClaim extends ListedClaim, FittingMoney {
  dossier: Dossier | undefined;
  /** What was proposed, confirmed or attached. */
  transaction: Transaction | undefined;
  /** What came for the obligation. */
  received: readonly Allocation[];
  steps: readonly ClaimStep[];
  /** Other open claims for which the same money is proposed or confirmed. */
  rivals: readonly Claim[];
}

/** Throws claim_unknown, also for what the actor may not see. */
export async function seeClaim(ctx: Context, actor: Actor, id: string): Promise<SeenClaim> {
  demand(actor, 'resolve');
  const { tables } = ctx.store;
  const claim = await tables.claims.find(id);
  await demandSight(tables, actor, claim?.agencyCode, 'claim_unknown');
  const obligation = claim && (await tables.obligations.find(claim.obligationId));
  if (!claim || !obligation) throw new Problem('claim_unknown');
  const { transactionId } = claim;
  const found = isOpenClaim(claim) ? await fittingMoney(tables, claim, obligation, ctx.now()) : { fitting: [], isWhole: true };
  return {
    ...found,
    claim,
    obligation,
    dossier: (await tables.dossiers.listByIds([obligation.dossierId]))[0],
    transaction: transactionId === undefined ? undefined : await tables.transactions.find(transactionId),
    received: netBySource(await tables.allocations.ofObligations([obligation.id])),
    steps: await tables.claims.stepsOf(id),
    rivals: await rivalsOf(tables, claim),
  };
}

async function rivalsOf(tables: ReadTables, { id, transactionId }: Claim): Promise<Claim[]> {
  if (transactionId === undefined) return [];
  return (await tables.claims.ofTransaction(transactionId)).filter((claim) => claim.id !== id && isOpenClaim(claim));
}
