// The feed of events over the API, for systems that ask rather than listen.
import { demand, sightOf } from '../actions/demand';
import { page } from './present';
import { reading, type Route } from './route';
import { eventsQuery } from './schemas';

export const eventRoutes: Route[] = [
  reading({
    path: '/api/events',
    summary: 'Events after one that is known, in the order in which they happened',
    query: eventsQuery,
    read: async (ctx, { actor, query: { after, limit } }) => {
      demand(actor, 'see_obligations');
      const agencyCodes = await sightOf(ctx.store.tables, actor);
      const events = await ctx.store.tables.events.after(after, agencyCodes ? { agencyCodes } : {}, limit + 1);
      return page(
        events,
        limit,
        (event) => event.id,
        ({ id, type, at, subjectId, version, payload }) => ({ id, type, at, subjectId, version, data: payload }),
      );
    },
  }),
];
