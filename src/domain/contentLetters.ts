// The letters of a transfer's content: what is left of it after any bank, as text and as symbols of our alphabet.

/** Without 0, O, 1 and I, which people confuse when they copy a code by hand. A letter's place is its symbol, 0 to 31. */
export const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** In place of a symbol: a letter outside the alphabet, or the end of the content. */
export const noSymbol = 32;

/** The letters of one content, in arrays that the next content overwrites: read them at once and keep none. */
export interface Letters {
  count: number;
  /** Character codes of the normal form. */
  codes: Uint8Array;
  /** The symbol of each letter; beyond `count` there is room to look ahead, and no symbol. */
  symbols: Uint8Array;
  /** How many letters from here on are in the alphabet without a break. */
  runs: Uint16Array;
}

/** How far beyond the last letter a reader may look. */
const lookAhead = 16;
/** Longer contents than any bank's get arrays of their own. */
const usualLength = 2048;
const longestRun = 0xffff;
const lastAscii = 127;

const keptCode = new Uint8Array(lastAscii + 1);
const symbolOf = new Uint8Array(lastAscii + 1).fill(noSymbol);
for (const letter of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
  keptCode[letter.charCodeAt(0)] = keptCode[letter.toLowerCase().charCodeAt(0)] = letter.charCodeAt(0);
}
Array.from(alphabet).forEach((letter, symbol) => (symbolOf[letter.charCodeAt(0)] = symbol));

const usual = roomFor(usualLength);

/** What is left of a transfer's content after any bank: A–Z and 0–9, without marks, case, spaces or punctuation. */
export function normalForm(content: string): string {
  const unmarked = isAscii(content) ? content : withoutMarks(content);
  return unmarked.toUpperCase().replace(/[^A-Z0-9]+/g, '');
}

/** The normal form of a content as letters and symbols. */
export function lettersOf(content: string): Letters {
  return keptLetters(content) ?? keptLetters(normalForm(content)) ?? roomFor(0);
}

/** The text of `length` letters from `start` on. */
export const textOf = ({ codes }: Letters, start: number, length: number): string =>
  String.fromCharCode(...codes.subarray(start, start + length));

function roomFor(length: number): Letters {
  const room = length + lookAhead;
  return { count: 0, codes: new Uint8Array(length), symbols: new Uint8Array(room), runs: new Uint16Array(room) };
}

/** The letters of an ASCII content; undefined for any other, whose case and marks need more thought. */
function keptLetters(content: string): Letters | undefined {
  const letters = content.length > usualLength ? roomFor(content.length) : usual;
  const { codes } = letters;
  let count = 0;
  for (let i = 0; i < content.length; i++) {
    const code = content.charCodeAt(i);
    if (code > lastAscii) return undefined;
    const kept = keptCode[code] ?? 0;
    if (kept !== 0) codes[count++] = kept;
  }
  letters.count = count;
  return withSymbols(letters);
}

/** Fills in symbols and runs, from the end so that each run is known from the next. */
function withSymbols(letters: Letters): Letters {
  const { count, codes, symbols, runs } = letters;
  symbols.fill(noSymbol, count, count + lookAhead);
  runs.fill(0, count, count + lookAhead);
  let run = 0;
  for (let i = count - 1; i >= 0; i--) {
    const symbol = symbolOf[codes[i] ?? 0] ?? noSymbol;
    run = symbol === noSymbol ? 0 : Math.min(run + 1, longestRun);
    symbols[i] = symbol;
    runs[i] = run;
  }
  return letters;
}

// eslint-disable-next-line no-control-regex -- ASCII is the question here
export const isAscii = (content: string): boolean => !/[^\x00-\x7f]/.test(content);

/** `Nguyễn Văn Đạt` → `Nguyen Van Dat`: what most banks leave of a text; a small `đ` becomes `D` too, to be compared without regard to case. */
export const withoutMarks = (content: string): string => content.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'D');
