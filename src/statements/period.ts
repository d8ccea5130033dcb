// The period that a statement says it is of, in the words above its table: `Từ ngày/From: 01/11/2026 Đến ngày/To: 30/11/2026`.
import { headerForm } from '../domain/headerForm';
import { parseDay, type Day } from '../domain/time';
import { NumberCell, textOf, type Cell, type TableRow } from './cell';
import { dayIn } from './day';

export interface StatedPeriod {
  fromDay: Day;
  toDay: Day;
}

/** Letters of the words above a table that are looked through. */
const longestText = 4_000;

const date = String.raw`(?:(\d{1,2}) (\d{1,2}) (\d{4})|(\d{4}) (\d{1,2}) (\d{1,2}))(?!\d)`;
const words = '(?: [a-z]+){0,5}';
const beginning = new RegExp(String.raw`\b(?:tu|from|ky|period|thoi gian)\b${words} ${date}`);
/** Right after the first day and its time. */
const range = new RegExp(String.raw`^(?: \d{1,2} \d{2}(?: \d{2})?)?${words} ${date}`);
const end = new RegExp(String.raw`\b(?:den|to)\b${words} ${date}`);

/** Undefined where the rows state no two days, the second not before the first. */
export function periodIn(rows: readonly TableRow[]): StatedPeriod | undefined {
  const text = headerForm(
    rows
      .flatMap(({ cells }) => cells.map(wordsOf))
      .join(' ')
      .slice(0, longestText),
  );
  const first = beginning.exec(text);
  if (!first) return undefined;
  const rest = text.slice(first.index + first[0].length);
  const fromDay = dayOfMatch(first);
  const toDay = dayOfMatch(range.exec(rest) ?? end.exec(rest));
  return fromDay !== undefined && toDay !== undefined && fromDay <= toDay ? { fromDay, toDay } : undefined;
}

/** A workbook's day as its day, everything else as it is read. */
function wordsOf(cell: Cell): string {
  const day = cell instanceof NumberCell ? dayIn(cell) : undefined;
  return typeof day === 'object' ? day.day : textOf(cell);
}

function dayOfMatch(match: RegExpExecArray | null): Day | undefined {
  const [, day, month, year, ...others] = match ?? [];
  const [first, second, third] = year === undefined ? others : [year, month, day];
  if (first === undefined || second === undefined || third === undefined) return undefined;
  return parseDay(`${first}-${second.padStart(2, '0')}-${third.padStart(2, '0')}`);
}
