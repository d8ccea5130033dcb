// How we know that it is MoMo. Source: developers.momo.vn/v3/docs/payment/api/result-handling/notification
import type { Instant } from '../../src/domain/time';
import { textOf, writtenObject, type WrittenObject } from '../jsonTokens';
import { SignatureInvalid, type Secret, type Settings, type WebhookRequest } from '../provider';
import { equal, hmacHex, ownerOf } from '../signature';

/** In the order in which they are signed, after the access key. */
const signedNames = [
  'amount',
  'extraData',
  'message',
  'orderId',
  'orderInfo',
  'orderType',
  'partnerCode',
  'payType',
  'requestId',
  'responseTime',
  'resultCode',
  'transId',
];

/**
 * `signature` in the body: HMAC-SHA256 over our access key and twelve fields as they were sent, `name=value` joined by `&`, nothing
 * escaped. There is no limit on its age: an old message sent again is the same money. Without the access key nobody is believed.
 * Throws SignatureInvalid.
 */
export function verifyMomo({ body }: WebhookRequest, secrets: readonly Secret[], _now: Instant, settings: Settings): string {
  const accessKey = settings['MOMO_ACCESS_KEY'];
  if (!accessKey) throw new SignatureInvalid();
  const written = writtenObject(body);
  const message = [`accessKey=${accessKey}`, ...signedNames.map((name) => `${name}=${valueOf(written, name)}`)].join('&');
  return ownerOf(secrets, (secret) => equal(valueOf(written, 'signature'), hmacHex('sha256', secret, message)));
}

/** A text or a number, which stays as it was sent; MoMo sends nothing else in these fields. Throws SignatureInvalid. */
function valueOf(written: WrittenObject, name: string): string {
  const token = written[`"${name}"`];
  if (typeof token !== 'string') throw new SignatureInvalid();
  const value = textOf(token) ?? token;
  // Nothing is escaped, so a value with another field in it could be cut in two ways, into another order for the same signature.
  if (/&\w+=/.test(value)) throw new SignatureInvalid();
  return value;
}
