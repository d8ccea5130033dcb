// Identifiers: a short prefix that says what the row is, then time and chance, so that they sort and cannot be guessed.
import { epochMsOf, type Instant } from './time';

const prefixes = {
  agency: 'ag',
  account: 'acc',
  allocation: 'al',
  cashTaking: 'cash',
  counter: 'ct',
  delivery: 'dl',
  dossier: 'ds',
  entry: 'en',
  obligation: 'ob',
  officer: 'of',
  paymentRequest: 'pr',
  ratioChange: 'rc',
  refund: 'rf',
  resolution: 'rs',
  secret: 'sec',
  subscriber: 'sub',
  syncFlag: 'sf',
  transaction: 'tx',
} as const;

export type Kind = keyof typeof prefixes;

/** Bytes of chance in one id: 80 bits. */
export const idRandomBytes = 10;

const crockford = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new id such as `ob_01k…`: 10 letters of time, 16 letters of chance. `random` holds `idRandomBytes` bytes. */
export const newId = (kind: Kind, now: Instant, random: Uint8Array): string =>
  `${prefixes[kind]}_${timeLetters(epochMsOf(now))}${letters(random)}`;

/** Five bits a letter, the highest first; 50 bits hold any time. */
function timeLetters(epochMs: number): string {
  let text = '';
  for (let rest = epochMs, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) text = crockford.charAt(rest % 32) + text;
  return text;
}

function letters(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    for (count += 8; count >= 5; count -= 5) text += crockford.charAt((bits >> (count - 5)) & 31);
  }
  return text;
}
