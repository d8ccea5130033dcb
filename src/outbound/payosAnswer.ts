// What payOS answers about a payment link, by the code in its body. Source: payos.vn/docs/api and npm @payos/node 2.0.5 (PaymentLink)
import { jsonOf, textAt } from './feeds/answer';
import type { Verdict } from './verdict';

/** The code and the status for an order that payOS does not know are not documented; public code takes these as that. */
const unknownCode = '101';
export const payosUnknownStatus = 404;

/** Such as `00`; undefined where the answer is none of payOS's. */
export const payosCodeOf = (body: Buffer): string | undefined => textAt(jsonOf(body), 'code');

/** payOS answers 200 to a wrong key too, with `214` or `401` in its body. */
export function payosVerdict(body: Buffer): Verdict {
  const code = payosCodeOf(body);
  if (code === '00') return { is: 'known' };
  if (code === unknownCode) return { is: 'unknown' };
  if (code === undefined) return { is: 'unavailable', why: 'not_an_order' };
  if (/^(429|5\d\d)$/.test(code)) return { is: 'unavailable', why: `code_${code}` };
  return { is: 'refused', why: ['214', '401'].includes(code) ? 'token_refused' : `code_${code.slice(0, 20)}` };
}
