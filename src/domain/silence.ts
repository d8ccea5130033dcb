// Silence: how long a source has said nothing while offices were open, against what is usual for it.
import { epochMsOf, type Instant } from './time';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const vietnamOffsetMs = 7 * hourMs;
/** Counters are open on workdays from seven to five; nights and weekends are no silence. */
const opensMs = 7 * hourMs;
const openForMs = 10 * hourMs;
const workdays = 5;
/** 1 January 1970 was a Thursday. */
const daysSinceMonday = 3;

/** So many pauses must be known before any is called usual. */
const fewestPauses = 19;
const usualShare = 0.99;
/** Much longer than usual, and never less than an open hour. */
const muchLonger = 3;
const shortestSilenceMs = hourMs;

/** The milliseconds between two instants in which offices were open. */
export const openMsBetween = (from: Instant, to: Instant): number => Math.max(0, openMsUntil(to) - openMsUntil(from));

/** Counted from a Monday before 1970. */
function openMsUntil(instant: Instant): number {
  const local = epochMsOf(instant) + vietnamOffsetMs;
  const day = Math.floor(local / dayMs) + daysSinceMonday;
  const [week, weekday] = [Math.floor(day / 7), day % 7];
  const today = weekday < workdays ? Math.min(Math.max(0, (local % dayMs) - opensMs), openForMs) : 0;
  return (week * workdays + Math.min(weekday, workdays)) * openForMs + today;
}

/** Of a hundred pauses between these times, ninety-nine were no longer; null where too few are known. */
export function usualPauseOf(heardAt: readonly Instant[]): number | null {
  const sorted = [...heardAt].sort();
  const pauses = sorted.flatMap((at, place) => {
    const before = sorted[place - 1];
    return before === undefined ? [] : [openMsBetween(before, at)];
  });
  if (pauses.length < fewestPauses) return null;
  return pauses.sort((a, b) => a - b)[Math.floor((pauses.length - 1) * usualShare)] ?? null;
}

/** Whether nothing has been heard for much longer than usual. */
export const isSilent = (source: { lastHeardAt: Instant; usualPauseMs: number | null }, now: Instant): boolean =>
  source.usualPauseMs !== null && openMsBetween(source.lastHeardAt, now) > Math.max(shortestSilenceMs, muchLonger * source.usualPauseMs);
