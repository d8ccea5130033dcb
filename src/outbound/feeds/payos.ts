// payOS has no list: it is asked about each order that may still be paid. Source: payos.vn/docs/api and npm @payos/node 2.0.5 (PaymentLink)
import { payosUnknownStatus, payosVerdict } from '../payosAnswer';
import type { Ask } from './ask';
import { FeedRefused, FeedUnavailable, type Feed, type FeedAccess } from './feed';
import { pagesOfOrders } from './orders';

/** No limit is documented. */
const requestsPerSecond = 2;

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
  if (error instanceof FeedRefused && error.status === payosUnknownStatus) return undefined;
  throw error;
}

/** The answer's `signature` is made with the checksum key, which is not needed here: what vouches for it is that we asked, over HTTPS. */
function knownOf(body: Buffer | undefined): Buffer | undefined {
  if (!body) return undefined;
  const verdict = payosVerdict(body);
  if (verdict.is === 'refused') throw new FeedRefused(verdict.why);
  if (verdict.is === 'unavailable') throw new FeedUnavailable(verdict.why);
  return verdict.is === 'known' ? body : undefined;
}
