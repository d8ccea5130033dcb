// People who change fees in tests, and a clock that a test may set.
import type { FeeDraftRequest } from '../../src/actions/draftFee';
import type { Fee } from '../../src/domain/fee';
import type { Actor, Role } from '../../src/domain/role';
import { instantOf, type Day, type Instant } from '../../src/domain/time';
import { feeNamed } from './fees';

export const staff = (login: string, role: Role, agencyCode = 'H26'): Actor & { kind: 'person' } => ({
  kind: 'person',
  officerId: `of-${login}`,
  name: login,
  role,
  agencyCode,
});

export const drafter = staff('ketoan', 'finance_officer');
export const approver = staff('ketoantruong', 'finance_supervisor');
export const leader = staff('lanhdao', 'leader');

/** A clock in Vietnam time that stands until it is set. */
export function clockAt(start: string): { now: () => Instant; set: (time: string) => void } {
  const at = (time: string): Instant => instantOf(Date.parse(`${time}+07:00`));
  let now = at(start);
  return { now: () => now, set: (time) => (now = at(time)) };
}

/** A change of a fee of the schedule from a day on. */
export const changeOf = (id: string, from: string, change: Partial<Fee>, actor: Actor = drafter): FeeDraftRequest => {
  const { validTo: _, ...fee } = feeNamed(id);
  return { actor, fee: { ...fee, ...change, validFrom: from as Day }, reason: 'Nghị quyết mới của Hội đồng nhân dân' };
};

export const fixed = (amount: number, unit = 'ho_so'): Fee['rule'] => ({ type: 'fixed', amount, unit });
