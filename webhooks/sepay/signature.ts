// How we know that it is SePay, and how to sign as SePay does. Source: developer.sepay.vn/en/sepay-webhooks/xac-thuc
import { epochMsOf, type Instant } from '../../src/domain/time';
import { SignatureInvalid, type Secret, type WebhookRequest } from '../provider';
import { equal, hmacHex, ownerOf } from '../signature';

/** SePay's own limit on the age of a signature, in either direction. */
const toleranceSeconds = 300;

const signatureHeader = 'x-sepay-signature';
const timestampHeader = 'x-sepay-timestamp';

/**
 * The owner of the secret behind a request, in the form that the webhook was set up with. Where a signature is given it alone
 * decides, so that nobody can fall back to the weaker form; SePay's unsigned form is refused. Throws SignatureInvalid.
 */
export function verifySepay(request: WebhookRequest, secrets: readonly Secret[], now: Instant): string {
  return signatureHeader in request.headers ? verifySepayHmac(request, secrets, now) : verifyApiKey(request, secrets);
}

/** `X-SePay-Signature: sha256=<hex>` over `timestamp.rawBody`, at most `toleranceSeconds` old or early. Throws SignatureInvalid. */
export function verifySepayHmac({ headers, body }: WebhookRequest, secrets: readonly Secret[], now: Instant): string {
  const timestamp = headers[timestampHeader];
  if (timestamp === undefined || !isFresh(timestamp, now)) throw new SignatureInvalid();
  return ownerOf(secrets, (secret) => equal(headers[signatureHeader], signatureOf(timestamp, body, secret)));
}

/** The two headers that SePay adds to a body that it sends at `now`. */
export function signSepay(body: Buffer, secret: string, now: Instant): Record<string, string> {
  const timestamp = String(Math.floor(epochMsOf(now) / 1000));
  return { [timestampHeader]: timestamp, [signatureHeader]: signatureOf(timestamp, body, secret) };
}

/** `Authorization: Apikey <key>`: SePay's own scheme word, never Bearer. */
function verifyApiKey(request: WebhookRequest, secrets: readonly Secret[]): string {
  return ownerOf(secrets, (secret) => equal(request.headers['authorization'], `Apikey ${secret}`));
}

const signatureOf = (timestamp: string, body: Buffer, secret: string): string =>
  `sha256=${hmacHex('sha256', secret, `${timestamp}.`, body)}`;

function isFresh(timestamp: string, now: Instant): boolean {
  const driftMs = Math.abs(epochMsOf(now) - Number(timestamp) * 1000);
  return /^[1-9]\d{0,11}$/.test(timestamp) && driftMs <= toleranceSeconds * 1000;
}
