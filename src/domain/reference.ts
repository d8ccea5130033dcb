// The payment reference: the short code that a transfer carries so that we recognise it, however banks mangle the text around it.
import { packedSyndromes, withCheckSymbols, wordLength } from './checkSymbols';
import { alphabet, lettersOf, textOf, type Letters } from './contentLetters';

export { normalForm } from './contentLetters';

/** Bytes of chance in one reference: six symbols of five bits, 30 bits in all. */
export const referenceRandomBytes = 6;

/** Ten characters, because that is all Vietcombank to MB leaves before the first space that MB inserts. */
export const referenceLength = 10;

export const prefix = 'NP';
const [symbolN, symbolP] = Array.from(prefix, (letter) => alphabet.indexOf(letter));
const wholePattern = /^NP[2-9A-HJ-NP-Z]{8}$/;

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
  return wholePattern.test(text) && isExactAt(lettersOf(text), 0);
}

/** The distinct sound references anywhere in a transfer's content, in order of first appearance. */
export function referencesIn(content: string): string[] {
  return exactReferencesIn(lettersOf(content));
}

/** The same, in letters already taken from the content. Windows may overlap: banks glue other codes to ours without a boundary. */
export function exactReferencesIn(letters: Letters, most = Infinity): string[] {
  const found = new Set<string>();
  for (let start = 0; start < letters.count && found.size < most; start++) {
    if (isExactAt(letters, start)) found.add(textOf(letters, start, referenceLength));
  }
  return [...found];
}

export const isPrefixAt = ({ symbols }: Letters, start: number): boolean => symbols[start] === symbolN && symbols[start + 1] === symbolP;

/** Whether the eight letters from `start` on are a sound word. */
export const isSoundAt = ({ runs, symbols }: Letters, start: number): boolean =>
  (runs[start] ?? 0) >= wordLength && packedSyndromes(symbols, start) === 0;

function isExactAt(letters: Letters, start: number): boolean {
  return isPrefixAt(letters, start) && isSoundAt(letters, start + prefix.length);
}
