// Health and metrics, for operators.
import type { Request, Response } from 'express';
import type { Context } from '../context';

/** 200 when the database answers, 503 when it does not. */
export const health = (ctx: Context) => async (_: Request, res: Response) => {
  const lastEventId = await ctx.store.tables.events.lastId().catch(() => undefined);
  const ok = lastEventId !== undefined;
  res.status(ok ? 200 : 503).json({
    status: ok ? 'ok' : 'failing',
    database: ok ? 'ok' : 'unreachable',
    mode: ctx.config.mode,
    lastEventId: lastEventId ?? null,
    time: ctx.now(),
  });
};

export const metrics = (ctx: Context) => async (_: Request, res: Response) => {
  res.type('text/plain; version=0.0.4').send(await ctx.metrics.text());
};
