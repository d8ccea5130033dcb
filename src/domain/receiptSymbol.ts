// The symbol and number of a receipt: `26TAB`, and whole numbers that begin at 1 every year in Vietnam.
import { dayOf, type Instant } from './time';

/** The letters that Circular 91/2026/TT-BTC leaves for a series. */
const letters = 'ABCDEGHKLMNPQRSTUVXY';
const symbolPattern = /^(\d{2})T([ABCDEGHKLMNPQRSTUVXY])([ABCDEGHKLMNPQRSTUVXY])$/;
const numberPattern = /^\d{1,8}$/;

/** Receipts are electronic since this century began. */
const century = 2000;

/** How many series one year has room for. */
export const seriesPerYear = letters.length ** 2;

/** Eight digits. Decree 254/2026/NĐ-CP, Article 23. */
export const lastReceiptNumber = 99_999_999;

/**
 * The symbol of a year's series at `place` 1, 2, 3 …: `AA`, `AB`, … `AY`, `BA`, …
 * Throws RangeError outside 2000–2099 or when the year's letters are used up.
 */
export function symbolOf(year: number, place: number): string {
  if (!Number.isInteger(year) || year < century || year > century + 99) throw new RangeError(`no symbol for the year ${year}`);
  if (!Number.isInteger(place) || place < 1 || place > seriesPerYear) throw new RangeError(`no symbol for series ${place}`);
  const first = letters[Math.floor((place - 1) / letters.length)] ?? '';
  const second = letters[(place - 1) % letters.length] ?? '';
  return `${String(year % 100).padStart(2, '0')}T${first}${second}`;
}

export const isSymbol = (text: string): boolean => symbolPattern.test(text);

/** The year and the place of a symbol, or undefined where it is none. */
export function parseSymbol(text: string): { year: number; place: number } | undefined {
  const [, year, first, second] = symbolPattern.exec(text) ?? [];
  if (!year || !first || !second) return undefined;
  return { year: century + Number(year), place: letters.indexOf(first) * letters.length + letters.indexOf(second) + 1 };
}

/** The year of a series: that of the Vietnamese calendar. */
export const seriesYearOf = (instant: Instant): number => Number(dayOf(instant).slice(0, 4));

export const isReceiptNumber = (number: number): boolean => Number.isInteger(number) && number >= 1 && number <= lastReceiptNumber;

/** `12` → `00000012`: eight digits, before which nobody can write another. Throws RangeError on what is no receipt number. */
export function numberText(number: number): string {
  if (!isReceiptNumber(number)) throw new RangeError(`no receipt number: ${number}`);
  return String(number).padStart(8, '0');
}

/** A number as people type it, with or without its zeros; undefined where it is none. */
export function parseNumber(text: string): number | undefined {
  const number = numberPattern.test(text) ? Number(text) : 0;
  return isReceiptNumber(number) ? number : undefined;
}
