// The live feed of a counter: its events as server-sent events, resumable by Last-Event-ID, opened by session, key or display token.
import type { Request, Response } from 'express';
import { counterInSight } from '../actions/demand';
import type { Context } from '../context';
import type { Counter } from '../domain/agency';
import type { Event } from '../domain/event';
import type { Actor } from '../domain/role';
import { Problem } from '../problems';

const heartbeatMs = 15_000;
/** Then the browser connects again and must still be somebody: a session that ended hears no more. */
const longestMs = 2 * 60_000;
const mostAtOnce = 100;

/** Says who asks, or undefined: doors know sessions and keys. */
export type WhoAsks = (req: Request) => Promise<Actor | undefined>;

/** `GET /counters/:id/events`. With the display's token an event says only what happened, never whose dossier it is. */
export const counterFeed = (ctx: Context, whoAsks: WhoAsks) => async (req: Request, res: Response) => {
  const counterId = String(req.params['id']);
  const actor = await whoAsks(req);
  const counter = actor
    ? await counterInSight(ctx.store.tables, actor, counterId)
    : await counterBehindToken(ctx, counterId, req.query['token']);
  const present = actor ? withSnapshot : withoutSnapshot;
  let lastId = resumePoint(req) ?? (await ctx.store.tables.events.lastId());

  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  res.write(`retry: 1000\n\n`);
  let sending = Promise.resolve();
  const send = async () => {
    let events: Event[];
    do {
      events = await ctx.store.tables.events.after(lastId, { counter }, mostAtOnce);
      for (const event of events) res.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(present(event))}\n\n`);
      lastId = events.at(-1)?.id ?? lastId;
    } while (events.length === mostAtOnce);
  };
  const look = () => {
    sending = sending.then(send).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'a live feed ended');
      res.end();
    });
  };
  const silence = ctx.bell.listen(look);
  const heartbeat = setInterval(() => res.write(': still here\n\n'), heartbeatMs);
  const rest = setTimeout(() => res.end(), longestMs);
  res.on('close', () => {
    silence();
    clearInterval(heartbeat);
    clearTimeout(rest);
  });
  look();
};

async function counterBehindToken(ctx: Context, counterId: string, token: unknown): Promise<Counter> {
  const counter = typeof token === 'string' ? await ctx.store.tables.agencies.findCounterByToken(token) : undefined;
  if (counter?.id !== counterId) throw new Problem('key_required');
  return counter;
}

/** From the browser's own header, or from `lastEventId` where a page begins with what it already shows. */
function resumePoint(req: Request): number | undefined {
  const given = req.get('last-event-id') ?? req.query['lastEventId'];
  const id = typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : undefined;
  return id;
}

const withSnapshot = ({ id, type, at, subjectId, version, payload }: Event) => ({ id, type, at, subjectId, version, data: payload });
const withoutSnapshot = ({ id, type, at }: Event) => ({ id, type, at });
