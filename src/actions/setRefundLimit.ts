// Sets up to which amount a role may approve refunds, in the units or in the head office; the limits before it stay on record.
import type { Context } from '../context';
import type { Money } from '../domain/money';
import type { ApproverRole, RefundLevel, RefundLimit } from '../domain/refundRights';
import { levelOf } from '../domain/refundRights';
import { can, signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';

export interface LimitSetting {
  actor: Actor;
  role: ApproverRole;
  level: RefundLevel;
  /** Absent: any amount. */
  amount?: Money;
  reason: string;
}

/**
 * An administrator sets any of them, a supervisor of the head office those of the units. Throws role_insufficient, refund_limit_own, and
 * refund_changed where somebody set it at the same time.
 */
export async function setRefundLimit(ctx: Context, { actor, ...limit }: LimitSetting): Promise<RefundLimit> {
  if (actor.kind === 'system') throw new Problem('person_required');
  return ctx.store.transact(async (tables) => {
    if (!can(actor, 'administer')) {
      if (!can(actor, 'approve_refunds')) throw new Problem('role_insufficient');
      const isHead = levelOf(await tables.agencies.list(), actor.agencyCode) === 'head';
      if (!isHead || limit.level === 'head') throw new Problem('refund_limit_own');
    }
    const before = (await tables.refundRights.listLimits()).find(({ role, level }) => role === limit.role && level === limit.level);
    const set = { ...limit, version: (before?.version ?? 0) + 1, setBy: signatureOf(actor), setAt: ctx.now() };
    if (!(await tables.refundRights.keepLimit(set))) throw new Problem('refund_changed');
    return set;
  });
}
