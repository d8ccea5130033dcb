// Allocation: where the money goes. So much to the obligation, the rest held as unapplied; nothing is ever refused.
import type { PaidOnlineFlag } from './agency';
import { zero, type Money } from './money';
import { applicable, isSettled, type Obligation, type PaymentFlag } from './obligation';
import type { Instant } from './time';

export type AllocationMethod = 'vietqr' | 'transfer' | 'cash';

export interface Allocation {
  id: string;
  obligationId: string;
  source: { transactionId: string } | { cashTakingId: string };
  /** What the obligation took. */
  amount: Money;
  /** What was too much for it. */
  excess: Money;
  flags: readonly PaymentFlag[];
  method: AllocationMethod;
  /** The portal flag that this payment carries until the portal speaks. */
  onlineFlag: PaidOnlineFlag;
  paidAt: Instant;
}

/** Cash that an officer took at a counter for one obligation. */
export interface CashTaking {
  id: string;
  obligationId: string;
  counterId: string;
  officerId: string;
  amount: Money;
  takenAt: Instant;
}

export type Division = Pick<Allocation, 'amount' | 'excess' | 'flags'>;

/** How `amount` divides between an obligation and the payer's credit; `oddities` are what the caller knows of time and account. */
export function allocate(obligation: Obligation, amount: Money, oddities: readonly PaymentFlag[] = []): Division {
  if (obligation.cancelled) return { amount: zero, excess: amount, flags: [...oddities, 'after_cancel'] };
  if (isSettled(obligation)) return { amount: zero, excess: amount, flags: [...oddities, 'duplicate'] };
  const applied = applicable(obligation, amount);
  return { amount: applied, excess: amount.minus(applied), flags: oddities };
}

/** The obligation after one more payment. */
export function afterPayment(obligation: Obligation, division: Division): Obligation {
  return {
    ...obligation,
    paid: obligation.paid.plus(division.amount),
    excess: obligation.excess.plus(division.excess),
    flags: [...new Set([...obligation.flags, ...division.flags])].sort(),
    version: obligation.version + 1,
  };
}
