// Sealing: secrets are encrypted at rest (AES-256-GCM), tokens and keys are kept only as hashes, links carry a mark.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Seal {
  close(text: string): string;
  /** Throws when the text was altered or sealed with another key. */
  open(sealed: string): string;
  /** A mark on a text, of 160 bits, that only we can make; letters that stand in an address as they are. */
  mark(text: string): string;
  /** Compares in a time that tells nothing. */
  isSame(given: string, expected: string): boolean;
  /** For tokens and keys of at least 128 bits of chance: a plain hash cannot be guessed back. */
  hash(token: string): string;
}

const nonceBytes = 12;
const tagBytes = 16;
const markBytes = 20;

export function sealWith(secretKey: string): Seal {
  const keyFor = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secretKey, '', use, 32));
  const [key, markKey] = [keyFor('provider secrets'), keyFor('marks')];
  return {
    close(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes));
      cipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([cipher.update(bytes.subarray(nonceBytes + tagBytes)), cipher.final()]).toString('utf8');
    },
    mark: (text) => createHmac('sha256', markKey).update(text).digest().subarray(0, markBytes).toString('base64url'),
    isSame(given, expected) {
      const [a, b] = [Buffer.from(given), Buffer.from(expected)];
      return a.length === b.length && timingSafeEqual(a, b);
    },
    hash: (token) => createHash('sha256').update(token).digest('hex'),
  };
}
