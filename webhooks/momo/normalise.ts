// What a MoMo message means: one payment in our common form, or a payment that came to nothing.
import { readJson } from '../json';
import type { IncomingTransaction, WebhookRequest } from '../provider';
import { momoPayment, momoResult, type MomoPayment } from './payload';

const paid = 0;

/** The payment of a MoMo request; none where it failed or is only authorised. Throws Unreadable. */
export function normaliseMomo({ body }: WebhookRequest): IncomingTransaction[] {
  const { resultCode } = readJson(body, momoResult);
  return resultCode === paid ? [toTransaction(readJson(body, momoPayment))] : [];
}

/** The wallet holds the money until it settles, so there is no account. */
function toTransaction(payment: MomoPayment): IncomingTransaction {
  return {
    providerId: `${payment.orderId} ${payment.transId}`,
    direction: 'in',
    amount: payment.amount,
    content: payment.orderInfo,
    bankReference: payment.transId,
    orderId: payment.orderId,
    bankTime: payment.responseTime,
    isTest: false,
  };
}
