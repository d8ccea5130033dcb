// The cryptography that providers share: keyed hashes, comparison in equal time, the search for the secret that fits.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { epochMsOf, type Instant } from '../src/domain/time';
import { SignatureInvalid, Unreadable, type Secret } from './provider';

/** Whether a text given by a stranger is the expected one, in a time that does not tell where they differ. Absent is never equal. */
export function equal(given: string | undefined, expected: string): boolean {
  // Lengths first: the expected length is public, and a text of 10 kB is not worth a copy.
  if (given?.length !== expected.length) return false;
  const [givenBytes, expectedBytes] = [Buffer.from(given), Buffer.from(expected)];
  return givenBytes.length === expectedBytes.length && timingSafeEqual(givenBytes, expectedBytes);
}

/** The keyed hash of parts, taken as one text, in lower-case hex. */
export function hmacHex(algorithm: 'sha256' | 'sha512', secret: string, ...parts: (string | Buffer)[]): string {
  const hmac = createHmac(algorithm, secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

/**
 * The owner of the first secret that fits. All are tried, so that old and new hold side by side during a rotation.
 * An empty secret never fits: anybody could sign with it. Throws SignatureInvalid when none does.
 */
export function ownerOf(secrets: readonly Secret[], fits: (value: string) => boolean): string {
  const genuine = secrets.find((secret) => secret.value !== '' && fits(secret.value));
  if (!genuine) throw new SignatureInvalid();
  return genuine.owner;
}

/** Whether the time in a signature, in seconds since 1970, is at most this far from now, before it or after. */
export function isFresh(timestamp: string, now: Instant, toleranceSeconds: number): boolean {
  const driftMs = Math.abs(epochMsOf(now) - Number(timestamp) * 1000);
  return /^[1-9]\d{0,11}$/.test(timestamp) && driftMs <= toleranceSeconds * 1000;
}

/** What `read` returns, for a signature that lies inside of the message. Where it is Unreadable, nobody can have signed it: SignatureInvalid. */
export function readSigned<Content>(read: () => Content): Content {
  try {
    return read();
  } catch (error) {
    throw error instanceof Unreadable ? new SignatureInvalid() : error;
  }
}
