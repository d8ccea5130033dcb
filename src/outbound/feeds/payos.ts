// payOS has no list: it is asked about each order that may still be paid. Source: payos.vn/docs/api and npm @payos/node 2.0.5 (PaymentLink)
import { jsonOf, textAt } from './answer';
import type { Ask } from './ask';
import { FeedRefused, FeedUnavailable, type Feed, type FeedAccess } from './feed';
import { pagesOfOrders } from './orders';

/** No limit is documented. */
const requestsPerSecond = 2;
const known = '00';
/** The code and the status for an order that payOS does not know are not documented; public code takes these as that. */
const unknownCode = '101';
const unknownStatus = 404;

export const payosFeed = (ask: Ask): Feed => ({
  provider: 'payos',
  baseUrl: 'https://api-merchant.payos.vn',
  pages: (access, window) => {
    const headers = headersFor(access);
    return pagesOfOrders(window, async ({ orderId }) => {
      const path = `/v2/payment-requests/${encodeURIComponent(orderId)}`;
      return knownOf(await ask(access, requestsPerSecond, { path, headers }).catch(noneIfUnknown));
    });
  },
});

function headersFor({ token, settings }: FeedAccess): Record<string, string> {
  const clientId = settings['PAYOS_CLIENT_ID'];
  if (!clientId) throw new FeedRefused('PAYOS_CLIENT_ID_missing');
  return { 'x-client-id': clientId, 'x-api-key': token };
}

function noneIfUnknown(error: unknown): undefined {
  if (error instanceof FeedRefused && error.status === unknownStatus) return undefined;
  throw error;
}

/**
 * payOS answers 200 to a wrong key too, with `214` or `401` in its body. The answer's `signature` is made with the checksum key, which is
 * not needed here: what vouches for the answer is that we asked, over HTTPS.
 */
function knownOf(body: Buffer | undefined): Buffer | undefined {
  if (!body) return undefined;
  const code = textAt(jsonOf(body), 'code');
  if (code === known) return body;
  if (code === unknownCode) return undefined;
  if (code === undefined || /^(429|5\d\d)$/.test(code)) throw new FeedUnavailable(code === undefined ? 'not_an_order' : `code_${code}`);
  throw new FeedRefused(['214', '401'].includes(code) ? 'token_refused' : `code_${code.slice(0, 20)}`);
}
