// VNPAY has no list: it is asked about each order that may still be paid (`querydr`).
// Source: sandbox.vnpayment.vn/apis/docs/truy-van-hoan-tien/querydr&refund.html
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { vietnamTimeOf, type Instant } from '../../domain/time';
import { jsonOf, textAt } from './answer';
import type { Ask } from './ask';
import { FeedRefused, FeedUnavailable, type Feed, type FeedAccess } from './feed';
import { pagesOfOrders, type Order } from './orders';

/** No limit is documented but the one for an order (`94`). */
const requestsPerSecond = 2;
const found = '00';
/** `91`: no such payment, nobody went to the gateway. `94`: asked about this order a moment ago; the next pull asks again. */
const nothingNow = ['91', '94'];
/** `02`: the terminal is not known; `03`: not as it should be; `97`: a wrong signature, which is a wrong secret. */
const refused = ['02', '03', '97'];

/** The order in which the values are signed, joined by `|`. */
const signedOfQuestion = ['RequestId', 'Version', 'Command', 'TmnCode', 'TxnRef', 'TransactionDate', 'CreateDate', 'IpAddr', 'OrderInfo'];
const signedOfAnswer = [
  ...['ResponseId', 'Command', 'ResponseCode', 'Message', 'TmnCode', 'TxnRef', 'Amount', 'BankCode', 'PayDate', 'TransactionNo'],
  ...['TransactionType', 'TransactionStatus', 'OrderInfo', 'PromotionCode', 'PromotionAmount'],
];

/** `now` is the time that a question carries. The token is the terminal's hash secret, and never sent. */
export const vnpayFeed = (ask: Ask, now: () => Instant): Feed => ({
  provider: 'vnpay',
  /** The documented one; VNPAY names the one for real money when it opens a terminal (public code has merchant.vnpay.vn). */
  baseUrl: 'https://sandbox.vnpayment.vn',
  pages: (access, window) =>
    pagesOfOrders(window, async (order) => {
      const body = questionAbout(order, access, now());
      return foundOf(await ask(access, requestsPerSecond, { path: '/merchant_webapi/api/transaction', headers: {}, body }), access, order);
    }),
});

function questionAbout(order: Order, { token, settings }: FeedAccess, at: Instant): Record<string, string> {
  const terminal = settings['VNPAY_TMN_CODE'];
  if (!terminal) throw new FeedRefused('VNPAY_TMN_CODE_missing');
  const question = {
    // 32 letters and digits, unique within the day.
    vnp_RequestId: randomUUID().replaceAll('-', ''),
    vnp_Version: '2.1.0',
    vnp_Command: 'querydr',
    vnp_TmnCode: terminal,
    vnp_TxnRef: order.orderId,
    vnp_OrderInfo: `Truy van ${order.orderId}`,
    // As `vnp_CreateDate` of the payment was.
    vnp_TransactionDate: digitsOf(order.createdAt),
    vnp_CreateDate: digitsOf(at),
    vnp_IpAddr: settings['VNPAY_SERVER_IP'] ?? '127.0.0.1',
  };
  return { ...question, vnp_SecureHash: signatureOf(question, signedOfQuestion, token) };
}

/** `20261121140509`: the clock in Vietnam. */
const digitsOf = (instant: Instant): string => vietnamTimeOf(instant).replace(/\D/g, '');

const signatureOf = (json: unknown, names: readonly string[], secret: string): string =>
  createHmac('sha512', secret)
    .update(names.map((name) => textAt(json, `vnp_${name}`) ?? '').join('|'))
    .digest('hex');

function foundOf(body: Buffer, { token }: FeedAccess, { orderId }: Order): Buffer | undefined {
  const json = jsonOf(body);
  const code = textAt(json, 'vnp_ResponseCode');
  if (code === undefined) throw new FeedUnavailable('not_an_order');
  if (nothingNow.includes(code)) return undefined;
  if (refused.includes(code)) throw new FeedRefused(code === '97' ? 'token_refused' : `code_${code}`);
  if (code !== found) throw new FeedUnavailable(`code_${code.slice(0, 20)}`);
  if (textAt(json, 'vnp_TxnRef') !== orderId) throw new FeedUnavailable('another_order');
  if (!isSigned(json, token)) throw new FeedUnavailable('signature_wrong');
  return body;
}

/** Absent and null values count as empty; that is what public clients do, the document does not say. */
function isSigned(json: unknown, secret: string): boolean {
  const given = Buffer.from(textAt(json, 'vnp_SecureHash')?.toLowerCase() ?? '');
  const expected = Buffer.from(signatureOf(json, signedOfAnswer, secret));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
