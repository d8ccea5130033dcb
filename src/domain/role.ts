// Roles: who works with the service, and what each may do.
import type { Agency } from './agency';
import { isWithin } from './agency';

export const roles = ['counter_officer', 'finance_officer', 'finance_supervisor', 'leader', 'inspector', 'administrator'] as const;
export type Role = (typeof roles)[number];

export type Permission =
  | 'issue'
  | 'take_cash'
  | 'cancel'
  | 'see_obligations'
  | 'see_transactions'
  | 'resolve'
  | 'see_strange_money'
  | 'see_ratios'
  | 'sync_flag'
  | 'correct_receipts'
  | 'see_fee_drafts'
  | 'draft_fees'
  | 'approve_fees'
  | 'see_finance'
  | 'import_statements'
  | 'request_refunds'
  | 'approve_refunds'
  | 'prepare_close'
  | 'sign_close'
  | 'work_shift'
  | 'remit'
  | 'approve_remittance'
  | 'draft_rules'
  | 'adopt_rules'
  | 'administer';

/** Who asks: a person in a role at an agency, or another system, which sees the whole province. */
export type Actor =
  | { kind: 'person'; officerId: string; name: string; role: Role; agencyCode: string; counterId?: string }
  | { kind: 'system'; name: string };

const finance: readonly Permission[] = [
  'cancel',
  'see_obligations',
  'see_transactions',
  'resolve',
  'see_strange_money',
  'see_ratios',
  'see_fee_drafts',
  'correct_receipts',
  'see_finance',
  'import_statements',
  'request_refunds',
  'prepare_close',
  'remit',
  'draft_rules',
];

const permissions: Record<Role, readonly Permission[]> = {
  counter_officer: ['issue', 'take_cash', 'cancel', 'see_obligations', 'see_transactions', 'see_ratios', 'work_shift'],
  finance_officer: [...finance, 'draft_fees'],
  finance_supervisor: [...finance, 'draft_fees', 'approve_fees', 'approve_refunds', 'sign_close', 'approve_remittance', 'adopt_rules'],
  leader: ['see_obligations', 'see_ratios', 'see_fee_drafts', 'approve_fees', 'see_finance'],
  inspector: ['see_obligations', 'see_transactions', 'see_strange_money', 'see_ratios', 'see_fee_drafts', 'see_finance'],
  administrator: ['see_obligations', 'see_transactions', 'see_strange_money', 'see_ratios', 'see_fee_drafts', 'administer'],
};

/** What needs a person's responsibility is closed to systems. */
const forSystems: readonly Permission[] = ['issue', 'take_cash', 'see_obligations', 'see_transactions', 'see_ratios', 'sync_flag'];

export const can = (actor: Actor, permission: Permission): boolean =>
  (actor.kind === 'system' ? forSystems : permissions[actor.role]).includes(permission);

/** Whether something of `agencyCode` is visible to the actor: a person sees the own agency and those below it. */
export function sees(actor: Actor, agencyCode: string | undefined, agencies: readonly Agency[]): boolean {
  if (actor.kind === 'system') return true;
  return agencyCode !== undefined && isWithin(agencies, agencyCode, actor.agencyCode);
}

/** The name under which an act is recorded. */
export const signatureOf = (actor: Actor): string => (actor.kind === 'person' ? actor.officerId : `system:${actor.name}`);
