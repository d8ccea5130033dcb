// How we know that it is VNPAY. Source: sandbox.vnpayment.vn/apis/docs/thanh-toan-pay/pay.html
import type { Instant } from '../../src/domain/time';
import { SignatureInvalid, type Secret, type Settings, type WebhookRequest } from '../provider';
import { equal, hmacHex, ownerOf, readSigned } from '../signature';
import { rawFieldsOf } from './payload';

/** The signature itself, and the name of its algorithm, which older versions send. */
const unsigned = new Set(['vnp_SecureHash', 'vnp_SecureHashType']);

/**
 * `vnp_SecureHash`: HMAC-SHA512 over the other `vnp_` fields, in hex; in which case, VNPAY's documents do not say, and its C# sample
 * accepts both. There is no time in it, so that an old message can be sent again: then it is the same money. A message for another
 * terminal than ours is not for us. Throws SignatureInvalid.
 */
export function verifyVnpay({ query }: WebhookRequest, secrets: readonly Secret[], _now: Instant, settings: Settings): string {
  const fields = readSigned(() => rawFieldsOf(query));
  const given = fields.get('vnp_SecureHash')?.toLowerCase();
  const owner = ownerOf(secrets, (secret) => equal(given, hmacHex('sha512', secret, signedPartOf(fields))));
  const terminal = settings['VNPAY_TMN_CODE'];
  if (terminal && fields.get('vnp_TmnCode') !== terminal) throw new SignatureInvalid();
  return owner;
}

/** From the pieces as sent: VNPAY's own samples differ in which characters they escape, and which the server follows is unpublished. */
function signedPartOf(fields: ReadonlyMap<string, string>): Buffer {
  const signed = [...fields].filter(([name, value]) => value !== '' && !unsigned.has(name));
  const sorted = signed.sort(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.from(sorted.map(([name, value]) => `${name}=${value}`).join('&'), 'latin1');
}
