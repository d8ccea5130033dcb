// VNPAY has no list: it is asked about each order that may still be paid (`querydr`).
import type { Instant } from '../../domain/time';
import { transactionPath, vnpayQuestion, vnpayVerdict } from '../vnpayQuestions';
import type { Ask } from './ask';
import { FeedRefused, FeedUnavailable, type Feed, type FeedAccess } from './feed';
import { pagesOfOrders, type Order } from './orders';

/** No limit is documented but the one for an order (`94`). */
const requestsPerSecond = 2;

/** `now` is the time that a question carries. The token is the terminal's hash secret, and never sent. */
export const vnpayFeed = (ask: Ask, now: () => Instant): Feed => ({
  provider: 'vnpay',
  /** The documented one; VNPAY names the one for real money when it opens a terminal (public code has merchant.vnpay.vn). */
  baseUrl: 'https://sandbox.vnpayment.vn',
  pages: (access, window) =>
    pagesOfOrders(window, async (order) => {
      const { VNPAY_TMN_CODE: terminal, VNPAY_SERVER_IP: serverAddress } = access.settings;
      if (!terminal) throw new FeedRefused('VNPAY_TMN_CODE_missing');
      const body = vnpayQuestion(order, { terminal, secret: access.token, serverAddress }, now());
      return foundOf(await ask(access, requestsPerSecond, { path: transactionPath, headers: {}, body }), access, order);
    }),
});

/** Asked about this order a moment ago, there is nothing to tell now: the next pull asks again. */
function foundOf(body: Buffer, { token }: FeedAccess, { orderId }: Order): Buffer | undefined {
  const verdict = vnpayVerdict(body, token, orderId);
  if (verdict.is === 'refused') throw new FeedRefused(verdict.why);
  if (verdict.is === 'unavailable') throw new FeedUnavailable(verdict.why);
  return verdict.is === 'known' ? body : undefined;
}
