// Days and times as banks write them: DD/MM/YYYY, DD-MM-YYYY, ISO, the serial numbers of Excel; an impossible day is none.
import { parseDay, startOfDay, type Day, type Instant } from '../domain/time';
import { FormulaCell, NumberCell, wholeOf, type Cell } from './cell';

/** `second` of the day, where a time is told; `rest`: what else stood in the cell, as Vietcombank prints its document numbers. */
export interface ReadDay {
  day: Day;
  second?: number;
  rest?: string;
}

const dayFirst = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)/;
const yearFirst = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?!\d)/;
const compact = /^(20\d{2})(\d{2})(\d{2})$/;
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*(AM|PM|SA|CH))?(?!\d)/i;
/** 1990 and 2100: a number in a column of days is a serial number of Excel only between them. */
const firstSerial = 32_874;
const lastSerial = 73_415;
/** Day 0 of Excel's calendar, in which 1900 wrongly has a 29 February; and how many days the calendar that begins in 1904 is behind. */
const serialZeroMs = Date.UTC(1899, 11, 30);
const daysUntil1904 = 1462;

const mostKept = 4_096;
const kept = new Map<string, Day | undefined>();

/** The day, or why there is none: `blank`, `unreadable`, or a `formula`. */
export function dayIn(cell: Cell | undefined): ReadDay | 'blank' | 'unreadable' | 'formula' {
  if (cell === undefined) return 'blank';
  if (cell instanceof FormulaCell) return 'formula';
  if (cell instanceof NumberCell) return dayInNumber(cell) ?? 'unreadable';
  if (cell === '') return 'blank';
  if (cell.length === 10 || cell.length === 19) {
    const day = keptDay(cell.slice(0, 10));
    const second = cell.length === 19 ? plainSecondAt(cell, 10) : undefined;
    if (day && cell.length === 10) return { day };
    if (day && second !== undefined) return { day, second };
  }
  const text = cell.replace(/[\s\u00a0]+/g, ' ').trim();
  if (text === '') return 'blank';
  if (text.startsWith('=')) return 'formula';
  return dayInText(text) ?? 'unreadable';
}

/** A time alone (`14:05:09`) in seconds of the day, or undefined. */
export function secondIn(text: string): number | undefined {
  const [all, hours, minutes, seconds = '0', half] = clock.exec(text) ?? [];
  if (all === undefined) return undefined;
  const isAfternoon = half !== undefined && /PM|CH/i.test(half);
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (isAfternoon ? 12 : 0);
  return hour < 24 && Number(minutes) < 60 && Number(seconds) < 60 ? hour * 3600 + Number(minutes) * 60 + Number(seconds) : undefined;
}

/** The instant of a second of a Vietnamese day: until seven in the morning there, it is the day before in UTC. */
export function instantAt(day: Day, second: number): Instant {
  const beginning = beginningOf(day);
  const utc = second - vietnamAheadSeconds;
  const date = utc < 0 ? beginning.slice(0, 10) : day;
  const rest = utc < 0 ? utc + 86_400 : utc;
  return `${date}T${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}.000Z` as Instant;
}

const vietnamAheadSeconds = 7 * 3600;
const two = (number: number): string => (number < 10 ? `0${number}` : String(number));

let lastDay: Day | undefined;
let lastBeginning: Instant | undefined;

/** `startOfDay`, which a million rows ask of the same few days. */
export function beginningOf(day: Day): Instant {
  if (lastBeginning === undefined || day !== lastDay) {
    lastDay = day;
    lastBeginning = startOfDay(day);
  }
  return lastBeginning;
}

/** ` 14:05:09` at the end of a text, as most banks write it. */
function plainSecondAt(text: string, at: number): number | undefined {
  if (text[at] !== ' ' || text[at + 3] !== ':' || text[at + 6] !== ':') return undefined;
  const hours = twoDigitsAt(text, at + 1);
  const minutes = twoDigitsAt(text, at + 4);
  const seconds = twoDigitsAt(text, at + 7);
  return hours < 24 && minutes < 60 && seconds < 60 ? hours * 3600 + minutes * 60 + seconds : undefined;
}

/** NaN where they are none. */
function twoDigitsAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

function keptDay(text: string): Day | undefined {
  if (kept.has(text)) return kept.get(text);
  if (kept.size > mostKept) kept.clear();
  const found = wholeDay(text);
  const day = found?.length === text.length ? found.day : undefined;
  kept.set(text, day);
  return day;
}

/** The day that a text begins with, and how many characters it takes. */
function wholeDay(text: string): { day: Day; length: number } | undefined {
  const first = dayFirst.exec(text);
  if (first) return dated(first[0], first[4], first[3], first[1]);
  const [all, year, , month, day] = yearFirst.exec(text) ?? [];
  if (all !== undefined) return dated(all, year, month, day);
  const packed = compact.exec(text);
  return packed ? dated(packed[0], packed[1], packed[2], packed[3]) : undefined;
}

function dated(all: string, year = '', month = '', day = ''): { day: Day; length: number } | undefined {
  const found = parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return found && { day: found, length: all.length };
}

function dayInText(text: string): ReadDay | undefined {
  const found = wholeDay(text);
  if (!found) return dayAfterTime(text);
  const rest = text.slice(found.length).replace(/^[T ,-]+/, '');
  if (rest === '') return { day: found.day };
  const time = clock.exec(rest);
  if (!time) return /^[\w.\-/]+$/.test(rest) && text[found.length] === ' ' ? { day: found.day, rest } : undefined;
  const second = secondIn(rest);
  const after = rest.slice(time[0].length).trim();
  return second === undefined || !/^(Z|[+-]\d{2}:?\d{2})?$/.test(after) ? undefined : { day: found.day, second };
}

/** `14:05:09 01/11/2026`. */
function dayAfterTime(text: string): ReadDay | undefined {
  const time = clock.exec(text);
  const second = time ? secondIn(text) : undefined;
  const rest = time ? text.slice(time[0].length).replace(/^[ ,-]+/, '') : '';
  const found = wholeDay(rest);
  return found && second !== undefined && found.length === rest.length ? { day: found.day, second } : undefined;
}

function dayInNumber(cell: NumberCell): ReadDay | undefined {
  const whole = wholeOf(cell.text);
  if (whole !== undefined && compact.test(whole)) return dayInText(whole);
  const serial = Number(cell.text) + (cell.is1904 ? daysUntil1904 : 0);
  if (!(serial >= firstSerial && serial < lastSerial)) return undefined;
  const seconds = Math.round(serial * 86_400);
  const day = parseDay(new Date(serialZeroMs + Math.floor(seconds / 86_400) * 86_400_000).toISOString().slice(0, 10));
  return day && (seconds % 86_400 === 0 ? { day } : { day, second: seconds % 86_400 });
}
