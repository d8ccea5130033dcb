// Approves a refund, by the own right or by one that was lent, or refuses it; never by whoever asked for it or said where it goes.
import type { Context, ReadTables, Tables } from '../context';
import { sumOf, vnd, type Money } from '../domain/money';
import {
  approvalsIn,
  approvalsNeeded,
  codeRandomBytes,
  refundCode,
  standingStates,
  type Refund,
  type RefundStep,
  type RefundWay,
} from '../domain/refund';
import { approverOf, authorityFor, type Approver, type Authority, type Rights } from '../domain/refundRights';
import { signatureOf, type Actor } from '../domain/role';
import { dayOf } from '../domain/time';
import { Problem } from '../problems';
import { announce, openRefund, takeStep, type OpenRefund, type RefundOpening } from './openRefund';
import { releaseIn } from './releaseRefund';
import { paymentAtGateway } from './refundWay';

/**
 * Approved once as many persons as are needed have said so. Throws refund_payee_unknown, second_person_required, refund_over_limit,
 * refund_delegation_over and role_insufficient.
 */
export async function approveRefund(ctx: Context, { reason, ...opening }: RefundOpening & { reason?: string }): Promise<OpenRefund> {
  demandPerson(opening.actor);
  const approved = await ctx.store.transact(async (tables) => {
    const open = await openRefund(ctx, tables, opening);
    const { onBehalfOf } = await demandAuthority(ctx, tables, opening.actor, open);
    const way = await wayOf(ctx, tables, open);
    if (way === undefined) throw new Problem('refund_payee_unknown');
    const isLast = approvalsIn(open.steps).length + 1 >= approvalsNeeded(way, open.payee);
    const change = isLast ? { state: 'approved' as const, way, code: await freshCode(ctx, tables) } : {};
    const who = { by: signatureOf(opening.actor), ...(onBehalfOf ? { onBehalfOf } : {}), ...(reason ? { reason } : {}) };
    const refund = await takeStep(ctx, tables, open.refund, 'approve', change, who);
    if (isLast) await announce(ctx, tables, 'refund.approved', refund, open.transaction);
    return openRefund(ctx, tables, { actor: opening.actor, refundId: refund.id });
  });
  ctx.bell.ring();
  return approved;
}

/** The money waits for a home again. Throws as `approveRefund` does, whatever the amount. */
export async function refuseRefund(ctx: Context, { reason, ...opening }: RefundOpening & { reason: string }): Promise<OpenRefund> {
  demandPerson(opening.actor);
  const refused = await ctx.store.transact(async (tables) => {
    const open = await openRefund(ctx, tables, opening);
    const { onBehalfOf } = await demandAuthority(ctx, tables, opening.actor, open, vnd(1));
    const who = { by: signatureOf(opening.actor), reason };
    await takeStep(ctx, tables, open.refund, 'refuse', { state: 'refused' }, { ...who, ...(onBehalfOf ? { onBehalfOf } : {}) });
    await releaseIn(ctx, tables, open.refund, open.transaction, who);
    return openRefund(ctx, tables, { actor: opening.actor, refundId: open.refund.id });
  });
  ctx.bell.ring();
  return refused;
}

function demandPerson(actor: Actor): void {
  if (actor.kind === 'system') throw new Problem('person_required');
}

async function demandAuthority(
  ctx: Context,
  tables: ReadTables,
  actor: Actor,
  open: OpenRefund,
  amount?: Money,
): Promise<{ onBehalfOf?: string }> {
  const authority = await authorityOver(ctx, tables, actor, open, amount);
  if (!authority.ok) throw new Problem(authority.why);
  return authority;
}

/** Whether the actor may approve it as it stands. */
export async function authorityOver(
  ctx: Context,
  tables: ReadTables,
  actor: Actor,
  { refund, transaction, steps, payee }: OpenRefund,
  amount?: Money,
): Promise<Authority> {
  const approver = approverOf(actor);
  if (!approver) return { ok: false, why: 'role_insufficient' };
  const needed = approvalsNeeded(refund.way ?? 'gateway', payee);
  return authorityFor(
    approver,
    { amount: amount ?? (await sumOfCredit(tables, refund)), agencyCode: transaction.agencyCode ?? '', needed },
    steps,
    await rightsOf(ctx, tables, approver, steps),
  );
}

/** With what was approved of the same credit before: in parts it needs the same right as at once. */
async function sumOfCredit(tables: ReadTables, refund: Refund): Promise<Money> {
  const all = await tables.refunds.ofTransactions([refund.transactionId]);
  const approved = all.filter(({ id, state }) => id !== refund.id && state !== 'requested' && standingStates.some((one) => one === state));
  return sumOf([refund, ...approved].map(({ amount }) => amount));
}

/** All that decides what somebody may approve. */
async function rightsOf(ctx: Context, tables: ReadTables, { officerId }: Approver, steps: readonly RefundStep[]): Promise<Rights> {
  const delegations = await tables.refundRights.delegationsTo(officerId);
  const officers = new Map<string, Approver>();
  const approvers = approvalsIn(steps).map(({ by, onBehalfOf }) => onBehalfOf ?? by);
  for (const id of new Set([...delegations.map(({ from }) => from), ...approvers])) {
    const officer = await tables.officers.find(id);
    if (officer) officers.set(id, { officerId: id, role: officer.role, agencyCode: officer.agencyCode });
  }
  const limits = await tables.refundRights.listLimits();
  return { agencies: await tables.agencies.list(), limits, delegations, officers, today: dayOf(ctx.now()) };
}

/** As it was prepared; else through the gateway that holds the money. */
export async function wayOf(ctx: Context, tables: ReadTables, { refund, transaction }: OpenRefund): Promise<RefundWay | undefined> {
  if (refund.way !== undefined) return refund.way;
  return (await paymentAtGateway(ctx, tables, transaction)) ? 'gateway' : undefined;
}

/** Thirty bits of chance: where it is taken already, another one is drawn. */
async function freshCode(ctx: Context, tables: Tables): Promise<string> {
  for (;;) {
    const code = refundCode(ctx.random(codeRandomBytes));
    if (!(await tables.refunds.isCodeTaken(code))) return code;
  }
}
