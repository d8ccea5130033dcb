// Who may approve a refund: by role up to an amount, in the units or in the head office; by delegation for some days; and never a maker.
import { isWithin, type Agency } from './agency';
import { vnd, type Money } from './money';
import { approvalsIn, type RefundStep } from './refund';
import type { Actor, Role } from './role';
import { isBetween, type Day, type Instant } from './time';

export const approverRoles = ['finance_supervisor', 'leader'] as const satisfies readonly Role[];
export type ApproverRole = (typeof approverRoles)[number];

/** An agency without one above it is the head office. */
export const refundLevels = ['unit', 'head'] as const;
export type RefundLevel = (typeof refundLevels)[number];

/** The newest of a role and level counts; without an amount there is no limit. */
export interface RefundLimit {
  role: ApproverRole;
  level: RefundLevel;
  version: number;
  amount?: Money;
  reason: string;
  setBy: string;
  setAt: Instant;
}

export interface RefundDelegation {
  id: string;
  from: string;
  to: string;
  amount: Money;
  validFrom: Day;
  validTo: Day;
  reason: string;
  madeAt: Instant;
  ended?: { by: string; at: Instant; reason: string };
}

/** As long as nobody has set another: what a unit decides by itself, and what goes up. */
const usualLimits: Readonly<Record<ApproverRole, Readonly<Record<RefundLevel, Money | undefined>>>> = {
  finance_supervisor: { unit: vnd(5_000_000), head: vnd(50_000_000) },
  leader: { unit: vnd(50_000_000), head: undefined },
};

/** Undefined: no limit. `limits` are the newest ones. */
export function limitOf(limits: readonly RefundLimit[], role: ApproverRole, level: RefundLevel): Money | undefined {
  const set = limits.find((limit) => limit.role === role && limit.level === level);
  return set ? set.amount : usualLimits[role][level];
}

export const levelOf = (agencies: readonly Agency[], agencyCode: string): RefundLevel =>
  agencies.find(({ code }) => code === agencyCode)?.parentCode === undefined ? 'head' : 'unit';

/** An officer as far as rights go. */
export interface Approver {
  officerId: string;
  role: Role;
  agencyCode: string;
}

export const approverOf = (actor: Actor): Approver | undefined =>
  actor.kind === 'person' ? { officerId: actor.officerId, role: actor.role, agencyCode: actor.agencyCode } : undefined;

const approverRoleOf = ({ role }: Approver): ApproverRole | undefined => approverRoles.find((one) => one === role);

export interface Rights {
  agencies: readonly Agency[];
  limits: readonly RefundLimit[];
  /** Of which the one who asks is the delegate. */
  delegations: readonly RefundDelegation[];
  /** Those who delegated, and those who approved before, by id. */
  officers: ReadonlyMap<string, Approver>;
  today: Day;
}

/** By whose right somebody approves; or why not. */
export type Authority =
  | { ok: true; onBehalfOf?: string }
  | { ok: false; why: 'role_insufficient' | 'refund_over_limit' | 'refund_delegation_over' | 'second_person_required' };

/** What is to be approved: how much, of which agency, and by how many persons. */
export interface ToApprove {
  amount: Money;
  agencyCode: string;
  needed: 1 | 2;
}

/**
 * The own right first, then those that were lent. Whoever asked for the refund, said where it goes, or approved it before may not approve,
 * nor may anybody with the right of such a person. Of two who approve, the limit of one has to reach the amount.
 */
export function authorityFor(approver: Approver, refund: ToApprove, steps: readonly RefundStep[], rights: Rights): Authority {
  const makers = new Set(makersOf(steps));
  if (makers.has(approver.officerId)) return { ok: false, why: 'second_person_required' };
  const isCarried = refund.needed === 2 && mayCarry(approvalsIn(steps), refund.amount, rights);
  const own = ownRight(approver, isCarried ? least : refund.amount, rights);
  if (own.ok) return own;
  let why = own.why;
  for (const delegation of rights.delegations) {
    const lent = lentRight(delegation, refund, isCarried, makers, rights);
    if (lent.ok) return lent;
    why = lent.why;
  }
  return { ok: false, why };
}

const least = vnd(1);

/** The other one of two is still to come, or has a limit that reaches it. */
const mayCarry = (others: readonly RefundStep[], amount: Money, rights: Rights): boolean =>
  others.every(({ by, onBehalfOf }) => {
    const other = rights.officers.get(onBehalfOf ?? by);
    return other !== undefined && ownRight(other, amount, rights).ok;
  });

/** All who made what is to be approved, and the first of two who approved it, with those whose rights they used. */
function makersOf(steps: readonly RefundStep[]): string[] {
  const made = steps.filter(({ act }) => act === 'request' || act === 'prepare');
  return [...made, ...approvalsIn(steps)].flatMap(({ by, onBehalfOf }) => [by, ...(onBehalfOf ? [onBehalfOf] : [])]);
}

function ownRight(approver: Approver, amount: Money, { agencies, limits }: Rights): Authority {
  const role = approverRoleOf(approver);
  if (!role) return { ok: false, why: 'role_insufficient' };
  const limit = limitOf(limits, role, levelOf(agencies, approver.agencyCode));
  return limit === undefined || amount.compare(limit) <= 0 ? { ok: true } : { ok: false, why: 'refund_over_limit' };
}

function lentRight(
  delegation: RefundDelegation,
  { amount, agencyCode }: ToApprove,
  isCarried: boolean,
  makers: ReadonlySet<string>,
  rights: Rights,
): Authority {
  if (!isInForce(delegation, rights.today)) return { ok: false, why: 'refund_delegation_over' };
  if (makers.has(delegation.from)) return { ok: false, why: 'second_person_required' };
  const lender = rights.officers.get(delegation.from);
  if (!lender || !isWithin(rights.agencies, agencyCode, lender.agencyCode)) return { ok: false, why: 'role_insufficient' };
  const right = ownRight(lender, isCarried ? least : amount, rights);
  if (!right.ok) return right;
  if (amount.compare(delegation.amount) > 0) return { ok: false, why: 'refund_over_limit' };
  return { ok: true, onBehalfOf: delegation.from };
}

export const isInForce = ({ ended, validFrom, validTo }: RefundDelegation, today: Day): boolean =>
  ended === undefined && isBetween(today, validFrom, validTo);
