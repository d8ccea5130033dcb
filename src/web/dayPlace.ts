// Which account and day a page is of, the addresses of days, and the row of a day's list that one came from.
import type { Request } from 'express';
import { parseDay, type Day } from '../domain/time';
import { Problem } from '../problems';
import { addressOf } from './parts';
import type { Visit } from './screen';

export interface DayPlace {
  accountId: string;
  day: Day;
}

/** Throws request_invalid where the address names no day. */
export function dayPlaceIn({ req }: Visit): DayPlace {
  const day = parseDay(String(req.params['day']));
  if (!day) throw new Problem('request_invalid', 'day');
  return { accountId: String(req.params['account']), day };
}

export const dayAddress = ({ accountId, day }: DayPlace, part = ''): string => `/days/${encodeURIComponent(accountId)}/${day}${part}`;

export const differenceAddress = (place: DayPlace, key: string, from?: string): string =>
  addressOf(dayAddress(place, '/difference'), { key, from });

export const bookAddress = (place: DayPlace, book: string): string => dayAddress(place, `/books/${book}`);

/** A row of the day's list, counted from 1: once its difference is worked, the next one stands there. */
export const rowAddress = (place: DayPlace, questions: Readonly<Record<string, string | undefined>>, row: number): string =>
  addressOf(dayAddress(place), { ...questions, row: String(row) });

const ownList = /^\/days\/[\w-]{1,64}\/(\d{4}-\d\d-\d\d)$/;
const listQuestions = ['class', 'state', 'amount', 'q', 'after', 'row'] as const;

/** The list of a day that the address carries in `from`, made anew from what is known of it: it leads to no other page. */
export function dayListBehind({ query }: Request): string | undefined {
  const [path = '', asked] = typeof query['from'] === 'string' ? query['from'].split('?') : [];
  const [, day = ''] = ownList.exec(path) ?? [];
  if (!parseDay(day)) return undefined;
  const given = new URLSearchParams(asked);
  return addressOf(path, Object.fromEntries(listQuestions.map((name) => [name, given.get(name) ?? undefined])));
}
