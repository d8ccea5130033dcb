// What a VNPAY message means: one payment in our common form, or a payment that came to nothing.
import { shaped } from '../json';
import { Unreadable, type IncomingTransaction, type WebhookRequest } from '../provider';
import { fieldsOf, vnpayPayment, vnpayResult, type VnpayPayment } from './payload';

const success = '00';
/** The payer was charged, and VNPAY suspects fraud. */
const suspected = '07';
/** The payer was charged, and the payment did not succeed at VNPAY. */
const reversed = '04';

/**
 * The payment of a VNPAY request; none where it failed or was cancelled and nobody was charged. Where the payer was charged and the
 * payment is no success, a person looks at it. Throws Unreadable.
 */
export function normaliseVnpay({ query }: WebhookRequest): IncomingTransaction[] {
  const fields = fieldsOf(query);
  const { vnp_ResponseCode: code, vnp_TransactionStatus: status } = shaped(fields, vnpayResult);
  if (code === suspected) throw new Unreadable('needs_a_person', 'vnp_ResponseCode');
  if (status === suspected || status === reversed) throw new Unreadable('needs_a_person', 'vnp_TransactionStatus');
  if (code !== success || status !== success) return [];
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
