// How we know that it is Stripe. Source: docs.stripe.com/webhooks/signature
import type { Instant } from '../../src/domain/time';
import { SignatureInvalid, type Secret, type WebhookRequest } from '../provider';
import { equal, hmacHex, isFresh, ownerOf } from '../signature';

/** Stripe's own limit on the age of a signature; we hold it in either direction. */
const toleranceSeconds = 300;

/**
 * `Stripe-Signature: t=<seconds>,v1=<hex>` with HMAC-SHA256 over `t.rawBody`. While a secret is rolled there are several v1, of
 * which any may fit; v0 and whatever else there may be prove nothing. Throws SignatureInvalid.
 */
export function verifyStripe({ headers, body }: WebhookRequest, secrets: readonly Secret[], now: Instant): string {
  const { timestamp, signatures } = partsOf(headers['stripe-signature']);
  if (!isFresh(timestamp, now, toleranceSeconds)) throw new SignatureInvalid();
  return ownerOf(secrets, (secret) => {
    const expected = hmacHex('sha256', secret, `${timestamp}.`, body);
    return signatures.some((signature) => equal(signature, expected));
  });
}

/** The one time and the v1 signatures of a header; two times could mean either, which is none. Throws SignatureInvalid. */
function partsOf(header = ''): { timestamp: string; signatures: string[] } {
  const parts = header.split(',').map(nameAndValue);
  const [timestamp, ...more] = valuesOf(parts, 't');
  if (timestamp === undefined || more.length > 0) throw new SignatureInvalid();
  return { timestamp, signatures: valuesOf(parts, 'v1') };
}

type Part = { name: string; value: string };

function nameAndValue(part: string): Part {
  const [, name, value] = /^(\w+)=(\S+)$/.exec(part) ?? [];
  if (name === undefined || value === undefined) throw new SignatureInvalid();
  return { name, value };
}

const valuesOf = (parts: readonly Part[], name: string): string[] => parts.filter((part) => part.name === name).map((part) => part.value);
