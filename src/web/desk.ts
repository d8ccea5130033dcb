// The desk: at which counter an officer works; the one in the address, else the one chosen last, else their own.
import { counterInSight } from '../actions/demand';
import type { Agency, Counter } from '../domain/agency';
import { Problem } from '../problems';
import type { OfficerVisit } from './screen';
import { cookieOf } from './session';

export interface Desk {
  counter: Counter;
  agency: Agency;
}

const cookie = 'counter';
/** Between the officer and the counter in the cookie: neither id has one. */
const separator = '~';

/** Undefined when a choice is needed. Throws counter_unknown for an address that names a counter out of sight. */
export async function deskOf(visit: OfficerVisit): Promise<Desk | undefined> {
  const { ctx, req, actor } = visit;
  const asked = textIn(req.query['counter']);
  if (asked) {
    const counter = await counterInSight(ctx.store.tables, actor, asked);
    visit.res.cookie(cookie, [actor.officerId, counter.id].join(separator), { httpOnly: true, sameSite: 'lax', path: '/counter' });
    return deskAt(visit, counter);
  }
  for (const id of [lastChoice(visit), actor.counterId]) {
    const counter = id === undefined ? undefined : await seen(visit, id);
    if (counter) return deskAt(visit, counter);
  }
  return undefined;
}

/** One text of an address, or nothing. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value.normalize('NFC').trim() : '');

/** Another officer's choice on the same computer does not count. */
function lastChoice({ req, actor }: OfficerVisit): string | undefined {
  const [officerId, counterId] = (cookieOf(req, cookie) ?? '').split(separator);
  return officerId === actor.officerId ? counterId : undefined;
}

async function seen({ ctx, actor }: OfficerVisit, id: string): Promise<Counter | undefined> {
  try {
    return await counterInSight(ctx.store.tables, actor, id);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

async function deskAt({ ctx }: OfficerVisit, counter: Counter): Promise<Desk> {
  const agency = (await ctx.store.tables.agencies.list()).find((known) => known.code === counter.agencyCode);
  if (!agency) throw new Problem('agency_unknown', counter.agencyCode);
  return { counter, agency };
}
