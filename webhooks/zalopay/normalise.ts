// What a ZaloPay callback means: one payment in our common form; ZaloPay calls back for nothing else.
import { readJson } from '../json';
import type { IncomingTransaction, WebhookRequest } from '../provider';
import { zalopayEnvelope, zalopayPayment, type ZalopayPayment } from './payload';

/** ZaloPay demands the day in front of every id: `261122_pr_01k…` is our payment request `pr_01k…`. */
const dayBeforeRequest = /^\d{6}_(?=pr_)/;

/** The one payment of a ZaloPay request. Throws Unreadable. */
export function normaliseZalopay({ body }: WebhookRequest): IncomingTransaction[] {
  const { data } = readJson(body, zalopayEnvelope);
  return [toTransaction(readJson(Buffer.from(data), zalopayPayment))];
}

/** The wallet holds the money until it settles, so there is no account. It tells no content but our own id. */
function toTransaction(payment: ZalopayPayment): IncomingTransaction {
  return {
    providerId: payment.app_trans_id,
    direction: 'in',
    amount: payment.amount,
    content: payment.app_trans_id,
    bankReference: payment.zp_trans_id,
    orderId: payment.app_trans_id.replace(dayBeforeRequest, ''),
    bankTime: payment.server_time,
    isTest: false,
  };
}
