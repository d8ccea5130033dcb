// Hands a signed receipt over to the e-receipt provider that passes it on to the tax authority.
import type { Outbound, ReceiptAnswer } from './outbound';

const timeoutMs = 15_000;
const longestWhy = 200;
/** What the provider says of our receipt, not of itself: sent again it would say the same. */
const refusing = [400, 409, 413, 422];

/**
 * `PUT <url>/receipts/26TAB-00000012` with the signed XML: put twice it is the same receipt, so that a try whose answer was lost may be
 * repeated. The interfaces of the providers are not public; this is the least that any of them can be adapted to.
 */
export const receiptProviderAt = (url: string, key: string): NonNullable<Outbound['receiptProvider']> => ({
  send: async ({ name, xml }): Promise<ReceiptAnswer> => {
    try {
      const response = await fetch(`${url}/receipts/${name}`, {
        method: 'PUT',
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { 'content-type': 'application/xml; charset=utf-8', authorization: `Bearer ${key}` },
        body: xml,
      });
      const text = await response.text();
      if (response.ok) return acceptedBy(text);
      const why = `HTTP ${response.status} ${text}`.trim().slice(0, longestWhy);
      return refusing.includes(response.status) ? { kind: 'refused', why } : { kind: 'failed', why };
    } catch (error) {
      return { kind: 'failed', why: error instanceof Error ? error.name : 'unknown' };
    }
  },
});

/** `{ "reference": "…" }`; a good answer without it is none: nobody could prove by it that the receipt arrived. */
function acceptedBy(text: string): ReceiptAnswer {
  try {
    const answer: unknown = JSON.parse(text);
    const reference = typeof answer === 'object' && answer !== null && 'reference' in answer ? answer.reference : undefined;
    if (typeof reference === 'string' && reference !== '') return { kind: 'accepted', reference };
  } catch {
    // told below
  }
  return { kind: 'failed', why: 'an answer without a reference' };
}
