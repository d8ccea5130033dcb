// Sealing: secrets are encrypted at rest (AES-256-GCM), tokens and keys are kept only as hashes.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

export interface Seal {
  close(text: string): string;
  /** Throws when the text was altered or sealed with another key. */
  open(sealed: string): string;
  /** For tokens and keys of at least 128 bits of chance: a plain hash cannot be guessed back. */
  hash(token: string): string;
}

const nonceBytes = 12;
const tagBytes = 16;

export function sealWith(secretKey: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'provider secrets', 32));
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
    hash: (token) => createHash('sha256').update(token).digest('hex'),
  };
}
