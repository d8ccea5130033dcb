// How we know that it is SePay, and how to sign as SePay does. Source: developer.sepay.vn/en/sepay-webhooks/xac-thuc
import { epochMsOf, type Instant } from '../../src/domain/time';
import { SignatureInvalid, type Secret, type WebhookRequest } from '../provider';
import { equal, hmacHex, isFresh, ownerOf } from '../signature';

/** SePay's own limit on the age of a signature, in either direction. */
const toleranceSeconds = 300;

const signatureHeader = 'x-sepay-signature';
const timestampHeader = 'x-sepay-timestamp';
const secretKeyHeader = 'x-secret-key';

/**
 * The owner of the secret behind a request, in the form that the webhook was set up with. Where a signature is given it alone
 * decides, so that nobody can fall back to a weaker form; SePay's unsigned form is refused. Throws SignatureInvalid.
 */
export function verifySepay(request: WebhookRequest, secrets: readonly Secret[], now: Instant): string {
  if (signatureHeader in request.headers) return verifySepayHmac(request, secrets, now);
  return secretKeyHeader in request.headers ? verifySecretKey(request, secrets) : verifyApiKey(request, secrets);
}

/** `X-SePay-Signature: sha256=<hex>` over `timestamp.rawBody`, at most `toleranceSeconds` old or early. Throws SignatureInvalid. */
export function verifySepayHmac({ headers, body }: WebhookRequest, secrets: readonly Secret[], now: Instant): string {
  const timestamp = headers[timestampHeader];
  if (timestamp === undefined || !isFresh(timestamp, now, toleranceSeconds)) throw new SignatureInvalid();
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

/** `X-Secret-Key: <key>`: BankHub and the payment gateway. Source: developer.sepay.vn/en/cong-thanh-toan/IPN */
function verifySecretKey(request: WebhookRequest, secrets: readonly Secret[]): string {
  return ownerOf(secrets, (secret) => equal(request.headers[secretKeyHeader], secret));
}

const signatureOf = (timestamp: string, body: Buffer, secret: string): string =>
  `sha256=${hmacHex('sha256', secret, `${timestamp}.`, body)}`;
