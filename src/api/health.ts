// Health and metrics, for operators.
import type { Request, Response } from 'express';
import { currentSources } from '../actions/seeSources';
import type { Context } from '../context';
import type { FeedState, Source } from '../domain/source';

/** 200 when the database answers, 503 when it does not; `degraded` when it answers but money may be missing. */
export const health = (ctx: Context) => async (_: Request, res: Response) => {
  const lastEventId = await ctx.store.tables.events.lastId().catch(() => undefined);
  const ok = lastEventId !== undefined;
  const seen = ok ? await currentSources(ctx).catch(() => undefined) : undefined;
  const isWhole = seen?.breaks.length === 0 && seen.feeds.every((feed) => feed.problem === undefined);
  res.status(ok ? 200 : 503).json({
    status: ok ? (isWhole ? 'ok' : 'degraded') : 'failing',
    database: ok ? 'ok' : 'unreachable',
    mode: ctx.config.mode,
    lastEventId: lastEventId ?? null,
    sources: seen?.sources.map(presentSource) ?? [],
    feeds: seen?.feeds.map(presentFeed) ?? [],
    balanceBreaks: seen?.breaks ?? [],
    time: ctx.now(),
  });
};

export const metrics = (ctx: Context) => async (_: Request, res: Response) => {
  res.type('text/plain; version=0.0.4').send(await ctx.metrics.text());
};

/** Shares are of what was looked at, from 0 to 1. */
const presentSource = ({ told, ...source }: Source) => ({
  ...source,
  pushShare: told.push / source.count,
  pullShare: told.pull / source.count,
});

const presentFeed = ({ accountId, provider, pulledTo, lastPulledAt, problem }: Omit<FeedState, 'tokenCiphertext'>) => ({
  accountId,
  provider,
  pulledTo: pulledTo ?? null,
  lastPulledAt: lastPulledAt ?? null,
  problem: problem ?? null,
});
