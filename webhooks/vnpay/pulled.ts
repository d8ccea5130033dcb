// What VNPAY says of one order (`querydr`): in JSON what its message says in a query.
// Source: sandbox.vnpayment.vn/apis/docs/truy-van-hoan-tien/querydr&refund.html
import { z } from 'zod';
import { readJson, shaped } from '../json';
import type { IncomingTransaction } from '../provider';
import { toTransaction } from './normalise';
import { vnpayPayment, vnpayResult } from './payload';

const success = '00';
/** `01` is the payment; `02` and `03` are refunds of it, which this answer does not tell the amount of. */
const paymentType = '01';

/**
 * The payment of an answer; none where the order is not known or not paid. `vnp_ResponseCode` is that of the question here, and
 * `vnp_TransactionStatus` that of the payment. One that waits for a person has had its message, and would be news with every
 * answer, as VNPAY numbers them: none here. Throws Unreadable.
 */
export function readPulledVnpay(body: Buffer): IncomingTransaction[] {
  const fields = textsIn(readJson(body, z.record(z.string(), z.unknown())));
  if (shaped(fields, answered).vnp_ResponseCode !== success) return [];
  const { vnp_TransactionStatus: status, vnp_TransactionType: type } = shaped(fields, asked);
  return status === success && type === paymentType ? [toTransaction(shaped(fields, vnpayPayment))] : [];
}

const answered = vnpayResult.pick({ vnp_ResponseCode: true });
const asked = vnpayResult.extend({ vnp_TransactionType: z.string().default(paymentType) });

/** Numbers are texts in the document, and numbers in some answers that others recorded; null and empty are absent, as in the query. */
function textsIn(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'number' || (typeof value === 'string' && value !== '') ? [[name, String(value)]] : [],
    ),
  );
}
