// Which account and day a page is of, and the addresses of days.
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

export const differenceAddress = (place: DayPlace, key: string): string => addressOf(dayAddress(place, '/difference'), { key });

export const bookAddress = (place: DayPlace, book: string): string => dayAddress(place, `/books/${book}`);
