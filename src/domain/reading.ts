// Reading: every reference that a transfer's content may mean, exactly as written or with one slip of the hand put right.
import { firstOf, packedSyndromes, partOf, secondOf, shiftOf, wordLength, wrongPlaceOf } from './checkSymbols';
import { alphabet, lettersOf, noSymbol, textOf, type Letters } from './contentLetters';
import { exactReferencesIn, isPrefixAt, isSoundAt, normalForm, prefix } from './reference';

export const slips = ['wrong_symbol', 'missing_symbol', 'extra_symbol', 'swapped_symbols', 'damaged_prefix'] as const;
export type Slip = (typeof slips)[number];

/** One way to read a content. */
export interface Reading {
  reference: string;
  how: 'exact' | Slip;
  /** The letters of the content's normal form that were read so. */
  found: string;
}

/** Characters of a content that are read: no bank of ours sends more than 300, and the code comes first. */
export const longestContent = 2000;

/** Exact readings of one content; the rest is not read. A payroll's list of references is far below. */
export const mostExact = 400;

/** Corrected readings of one content. One with more is nobody's slip, and loses all of them, so that none is judged without its rivals. */
export const mostCorrected = 200;

/** How much of a content is read. */
export interface ReadingLimits {
  longestContent: number;
  mostExact: number;
  mostCorrected: number;
}

const usualLimits: ReadingLimits = { longestContent, mostExact, mostCorrected };

const symbolN = alphabet.indexOf('N');
const symbolP = alphabet.indexOf('P');

/** What is being read, and the readings so far by reference. */
interface Page {
  letters: Letters;
  readings: Map<string, Reading>;
}

/**
 * Every sound reference that a content may mean, each once: the exact ones in order of appearance, then those within one slip.
 * A correction is a guess until its amount agrees too: by accident of its letters, one content in five with a reference is
 * one slip away from another, and one in a hundred without any, though hardly ever from one that was issued.
 */
export function readingsOf(content: string, limits: ReadingLimits = usualLimits): Reading[] {
  const letters = lettersOf(content.length > limits.longestContent ? content.slice(0, limits.longestContent) : content);
  const exact: Reading[] = exactReferencesIn(letters, limits.mostExact).map((reference) => ({ reference, how: 'exact', found: reference }));
  const page: Page = { letters, readings: new Map(exact.map((reading) => [reading.reference, reading])) };
  for (let start = 0; start < letters.count; start++) {
    readSlipsAt(page, start);
    if (page.readings.size > exact.length + limits.mostCorrected) return exact;
  }
  return [...page.readings.values()];
}

/** Whether two readings of a content were read in letters of which some are the same, there where each is first found. */
export function sharesLetters(content: string, one: Reading, other: Reading): boolean {
  const letters = normalForm(content);
  const [from, otherFrom] = [letters.indexOf(one.found), letters.indexOf(other.found)];
  return from < otherFrom + other.found.length && otherFrom < from + one.found.length;
}

function readSlipsAt(page: Page, start: number): void {
  const symbol = page.letters.symbols[start];
  if (symbol === symbolP) readWithoutN(page, start);
  if (symbol !== symbolN) return;
  if (isPrefixAt(page.letters, start)) readAfterPrefix(page, start + prefix.length);
  else readWithoutP(page, start);
}

/** `P` and a sound word: the N is wrong or missing, or something came between the two. */
function readWithoutN(page: Page, start: number): void {
  if (start > 0 && isPrefixAt(page.letters, start - 1)) return;
  if (isSoundAt(page.letters, start + 1)) keep(page, textAt(page, start + 1, wordLength), 'damaged_prefix', start, wordLength + 1);
}

/** `N` and a sound word, at once (P missing, or swapped with N) or after any other letter (P wrong); or P swapped with the first symbol. */
function readWithoutP(page: Page, start: number): void {
  const { letters } = page;
  if (isSoundAt(letters, start + 1)) keep(page, textAt(page, start + 1, wordLength), 'damaged_prefix', start, wordLength + 1);
  if (isSoundAt(letters, start + 2)) keep(page, textAt(page, start + 2, wordLength), 'damaged_prefix', start, wordLength + 2);
  if (letters.symbols[start + 2] === symbolP && isSoundBut(letters, start + 1, 1)) {
    keep(page, without(textAt(page, start + 1, wordLength + 1), 1), 'swapped_symbols', start, wordLength + 2);
  }
}

