// What a VNPAY message means: one payment in our common form, or a payment that came to nothing.
import { shaped } from '../json';
import type { IncomingTransaction, WebhookRequest } from '../provider';
import { fieldsOf, vnpayPayment, vnpayResult, type VnpayPayment } from './payload';

const success = '00';

/** The payment of a VNPAY request; none where it failed, was cancelled or is held for suspicion. Throws Unreadable. */
export function normaliseVnpay({ query }: WebhookRequest): IncomingTransaction[] {
  const fields = fieldsOf(query);
  const { vnp_ResponseCode, vnp_TransactionStatus } = shaped(fields, vnpayResult);
  if (vnp_ResponseCode !== success || vnp_TransactionStatus !== success) return [];
  return [toTransaction(shaped(fields, vnpayPayment))];
}

/** The gateway holds the money until it settles, so there is no account. */
export function toTransaction(payment: VnpayPayment): IncomingTransaction {
  return {
    providerId: `${payment.vnp_TmnCode} ${payment.vnp_TxnRef} ${payment.vnp_TransactionNo}`,
    direction: 'in',
    amount: payment.vnp_Amount,
    content: payment.vnp_OrderInfo,
    bankReference: payment.vnp_BankTranNo,
    orderId: payment.vnp_TxnRef,
    bankTime: payment.vnp_PayDate,
    isTest: false,
  };
}
