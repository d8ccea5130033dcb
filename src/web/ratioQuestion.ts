// What the ratio board was asked, read from its address, and written into the addresses of its links.
import type { Request } from 'express';
import { addDays, dayOf, daysOfMonth, type Day, type Instant } from '../domain/time';
import { Problem } from '../problems';
import { inDate } from './format';
import { addressOf } from './parts';
import { askedChoice, askedDay, askedText } from './query';

export const groupings = ['sector', 'agency', 'procedure'] as const;
export type Grouping = (typeof groupings)[number];

export interface Period {
  from: Day;
  to: Day;
}

export interface RatioAsked extends Period {
  by: Grouping;
  agency?: string;
  sector?: string;
}

/** The month of `now` unless a day, days or a month are asked for. Throws request_invalid. */
export function ratioAsked(req: Request, now: Instant): RatioAsked {
  const agency = askedText(req, 'agency');
  const sector = askedText(req, 'sector');
  return {
    ...periodAsked(req, now),
    by: askedChoice(req, 'by', groupings),
    ...(agency ? { agency } : {}),
    ...(sector ? { sector } : {}),
  };
}

function periodAsked(req: Request, now: Instant): Period {
  const month = askedText(req, 'month');
  if (month !== undefined) {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new Problem('request_invalid', 'month');
    return daysOfMonth(month);
  }
  const [from, to] = [askedDay(req, 'from'), askedDay(req, 'to')];
  const [first, last] = [from ?? to, to ?? from];
  if (!first || !last) return monthOf(dayOf(now));
  return first <= last ? { from: first, to: last } : { from: last, to: first };
}

const monthOf = (day: Day): Period => daysOfMonth(day.slice(0, 7));

/** The periods that are one press away. */
export function nearPeriods(now: Instant): readonly [label: 'today' | 'thisMonth' | 'previousMonth', period: Period][] {
  const today = dayOf(now);
  const thisMonth = monthOf(today);
  return [
    ['today', { from: today, to: today }],
    ['thisMonth', thisMonth],
    ['previousMonth', monthOf(addDays(thisMonth.from, -1))],
  ];
}

/** `11/2026`, `21/11/2026`, or both ends. */
export function periodWords({ from, to }: Period): string {
  const month = monthOf(from);
  if (from === month.from && to === month.to) return from.slice(0, 7).split('-').reverse().join('/');
  return from === to ? inDate(from) : `${inDate(from)} – ${inDate(to)}`;
}

export const boardAddress = (asked: RatioAsked): string => addressOf('/ratios', { ...asked });
