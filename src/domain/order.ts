// Orders: how money names the payment request that it pays, without a word written by hand.
import type { PaymentRequest } from './paymentRequest';
import type { Transaction } from './transaction';

/** By the id that we gave the gateway, or by the request's own. */
export const isOrderOf = (request: PaymentRequest, { provider, orderId }: Pick<Transaction, 'provider' | 'orderId'>): boolean =>
  orderId !== undefined && (request.id === orderId || (request.method === provider && request.orderId === orderId));

/** By the number that it was paid to, under the account that it came to: two banks may give out the same number. */
export const isPaidByNumber = (
  request: PaymentRequest,
  { virtualAccount, accountId }: Pick<Transaction, 'virtualAccount' | 'accountId'>,
): boolean =>
  virtualAccount !== undefined && request.virtualAccount === virtualAccount && (accountId === undefined || request.accountId === accountId);
