// Sets how much of a fee a unit may keep: proposed by one person, approved or refused by another.
import type { Context } from '../context';
import type { RemitDay, Retention } from '../domain/retention';
import { signatureOf, type Actor } from '../domain/role';
import type { Day } from '../domain/time';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';

export interface RetentionProposal {
  actor: Actor;
  agencyCode: string;
  feeId: string;
  /** In hundredths of a percent. */
  retainedPoints: number;
  remitByDay: RemitDay;
  legalBasis: string;
  validFrom: Day;
  validTo?: Day;
}

/** Lệ phí is the budget's whole (Law 97/2015/QH13). Throws agency_unknown, fee_unknown, retention_not_for_le_phi, retention_dates_wrong. */
export async function proposeRetention(ctx: Context, { actor, ...given }: RetentionProposal): Promise<Retention> {
  demand(actor, 'remit');
  const proposed = await ctx.store.transact(async (tables) => {
    await demandSight(tables, actor, given.agencyCode, 'agency_unknown');
    const fee = await tables.procedures.findFee(given.feeId);
    if (!fee) throw new Problem('fee_unknown', given.feeId);
    if (fee.kind === 'le_phi' && given.retainedPoints > 0) throw new Problem('retention_not_for_le_phi', given.feeId);
    if (given.validTo !== undefined && given.validTo < given.validFrom) throw new Problem('retention_dates_wrong');
    const retention = { id: ctx.id('retention'), ...given, proposedBy: signatureOf(actor), proposedAt: ctx.now() };
    await tables.retentions.keep(retention);
    return retention;
  });
  ctx.bell.ring();
  return proposed;
}

export interface RetentionDecision {
  actor: Actor;
  retentionId: string;
  decision: 'approved' | 'refused';
}

/** Whoever proposed it may take it back, not approve it. Throws retention_unknown, retention_decided, second_person_required. */
export async function decideRetention(ctx: Context, { actor, retentionId, decision }: RetentionDecision): Promise<Retention> {
  demand(actor, 'approve_remittance');
  const decided = await ctx.store.transact(async (tables) => {
    const found = await tables.retentions.find(retentionId);
    await demandSight(tables, actor, found?.agencyCode, 'retention_unknown');
    if (!found) throw new Problem('retention_unknown');
    const [by, at] = [signatureOf(actor), ctx.now()];
    if (decision === 'approved' && found.proposedBy === by) throw new Problem('second_person_required');
    const isFirst = await tables.retentions.keepDecision(retentionId, decision, by, at);
    if (!isFirst) throw new Problem('retention_decided');
    return { ...found, decision: { decision, by, at } };
  });
  ctx.bell.ring();
  return decided;
}
