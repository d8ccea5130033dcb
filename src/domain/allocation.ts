// Allocation: where the money goes. So much to the obligation, the rest held as unapplied; nothing is ever refused.
import { accountFor, type Office, type PaidOnlineFlag } from './agency';
import { sumOf, zero, type Money } from './money';
import { applicable, isSettled, type BareObligation, type PaymentFlag } from './obligation';
import { isLate, offeredBy, type Offer } from './paymentRequest';
import { dayOf, type Instant } from './time';
import type { Transaction, UnappliedReason } from './transaction';

export type AllocationMethod = 'vietqr' | 'transfer' | 'online' | 'cash';

/** One change of what a credit gave an obligation: negative where it was taken back or moved elsewhere. */
export interface Allocation {
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
  /** The person's decision behind it; absent where the service matched by itself. */
  resolutionId?: string;
}

/** Cash that an officer took at a counter for one obligation. */
export interface CashTaking {
  id: string;
  obligationId: string;
  counterId: string;
  officerId: string;
  amount: Money;
  takenAt: Instant;
  /** In which it was taken; absent in what was taken before there were shifts. */
  shiftId?: string;
}

export type Division = Pick<Allocation, 'amount' | 'excess' | 'flags'>;

/** How `amount` divides between an obligation and the payer's credit; `oddities` are what the caller knows of time and account. */
export function allocate(obligation: BareObligation, amount: Money, oddities: readonly PaymentFlag[] = []): Division {
  if (obligation.cancelled) return { amount: zero, excess: amount, flags: [...oddities, 'after_cancel'] };
  if (isSettled(obligation)) return { amount: zero, excess: amount, flags: [...oddities, 'duplicate'] };
  const applied = applicable(obligation, amount);
  return { amount: applied, excess: amount.minus(applied), flags: oddities };
}

/** What is odd about the time and the account of a credit for an obligation, whenever it is given to it and by whom. */
export function odditiesOf(
  { agencies, accounts }: Office,
  { accountId, bankTime }: Pick<Transaction, 'accountId' | 'bankTime'>,
  { agencyCode, treasuryAccountId }: Pick<BareObligation, 'agencyCode' | 'treasuryAccountId'>,
  offers: readonly Offer[],
): PaymentFlag[] {
  const flags: PaymentFlag[] = isLate(offers, bankTime) ? ['late'] : [];
  if (accountId === undefined) return flags;
  const offered = offeredBy(offers, bankTime);
  const own = treasuryAccountId ?? accountFor(agencies, accounts, agencyCode, dayOf(bankTime))?.id;
  const expected = [...offered.map((offer) => offer.accountId), ...(offered.some(isQr) ? [] : [own])];
  return expected.includes(accountId) ? flags : [...flags, 'wrong_account'];
}

/** Why some of a credit was too much for its obligation. */
export function whyExcess({ flags }: Pick<Division, 'flags'>): Extract<UnappliedReason, 'excess' | 'duplicate' | 'after_cancel'> {
  if (flags.includes('after_cancel')) return 'after_cancel';
  return flags.includes('duplicate') ? 'duplicate' : 'excess';
}

export const sourceIdOf = ({ source }: Pick<Allocation, 'source'>): string =>
  'transactionId' in source ? source.transactionId : source.cashTakingId;

/** One allocation a credit, its changes added up, by the time of payment; what was wholly taken back is gone. */
export function netBySource(allocations: readonly Allocation[]): Allocation[] {
  const nets = new Map<string, Allocation>();
  for (const allocation of allocations) {
    const key = `${allocation.obligationId} ${sourceIdOf(allocation)}`;
    const net = nets.get(key);
    nets.set(key, net ? added(net, allocation) : allocation);
  }
  return [...nets.values()].filter(({ amount, excess }) => !amount.isZero() || !excess.isZero()).sort(byTimeOfPayment);
}

/**
 * The obligation as all money that came for it makes it, whatever the order in which we heard of it; `at` is when we reckon.
 * A credit is a duplicate when those that were paid before it had settled the obligation already.
 */
export function recomputed(obligation: BareObligation, allocations: readonly Allocation[], at: Instant): BareObligation {
  const credits = netBySource(allocations);
  const flags = new Set<PaymentFlag>();
  let before = zero;
  for (const credit of credits) {
    for (const flag of credit.flags) if (flag !== 'duplicate') flags.add(flag);
    if (!obligation.cancelled && before.compare(obligation.due) >= 0) flags.add('duplicate');
    before = before.plus(credit.amount).plus(credit.excess);
  }
  const { settledAt = at, ...rest } = obligation;
  const after: BareObligation = {
    ...rest,
    paid: sumOf(credits.map((credit) => credit.amount)),
    excess: sumOf(credits.map((credit) => credit.excess)),
    flags: [...flags].sort(),
    version: obligation.version + 1,
  };
  return !after.cancelled && after.due.isPositive() && isSettled(after) ? { ...after, settledAt } : after;
}

/**
 * A gateway's order was paid online; a transfer to an obligation for which a QR was offered came by dynamic QR. Both carry the flag that
 * the province gives those. When the QR was offered is not asked: the bank's clock is not ours.
 */
export function wayOf(
  { accountId, orderId }: Pick<Transaction, 'accountId' | 'orderId'>,
  offers: readonly Offer[],
  dynamicQrFlag: PaidOnlineFlag,
): Pick<Allocation, 'method' | 'onlineFlag'> {
  if (accountId === undefined || orderId !== undefined) return { method: 'online', onlineFlag: dynamicQrFlag };
  return offers.some(isQr) ? { method: 'vietqr', onlineFlag: dynamicQrFlag } : { method: 'transfer', onlineFlag: 0 };
}

const isQr = ({ method }: Offer): boolean => method === 'vietqr';

const added = (net: Allocation, change: Allocation): Allocation => ({
  ...net,
  amount: net.amount.plus(change.amount),
  excess: net.excess.plus(change.excess),
  flags: [...new Set([...net.flags, ...change.flags])],
});

const byTimeOfPayment = (a: Allocation, b: Allocation): number =>
  a.paidAt < b.paidAt ? -1 : a.paidAt > b.paidAt ? 1 : sourceIdOf(a) < sourceIdOf(b) ? -1 : 1;
