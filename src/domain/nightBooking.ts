// The night of the banks: what is transferred then may be booked on the next day.
import { addDays, addMs, dayOf, startOfDay, vietnamTimeOf, type Day, type Instant } from './time';

/** From ten in the evening to five in the morning (payOS, questions and answers: such transfers may be booked on the next day). */
const [fromHour, toHour] = [22, 5];
const hourMs = 3_600_000;

export function isAtNight(bankTime: Instant): boolean {
  const hour = Number(vietnamTimeOf(bankTime).slice(11, 13));
  return hour >= fromHour || hour < toHour;
}

/** The two parts of a day that are night, each from its first instant to before its last. */
export function nightsOf(day: Day): [from: Instant, before: Instant][] {
  const start = startOfDay(day);
  return [
    [start, addMs(start, toHour * hourMs)],
    [addMs(start, fromHour * hourMs), startOfDay(addDays(day, 1))],
  ];
}

/** On which the bank's list should show it, where that of its own day does not. */
export const nextDayOf = (bankTime: Instant): Day => addDays(dayOf(bankTime), 1);
