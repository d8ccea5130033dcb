// What VNPAY is asked at its one address for merchants, signed: what became of an order (`querydr`), and to pay one back (`refund`).
// Source: sandbox.vnpayment.vn/apis/docs/truy-van-hoan-tien/querydr&refund.html
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Money } from '../domain/money';
import { vietnamTimeOf, type Instant } from '../domain/time';
import { jsonOf, textAt } from './feeds/answer';
import type { Verdict } from './verdict';

/** Who asks. The secret signs and is never sent. */
export interface VnpayTerminal {
  terminal: string;
  secret: string;
  /** Ours, as VNPAY sees it. */
  serverAddress?: string | undefined;
}

export interface VnpayRefund {
  /** 32 letters and digits: VNPAY does not take one twice in a day. */
  requestId: string;
  orderId: string;
  createdAt: Instant;
  amount: Money;
  isWhole: boolean;
  /** VNPAY's own number of the payment. */
  transactionNumber: string;
  by: string;
  /** Letters, digits and spaces. */
  about: string;
}

export const transactionPath = '/merchant_webapi/api/transaction';

/** The order in which the values are signed, joined by `|`. */
export const signedOfQuestion = [
  'RequestId',
  'Version',
  'Command',
  'TmnCode',
  'TxnRef',
  'TransactionDate',
  'CreateDate',
  'IpAddr',
  'OrderInfo',
];
export const signedOfRefund = [
  ...['RequestId', 'Version', 'Command', 'TmnCode', 'TransactionType', 'TxnRef', 'Amount', 'TransactionNo', 'TransactionDate'],
  ...['CreateBy', 'CreateDate', 'IpAddr', 'OrderInfo'],
];
/** A refund's answer ends before the promotion. */
export const signedOfRefundAnswer = [
  ...['ResponseId', 'Command', 'ResponseCode', 'Message', 'TmnCode', 'TxnRef', 'Amount', 'BankCode', 'PayDate', 'TransactionNo'],
  ...['TransactionType', 'TransactionStatus', 'OrderInfo'],
];
export const signedOfAnswer = [...signedOfRefundAnswer, 'PromotionCode', 'PromotionAmount'];

const wholeRefund = '02';
const partOfIt = '03';

/** `querydr`; `createdAt` as the payment's `vnp_CreateDate` was, `at` is now. */
export function vnpayQuestion(order: { orderId: string; createdAt: Instant }, from: VnpayTerminal, at: Instant): Record<string, string> {
  return signed(signedOfQuestion, from, {
    // 32 letters and digits, unique within the day.
    vnp_RequestId: randomUUID().replaceAll('-', ''),
    vnp_Version: '2.1.0',
    vnp_Command: 'querydr',
    vnp_TmnCode: from.terminal,
    vnp_TxnRef: order.orderId,
    vnp_OrderInfo: `Truy van ${order.orderId}`,
    vnp_TransactionDate: digitsOf(order.createdAt),
    vnp_CreateDate: digitsOf(at),
    vnp_IpAddr: addressOf(from),
  });
}

/** `refund`; `at` is now. */
export function vnpayRefund(refund: VnpayRefund, from: VnpayTerminal, at: Instant): Record<string, string> {
  return signed(signedOfRefund, from, {
    vnp_RequestId: refund.requestId,
    vnp_Version: '2.1.0',
    vnp_Command: 'refund',
    vnp_TmnCode: from.terminal,
    vnp_TransactionType: refund.isWhole ? wholeRefund : partOfIt,
    vnp_TxnRef: refund.orderId,
    vnp_Amount: String(refund.amount.dong * 100n),
    vnp_TransactionNo: refund.transactionNumber,
    vnp_TransactionDate: digitsOf(refund.createdAt),
    vnp_CreateBy: refund.by,
    vnp_CreateDate: digitsOf(at),
    vnp_IpAddr: addressOf(from),
    vnp_OrderInfo: refund.about,
  });
}

/** Of an answer to `querydr`, and whether it is theirs and about this order. */
export const vnpayVerdict = (body: Buffer, secret: string, orderId: string): Verdict =>
  verdictOf(body, { names: signedOfAnswer, refusals: /^(02|03|97)$/ }, secret, orderId);

/** Of an answer to `refund`. `later`: one was asked for before, and VNPAY is at it. */
export const vnpayRefundVerdict = (body: Buffer, secret: string, orderId: string): Verdict =>
  // `98` took too long and `99` is anything else that went wrong there: the rest are reasons not to pay back.
  verdictOf(body, { names: signedOfRefundAnswer, refusals: /^(?!98|99)\d\d$/ }, secret, orderId);

/** `20261121140509`: the clock in Vietnam. */
export const digitsOf = (instant: Instant): string => vietnamTimeOf(instant).replace(/\D/g, '');

/** Absent and null values count as empty; that is what public clients do, the document does not say. */
export const vnpaySignature = (json: unknown, names: readonly string[], secret: string): string =>
  createHmac('sha512', secret)
    .update(names.map((name) => textAt(json, `vnp_${name}`) ?? '').join('|'))
    .digest('hex');

const signed = (names: readonly string[], { secret }: VnpayTerminal, question: Record<string, string>): Record<string, string> => ({
  ...question,
  vnp_SecureHash: vnpaySignature(question, names, secret),
});

const addressOf = ({ serverAddress }: VnpayTerminal): string => serverAddress ?? '127.0.0.1';

/** `91`: no such payment, nobody went to the gateway. `94`: asked a moment ago. */
const neither: ReadonlyMap<string, 'unknown' | 'later'> = new Map([
  ['91', 'unknown'],
  ['94', 'later'],
]);

interface Kind {
  names: readonly string[];
  /** Codes with which asking again will not help: `02`, the terminal is not known; `03`, not as it should be; `97`, a wrong signature. */
  refusals: RegExp;
}

function verdictOf(body: Buffer, { names, refusals }: Kind, secret: string, orderId: string): Verdict {
  const json = jsonOf(body);
  const code = textAt(json, 'vnp_ResponseCode');
  if (code === undefined) return { is: 'unavailable', why: 'not_an_order' };
  const known = neither.get(code);
  if (known) return { is: known };
  if (code === '00') return faultOfSuccess(json, names, secret, orderId) ?? { is: 'known' };
  if (refusals.test(code)) return { is: 'refused', why: code === '97' ? 'token_refused' : `code_${code}` };
  return { is: 'unavailable', why: `code_${code.slice(0, 20)}` };
}

function faultOfSuccess(json: unknown, names: readonly string[], secret: string, orderId: string): Verdict | undefined {
  if (textAt(json, 'vnp_TxnRef') !== orderId) return { is: 'unavailable', why: 'another_order' };
  return isSigned(json, names, secret) ? undefined : { is: 'unavailable', why: 'signature_wrong' };
}

function isSigned(json: unknown, names: readonly string[], secret: string): boolean {
  const given = Buffer.from(textAt(json, 'vnp_SecureHash')?.toLowerCase() ?? '');
  const expected = Buffer.from(vnpaySignature(json, names, secret));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
