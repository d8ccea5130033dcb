// Working days in Vietnam: neither Saturday, Sunday nor a public holiday.
import { addDays, type Day } from './time';

/**
 * Public holidays (Labour Code 2019, Article 112) that are certain; the days that the government adds each year to Tết and to 2 September, and
 * those given for a holiday on a weekend, are not listed: a deadline may come out earlier than the law's, never later.
 */
export const holidays: readonly (readonly [Day, string])[] = (
  [
    ['2026-01-01', 'Tết Dương lịch'],
    ['2026-02-16', 'Tết Nguyên đán'],
    ['2026-02-17', 'Tết Nguyên đán'],
    ['2026-02-18', 'Tết Nguyên đán'],
    ['2026-02-19', 'Tết Nguyên đán'],
    ['2026-04-26', 'Giỗ Tổ Hùng Vương'],
    ['2026-04-30', 'Ngày Chiến thắng'],
    ['2026-05-01', 'Ngày Quốc tế lao động'],
    ['2026-09-02', 'Quốc khánh'],
    ['2027-01-01', 'Tết Dương lịch'],
    ['2027-02-05', 'Tết Nguyên đán'],
    ['2027-02-06', 'Tết Nguyên đán'],
    ['2027-02-07', 'Tết Nguyên đán'],
    ['2027-02-08', 'Tết Nguyên đán'],
    ['2027-04-16', 'Giỗ Tổ Hùng Vương'],
    ['2027-04-30', 'Ngày Chiến thắng'],
    ['2027-05-01', 'Ngày Quốc tế lao động'],
    ['2027-09-02', 'Quốc khánh'],
  ] as const
).map(([day, name]) => [day as Day, name]);

const holidaySet: ReadonlySet<string> = new Set(holidays.map(([day]) => day));
const weekendDays = [0, 6];

export const isWorkingDay = (day: Day): boolean =>
  !weekendDays.includes(new Date(`${day}T00:00:00.000Z`).getUTCDay()) && !holidaySet.has(day);

/** The `count`-th working day after `day`, which is not counted itself. */
export function workingDayAfter(day: Day, count: number): Day {
  let last = day;
  for (let left = count; left > 0;) {
    last = addDays(last, 1);
    if (isWorkingDay(last)) left--;
  }
  return last;
}

/** How many working days lie after `from`, up to `to`; 0 when `to` is not later. */
export function workingDaysBetween(from: Day, to: Day): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) count++;
  return count;
}