function readAfterPrefix(page: Page, start: number): void {
  const run = page.letters.runs[start] ?? 0;
  readWrong(page, start, run);
  if (run >= wordLength - 1) readMissing(page, start);
  if (run > wordLength) readExtra(page, start);
  else if (run < wordLength && isSoundBut(page.letters, start, run)) keepExtra(page, start, run); // the one outside the alphabet
}

/** Eight letters, one of them wrong or two neighbours swapped. Of a letter outside the alphabet the place is known: where the run ends. */
function readWrong(page: Page, start: number, run: number): void {
  const { letters } = page;
  if (start + wordLength > letters.count) return;
  const syndromes = packedSyndromes(letters.symbols, start);
  if (run >= wordLength) {
    const place = wrongPlaceOf(syndromes);
    if (place >= 0) keepWrong(page, start, place, (letters.symbols[start + place] ?? 0) ^ firstOf(syndromes));
    else if (syndromes !== 0 && firstOf(syndromes) === 0) readSwapped(page, start, secondOf(syndromes));
  } else if (run + 1 + (letters.runs[start + run + 1] ?? 0) >= wordLength) {
    if (syndromes === 0 || wrongPlaceOf(syndromes) === run) keepWrong(page, start, run, firstOf(syndromes));
  }
}

function keepWrong(page: Page, start: number, place: number, symbol: number): void {
  const text = textAt(page, start, wordLength);
  keepAfterPrefix(page, text.slice(0, place) + alphabet.charAt(symbol) + text.slice(place + 1), 'wrong_symbol', start, wordLength);
}

function readSwapped(page: Page, start: number, second: number): void {
  const { symbols } = page.letters;
  for (let place = 0; place < wordLength - 1; place++) {
    if (shiftOf(place, (symbols[start + place] ?? 0) ^ (symbols[start + place + 1] ?? 0)) !== second) continue;
    const text = textAt(page, start, wordLength);
    const swapped = text.slice(0, place) + text.charAt(place + 1) + text.charAt(place) + text.slice(place + 2);
    keepAfterPrefix(page, swapped, 'swapped_symbols', start, wordLength);
  }
}

/** Seven letters with the eighth put in where both syndromes allow it: the first says what it is, the second where it was. */
function readMissing(page: Page, start: number): void {
  const { symbols } = page.letters;
  const shorter = wordLength - 1;
  const syndromes = packedSyndromes(symbols, start) ^ partOf(shorter, symbols[start + shorter] ?? noSymbol);
  const missing = firstOf(syndromes);
  let second = secondOf(syndromes ^ partOf(shorter, missing));
  for (let place = shorter; ; place--) {
    if (second === 0) keepMissing(page, start, place, missing);
    if (place === 0) return;
    second ^= shiftOf(place - 1, (symbols[start + place - 1] ?? 0) ^ missing);
  }
}

function keepMissing(page: Page, start: number, place: number, symbol: number): void {
  const text = textAt(page, start, wordLength - 1);
  const whole = text.slice(0, place) + alphabet.charAt(symbol) + text.slice(place);
  keepAfterPrefix(page, whole, 'missing_symbol', start, wordLength - 1);
}

/** Nine letters of the alphabet with one left out: one that is what the other eight have too much. */
function readExtra(page: Page, start: number): void {
  const { symbols } = page.letters;
  const extra = firstOf(packedSyndromes(symbols, start)) ^ (symbols[start + wordLength] ?? 0);
  for (let place = 0; place < wordLength; place++) {
    if (symbols[start + place] === extra && isSoundBut(page.letters, start, place)) keepExtra(page, start, place);
  }
}

function keepExtra(page: Page, start: number, place: number): void {
  keepAfterPrefix(page, without(textAt(page, start, wordLength + 1), place), 'extra_symbol', start, wordLength + 1);
}

/** Whether nine letters are a sound word when the one at `gap` is left out. */
function isSoundBut({ runs, symbols }: Letters, start: number, gap: number): boolean {
  if ((runs[start] ?? 0) < gap || (runs[start + gap + 1] ?? 0) < wordLength - gap) return false;
  return packedSyndromes(symbols, start, gap) === 0;
}

const without = (text: string, place: number): string => text.slice(0, place) + text.slice(place + 1);

const textAt = ({ letters }: Page, start: number, length: number): string => textOf(letters, start, length);

function keepAfterPrefix(page: Page, word: string, how: Slip, start: number, length: number): void {
  keep(page, word, how, start - prefix.length, length + prefix.length);
}

function keep(page: Page, word: string, how: Slip, start: number, length: number): void {
  const reference = prefix + word;
  if (!page.readings.has(reference)) page.readings.set(reference, { reference, how, found: textAt(page, start, length) });
}
