// Obligations: what a citizen owes for one dossier, and where it stands on the two axes: what is paid, and what is odd about it.
import { smaller, zero, type Money } from './money';
import type { PricedFee } from './feePrice';
import type { Instant } from './time';

export const obligationStatuses = ['open', 'part_paid', 'paid', 'overpaid', 'cancelled', 'free'] as const;
export type ObligationStatus = (typeof obligationStatuses)[number];

export const paymentFlags = ['late', 'duplicate', 'after_cancel', 'wrong_account'] as const;
export type PaymentFlag = (typeof paymentFlags)[number];

/** The line of a tax notice (thông báo nộp thuế): its amount is the notice's. */
export type TaxItem = Omit<PricedFee, 'kind'> & { readonly kind: 'thue'; readonly chapter: string; readonly subItem: string };

/** One line, frozen when the obligation was issued: priced by the schedule, or of a tax notice. */
export type FeeItem = PricedFee | TaxItem;

/** An obligation without its lines: all that moving money needs. */
export interface BareObligation {
  id: string;
  reference: string;
  dossierId: string;
  dossierCode: string;
  agencyCode: string;
  counterId?: string;
  createdBy: string;
  createdAt: Instant;
  due: Money;
  /** Sum of what its payments applied to it: never more than `due`. */
  paid: Money;
  /** Sum of what its payments brought too much: held for the payer, not income. */
  excess: Money;
  flags: readonly PaymentFlag[];
  /** Grows by one with every change. */
  version: number;
  cancelled?: { at: Instant; by: string; reason: string };
  /** The account of the State Treasury to which alone it is paid: of a tax by notice. Absent: fees, paid into the unit's own account. */
  treasuryAccountId?: string;
  /** Since when payments have covered all that is due; absent while something is outstanding, and where nothing ever was. */
  settledAt?: Instant;
}

export interface Obligation extends BareObligation {
  feeItems: readonly FeeItem[];
}

/** Status is read, not set. */
export function statusOf(obligation: Pick<Obligation, 'due' | 'paid' | 'excess' | 'cancelled'>): ObligationStatus {
  if (obligation.cancelled) return 'cancelled';
  if (obligation.excess.isPositive()) return 'overpaid';
  if (obligation.due.isZero()) return 'free';
  if (obligation.paid.isZero()) return 'open';
  return obligation.paid.compare(obligation.due) < 0 ? 'part_paid' : 'paid';
}

/** Whether it is a tax by notice: money of the State Treasury, never of the unit. */
export const isTax = ({ treasuryAccountId }: Pick<BareObligation, 'treasuryAccountId'>): boolean => treasuryAccountId !== undefined;

/** What is still to be paid; nothing once cancelled. */
export const outstandingOf = (obligation: Pick<Obligation, 'due' | 'paid' | 'cancelled'>): Money =>
  obligation.cancelled ? zero : obligation.due.minus(obligation.paid);

/** Still asks for money. */
export const isPayable = (obligation: Parameters<typeof statusOf>[0]): boolean => ['open', 'part_paid'].includes(statusOf(obligation));

export const isSettled = (obligation: Pick<Obligation, 'due' | 'paid' | 'cancelled'>): boolean => outstandingOf(obligation).isZero();

/** The part of a payment that an obligation can take. */
export const applicable = (obligation: Pick<Obligation, 'due' | 'paid' | 'cancelled'>, amount: Money): Money =>
  smaller(amount, outstandingOf(obligation));

/** What events and answers say of an obligation; no personal data beyond the dossier code. */
export function snapshotOf(obligation: BareObligation) {
  return {
    id: obligation.id,
    reference: obligation.reference,
    dossierCode: obligation.dossierCode,
    agencyCode: obligation.agencyCode,
    status: statusOf(obligation),
    flags: [...obligation.flags],
    amounts: amountsOf(obligation),
    ...(isTax(obligation) ? { feeItems: [{ kind: 'thue' as const, amount: obligation.due }] } : {}), // its only line
  };
}

export const amountsOf = (obligation: BareObligation) => ({
  due: obligation.due,
  paid: obligation.paid,
  outstanding: outstandingOf(obligation),
  over: obligation.excess,
  refunded: zero,
});
