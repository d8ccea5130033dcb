// Lends the right to approve refunds to somebody for some days and up to an amount, and takes it back; both stay on record.
import type { Context, Tables } from '../context';
import { isWithin } from '../domain/agency';
import type { Money } from '../domain/money';
import { approverOf, approverRoles, levelOf, limitOf, type RefundDelegation } from '../domain/refundRights';
import type { Role } from '../domain/role';
import { can, signatureOf, type Actor } from '../domain/role';
import { dayOf, type Day } from '../domain/time';
import { Problem } from '../problems';

export interface Lending {
  actor: Actor;
  /** The officer who may approve instead. */
  to: string;
  amount: Money;
  validFrom: Day;
  validTo: Day;
  reason: string;
}

/** Of those who work with money. */
export const delegateRoles: readonly Role[] = ['finance_officer', 'finance_supervisor', 'leader'];

/** Throws role_insufficient for who has no such right, and delegation_unfit for a wrong person, days or amount. */
export async function delegateRefunds(ctx: Context, { actor, ...lent }: Lending): Promise<RefundDelegation> {
  const approver = approverOf(actor);
  const role = approverRoles.find((one) => one === approver?.role);
  if (!approver || !role) throw new Problem(actor.kind === 'system' ? 'person_required' : 'role_insufficient');
  return ctx.store.transact(async (tables) => {
    const agencies = await tables.agencies.list();
    const limit = limitOf(await tables.refundRights.listLimits(), role, levelOf(agencies, approver.agencyCode));
    const delegate = await tables.officers.find(lent.to);
    const isFit =
      delegate !== undefined &&
      delegate.id !== approver.officerId &&
      delegateRoles.includes(delegate.role) &&
      isWithin(agencies, delegate.agencyCode, approver.agencyCode) &&
      lent.validFrom <= lent.validTo &&
      lent.validTo >= dayOf(ctx.now()) &&
      lent.amount.isPositive() &&
      (limit === undefined || lent.amount.compare(limit) <= 0);
    if (!isFit) throw new Problem('delegation_unfit');
    const delegation = { ...lent, id: ctx.id('delegation'), from: approver.officerId, madeAt: ctx.now() };
    await tables.refundRights.keepDelegation(delegation);
    return delegation;
  });
}

/** By whoever lent it, or an administrator. Throws delegation_unknown and delegation_ended. */
export async function endDelegation(
  ctx: Context,
  { actor, delegationId, reason }: { actor: Actor; delegationId: string; reason: string },
): Promise<void> {
  await ctx.store.transact(async (tables) => {
    const delegation = await delegationOf(tables, actor, delegationId);
    if (delegation.ended) throw new Problem('delegation_ended');
    if (!(await tables.refundRights.keepEnd(delegationId, { by: signatureOf(actor), at: ctx.now(), reason })))
      throw new Problem('delegation_ended');
  });
}

async function delegationOf(tables: Tables, actor: Actor, id: string): Promise<RefundDelegation> {
  const delegation = await tables.refundRights.findDelegation(id);
  if (!delegation || (delegation.from !== signatureOf(actor) && !can(actor, 'administer'))) throw new Problem('delegation_unknown');
  return delegation;
}
