// The payment reference: the short code that a transfer carries so that we recognise it, however banks mangle the text around it.
import { syndromesOf, withCheckSymbols } from './checkSymbols';

/** Bytes of chance in one reference: six symbols of five bits, 30 bits in all. */
export const referenceRandomBytes = 6;

/** Ten characters, because that is all Vietcombank to MB leaves before the first space that MB inserts. */
export const referenceLength = 10;

const prefix = 'NP';
/** Without 0, O, 1 and I, which people confuse when they copy a code by hand. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const wholePattern = /^NP[2-9A-HJ-NP-Z]{8}$/;
/** A look-ahead, so that windows may overlap: banks glue other codes to ours without a boundary. */
const anywherePattern = /(?=(NP[2-9A-HJ-NP-Z]{8}))/g;

/**
 * A new reference such as `NP7K2MQXAB`, from `referenceRandomBytes` bytes of chance. It may be taken already: the caller draws again.
 * Throws RangeError when there are too few bytes.
 */
export function drawReference(random: Uint8Array): string {
  if (random.length < referenceRandomBytes) throw new RangeError('too few random bytes for a payment reference');
  const six = Array.from(random.subarray(0, referenceRandomBytes), (byte) => byte % alphabet.length);
  const letters = withCheckSymbols(six).map((symbol) => alphabet.charAt(symbol));
  return prefix + letters.join('');
}

/** Whether a text is exactly one sound reference in its written form: upper case, nothing around or inside it. */
export function isReference(text: string): boolean {
  return wholePattern.test(text) && hasSoundSymbols(text);
}

/** What is left of a transfer's content after any bank: A–Z and 0–9, without marks, case, spaces or punctuation. */
export function normalForm(content: string): string {
  const unmarked = content.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'D');
  return unmarked.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** The distinct sound references anywhere in a transfer's content, in order of first appearance. */
export function referencesIn(content: string): string[] {
  const windows = Array.from(normalForm(content).matchAll(anywherePattern), (found) => found[1] ?? '');
  return [...new Set(windows.filter(hasSoundSymbols))];
}

function hasSoundSymbols(text: string): boolean {
  const word = Array.from(text.slice(prefix.length), (letter) => alphabet.indexOf(letter));
  const { first, second } = syndromesOf(word);
  return first === 0 && second === 0;
}
