// The arithmetic behind the two check symbols: a distance-3 code over the 32 symbols, tuned to how people mistype.

/**
 * A symbol is an element of GF(32): five bits, added by exclusive or, multiplied modulo x^5 + x^2 + 1. A word of eight symbols
 * c is sound when both syndromes are zero: 1 + Σ c_i, and Σ weight_i × c_i with eight distinct weights.
 * One wrong symbol spoils the first. Two swapped neighbours leave it at zero and spoil the second, because their weights differ.
 * So each slip is seen, and a swap never looks like a wrong symbol. The 1 makes every repetition (22222222, NPNPNPNP) unsound.
 */
export type Syndromes = { first: number; second: number };

/** One weight a position. The check symbols come last with weights 0 and 1, so that no division is needed to find them. */
export const weights: readonly number[] = [2, 3, 4, 5, 6, 7, 0, 1];

/** Symbols in one word. */
export const wordLength = weights.length;

const modulus = 0b100101;
const highBit = 0b10000;
const symbolBits = 5;
const symbolCount = 1 << symbolBits;
/** Those of no symbols: the 1 of the first one. */
const emptySyndromes = 1;
const everySymbol = Array.from({ length: symbolCount }, (_, symbol) => symbol);

/** Every product of two symbols, because contents are read in the path of each webhook. */
const products = Uint8Array.from(everySymbol.flatMap((a) => everySymbol.map((b) => longProduct(a, b))));

/** The product of two elements of GF(32). */
export const multiply = (a: number, b: number): number => products[(a << symbolBits) | b] ?? 0;

/** Both syndromes of a word of up to eight symbols; `{ first: 0, second: 0 }` for a sound one. */
export function syndromesOf(word: readonly number[]): Syndromes {
  const packed = word.reduce((sum, symbol, place) => sum ^ partOf(place, symbol), emptySyndromes);
  return { first: firstOf(packed), second: secondOf(packed) };
}

/** Six symbols with the two that make them a sound word. */
export function withCheckSymbols(six: readonly number[]): number[] {
  const { first, second } = syndromesOf(six);
  return [...six, first ^ second, second];
}

/**
 * Both syndromes of eight symbols of an array from `start` on, packed in one number that is zero for a sound word. A symbol at `gap`
 * is passed over, and a ninth read instead. What is not a symbol counts as nothing.
 */
export function packedSyndromes(symbols: Uint8Array, start: number, gap = wordLength): number {
  let packed = emptySyndromes;
  for (let place = 0; place < wordLength; place++) packed ^= partOf(place, symbols[start + place + (place < gap ? 0 : 1)] ?? 0);
  return packed;
}

/** What a symbol at a place adds to packed syndromes, by exclusive or. */
export const partOf = (place: number, symbol: number): number => parts[(place << partBits) | symbol] ?? 0;

/** The amount by which a wrong symbol is wrong. */
export const firstOf = (packed: number): number => packed & (symbolCount - 1);

export const secondOf = (packed: number): number => packed >> symbolBits;

/** The place of the one wrong symbol that leaves these syndromes, or -1: nought, or more than one. */
export const wrongPlaceOf = (packed: number): number => wrongPlaces[packed] ?? -1;

/** What the second syndrome gains when two symbols that differ by `difference` change places, at `place` and the next. */
export const shiftOf = (place: number, difference: number): number =>
  multiply((weights[place] ?? 0) ^ (weights[place + 1] ?? 0), difference);

/** One bit more than a symbol has, so that the sign of no symbol fits. */
const partBits = symbolBits + 1;
const parts = new Uint16Array(wordLength << partBits);
const wrongPlaces = new Int8Array(1 << (2 * symbolBits)).fill(-1);

weights.forEach((weight, place) => {
  for (const symbol of everySymbol) {
    const part = symbol | (multiply(weight, symbol) << symbolBits);
    parts[(place << partBits) | symbol] = part;
    if (symbol !== 0) wrongPlaces[part] = place;
  }
});

function longProduct(a: number, b: number): number {
  let product = 0;
  for (let bit = highBit; bit > 0; bit >>= 1) product = doubled(product) ^ (b & bit ? a : 0);
  return product;
}

function doubled(a: number): number {
  return a & highBit ? (a << 1) ^ modulus : a << 1;
}
