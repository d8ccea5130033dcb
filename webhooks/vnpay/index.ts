// VNPAY: a gateway that tells of payments in the query of a GET. Source: sandbox.vnpayment.vn/apis/docs/thanh-toan-pay/pay.html
import type { Acknowledgement, Outcome, Provider } from '../provider';
import { normaliseVnpay } from './normalise';
import { readPulledVnpay } from './pulled';
import { verifyVnpay } from './signature';

/**
 * 00 and 02 end the matter. After 01, 04, 97 or 99 VNPAY asks again, at most ten times, five minutes apart; asking again makes no
 * message readable, so that an unreadable one, which we keep for a person, is confirmed too.
 */
const replies: Record<Outcome, readonly [code: string, message: string]> = {
  kept: ['00', 'Confirm Success'],
  already_kept: ['02', 'Order already confirmed'],
  unreadable: ['00', 'Confirm Success'],
  unknown_order: ['01', 'Order not found'],
  wrong_amount: ['04', 'Invalid amount'],
};

export const vnpay: Provider = {
  name: 'vnpay',
  settings: ['VNPAY_TMN_CODE', 'VNPAY_SERVER_IP'],
  verify: verifyVnpay,
  normalise: normaliseVnpay,
  readPulled: readPulledVnpay,
  acknowledge: (outcome) => answer(...replies[outcome]),
  refuse: () => answer('97', 'Invalid signature'),
};

/** Always under 200: VNPAY reads the code in the body. */
function answer(code: string, message: string): Acknowledgement {
  return { status: 200, contentType: 'application/json', body: JSON.stringify({ RspCode: code, Message: message }) };
}
