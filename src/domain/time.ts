// Time: instants in UTC as fixed-width text, business days in Asia/Ho_Chi_Minh (UTC+7, no daylight saving).

/** An instant as `2026-11-21T07:05:09.000Z`: sorts as text, the same in both databases and on the wire. */
export type Instant = string & { readonly __instant: never };

/** A Vietnamese calendar day as `2026-11-21`. */
export type Day = string & { readonly __day: never };

const vietnamOffsetMs = 7 * 60 * 60 * 1000;
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const vietnamTimePattern = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/;

export const instantOf = (epochMs: number): Instant => new Date(epochMs).toISOString() as Instant;

export const epochMsOf = (instant: Instant): number => Date.parse(instant);

export const addMs = (instant: Instant, ms: number): Instant => instantOf(epochMsOf(instant) + ms);

/** The Vietnamese calendar day on which an instant falls. */
export function dayOf(instant: Instant): Day {
  const isSameDay = Number(instant.slice(11, 13)) < 17; // until 17:00 UTC it is the same day there
  return (isSameDay ? instant : instantOf(epochMsOf(instant) + vietnamOffsetMs)).slice(0, 10) as Day;
}

/** The first instant of a Vietnamese day. */
export const startOfDay = (day: Day): Instant => instantOf(Date.parse(`${day}T00:00:00.000Z`) - vietnamOffsetMs);

export const addDays = (day: Day, days: number): Day =>
  instantOf(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000).slice(0, 10) as Day;

/** Whether a day lies between two days, both included; an absent end is open. */
export const isBetween = (day: Day, from?: Day | null, to?: Day | null): boolean => (!from || from <= day) && (!to || day <= to);

/** `2026-11` → its first and last day. */
export function daysOfMonth(month: string): { from: Day; to: Day } {
  const from = `${month}-01` as Day;
  const [year, number] = month.split('-').map(Number) as [number, number];
  const to = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) as Day;
  return { from, to };
}

/** A real calendar day, or undefined: `2026-02-30` is none. */
export function parseDay(text: string): Day | undefined {
  if (!dayPattern.test(text)) return undefined;
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? (text as Day) : undefined;
}

/** An RFC 3339 instant with zone (`2026-11-21T14:05:09+07:00`), or undefined. */
export function parseInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) || !parseDay(text.slice(0, 10)) ? undefined : instantOf(ms);
}

/** A bank's zoneless Vietnamese time (`2026-11-21 14:05:09`), or undefined. */
export function parseVietnamTime(text: string): Instant | undefined {
  const [, day, time] = vietnamTimePattern.exec(text) ?? [];
  return day && time ? parseInstant(`${day}T${time}+07:00`) : undefined;
}

/** The wall clock in Vietnam as `2026-11-21 14:05:09`, the way banks write it. */
export const vietnamTimeOf = (instant: Instant): string =>
  instantOf(epochMsOf(instant) + vietnamOffsetMs)
    .slice(0, 19)
    .replace('T', ' ');
