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

const modulus = 0b100101;
const highBit = 0b10000;

/** The product of two elements of GF(32). */
export function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = highBit; bit > 0; bit >>= 1) product = doubled(product) ^ (b & bit ? a : 0);
  return product;
}

/** Both syndromes of a word of up to eight symbols; `{ first: 0, second: 0 }` for a sound one. */
export function syndromesOf(word: readonly number[]): Syndromes {
  const first = word.reduce((sum, symbol) => sum ^ symbol, 1);
  const second = word.reduce((sum, symbol, position) => sum ^ multiply(weights[position] ?? 0, symbol), 0);
  return { first, second };
}

/** Six symbols with the two that make them a sound word. */
export function withCheckSymbols(six: readonly number[]): number[] {
  const { first, second } = syndromesOf(six);
  return [...six, first ^ second, second];
}

const doubled = (a: number): number => (a & highBit ? (a << 1) ^ modulus : a << 1);
