// Lookup codes: by which anybody who holds a receipt may verify it, and which nobody can guess.
import { alphabet } from './contentLetters';

/** 20 letters of five bits: 100 bits of chance, one byte each. */
export const lookupRandomBytes = 20;

/** A new code from `lookupRandomBytes` bytes of chance. Throws RangeError when there are too few. */
export function drawLookupCode(random: Uint8Array): string {
  if (random.length < lookupRandomBytes) throw new RangeError('too few random bytes for a lookup code');
  return Array.from(random.subarray(0, lookupRandomBytes), (byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

/** As it is kept, from what somebody typed or scanned: capitals, without what stands between groups. */
export const plainLookupCode = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '');

/** `ABCD-EFGH-…`: in fours, as people read it out. */
export const spacedLookupCode = (code: string): string => code.match(/.{1,4}/g)?.join('-') ?? '';
