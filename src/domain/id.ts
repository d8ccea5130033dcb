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
export function newId(kind: Kind, now: Instant, random: Uint8Array): string {
  return `${prefixes[kind]}_${letters(BigInt(epochMsOf(now)), 10)}${letters(bigintOf(random), 16)}`;
}

function letters(value: bigint, count: number): string {
  let text = '';
  for (let i = 0; i < count; i++, value >>= 5n) text = crockford.charAt(Number(value & 31n)) + text;
  return text;
}

function bigintOf(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
