// Payment requests: one offered way to pay an obligation. It expires; the obligation does not, and late money counts.
import type { Money } from './money';
import { addMs, type Instant } from './time';

export type PaymentMethod = 'vietqr' | 'stripe' | 'payos' | 'vnpay';
export type PaymentRequestStatus = 'open' | 'paid' | 'replaced' | 'expired' | 'cancelled';

export interface PaymentRequest {
  id: string;
  obligationId: string;
  reference: string;
  method: PaymentMethod;
  amount: Money;
  accountId: string;
  counterId?: string;
  /** The text inside the QR. */
  payload: string;
  /** The id that we gave the gateway, where one collects the money. */
  orderId?: string;
  /** The number under our account that only this request is paid to. */
  virtualAccount?: string;
  createdAt: Instant;
  expiresAt: Instant;
  closed?: { as: 'paid' | 'replaced' | 'cancelled'; at: Instant };
}

/** What money that comes for an offer needs to know of it. */
export type Offer = Pick<PaymentRequest, 'obligationId' | 'method' | 'accountId' | 'counterId' | 'createdAt' | 'expiresAt'>;

export function paymentRequestStatus(request: PaymentRequest, now: Instant): PaymentRequestStatus {
  if (request.closed) return request.closed.as;
  return request.expiresAt <= now ? 'expired' : 'open';
}

/** The QR with this reference that was offered last, whatever became of it. */
export const latestQr = (requests: readonly PaymentRequest[], reference: string): PaymentRequest | undefined =>
  requests.findLast((request) => request.method === 'vietqr' && request.reference === reference);

/** Banks give whole seconds: what happened within the second counts as before it. */
const bankSecondMs = 1000;

/** What was offered when money of that time came: whatever is offered afterwards does not change how it is judged. */
export function offeredBy<One extends Pick<Offer, 'createdAt'>>(offers: readonly One[], bankTime: Instant): One[] {
  const secondLater = addMs(bankTime, bankSecondMs);
  return offers.filter((offer) => offer.createdAt < secondLater);
}

/** Whether money of that time came when something had been offered, and all of it had expired. */
export function isLate(offers: readonly Pick<Offer, 'createdAt' | 'expiresAt'>[], bankTime: Instant): boolean {
  const expiries = offeredBy(offers, bankTime).map((offer) => offer.expiresAt);
  return expiries.length > 0 && expiries.every((expiresAt) => addMs(expiresAt, bankSecondMs) < bankTime);
}
