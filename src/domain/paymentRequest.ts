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
export type Offer = Pick<PaymentRequest, 'obligationId' | 'accountId' | 'counterId' | 'expiresAt'>;

export function paymentRequestStatus(request: PaymentRequest, now: Instant): PaymentRequestStatus {
  if (request.closed) return request.closed.as;
  return request.expiresAt <= now ? 'expired' : 'open';
}

/** Whether money of that time came after every offer to pay had expired. Banks give whole seconds, so the last second is in time. */
export function isLate(requests: readonly Pick<PaymentRequest, 'expiresAt'>[], bankTime: Instant): boolean {
  const last = requests
    .map((request) => request.expiresAt)
    .sort()
    .at(-1);
  return last !== undefined && addMs(last, 1000) < bankTime;
}
