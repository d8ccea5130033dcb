// How we know that it is Casso. Source: github.com/CassoHQ/casso-webhook-v2-verify-signature
import { epochMsOf, type Instant } from '../../src/domain/time';
import { SignatureInvalid, type Secret, type WebhookRequest } from '../provider';
import { equal, hmacHex, ownerOf } from '../signature';
import { signedTextsOf } from './canonical';

/**
 * Casso sets no limit on the age of a signature, retries until it hears of success, and does not say whether it then signs anew: a retry
 * with its first time must not be refused for ever. The limit is ours, and longer than any trouble of ours should last; within it a
 * message that somebody repeats names money that is known, and books nothing.
 */
const longestAgeMs = 30 * 86_400_000;
/** Clocks differ; nobody signs tomorrow's message today. */
const mostAheadMs = 300_000;

const signatureHeader = 'x-casso-signature';
const tokenHeader = 'secure-token';

/** `t` is when it was signed, in milliseconds. */
const signatureForm = /^t=([1-9]\d{0,14}),v1=([0-9a-f]{128})$/;

/**
 * The owner of the secret behind a request: V2's signature, or V1's token. Where a signature is given it alone decides, so that
 * nobody can fall back to the token. Throws SignatureInvalid.
 */
export function verifyCasso(request: WebhookRequest, secrets: readonly Secret[], now: Instant): string {
  if (signatureHeader in request.headers) return verifySignature(request, secrets, now);
  return ownerOf(secrets, (secret) => equal(request.headers[tokenHeader], secret));
}

/** HMAC-SHA512 over `t`, a full stop, and the body with its keys in order. */
function verifySignature({ headers, body }: WebhookRequest, secrets: readonly Secret[], now: Instant): string {
  const [, signedAt = '', given] = signatureForm.exec(headers[signatureHeader] ?? '') ?? [];
  const ageMs = epochMsOf(now) - Number(signedAt);
  if (ageMs > longestAgeMs || ageMs < -mostAheadMs) throw new SignatureInvalid();
  const messages = signedTextsOf(body).map((text) => `${signedAt}.${text}`);
  return ownerOf(secrets, (secret) => messages.some((message) => equal(given, hmacHex('sha512', secret, message))));
}
