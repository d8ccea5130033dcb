// Health and metrics, for operators.
import type { Request, Response } from 'express';
import { needsAction, receiptTroubles } from '../actions/seeReceiptQueue';
import { letterTroubles } from '../actions/sendLetters';
import { currentTroubles, heardSources, seeSources, type Sources, type Troubles } from '../actions/seeSources';
import type { Context } from '../context';
import type { FeedState, Source } from '../domain/source';
import { addMs, type Instant } from '../domain/time';
import { Problem } from '../problems';
import type { WhoAsks } from './counterFeed';

/** Whoever asks within this time hears the same of the sources. */
const rememberedMs = 10_000;

/**
 * 200 when the database answers, 503 when it does not; `degraded` when it answers but money may be missing, or receipts cannot be
 * signed or handed over in time. Everybody hears that, and how soon each source tells us; accounts, counts and amounts hears only who may see
 * them.
 */
export function health(ctx: Context, whoAsks: WhoAsks) {
  const heard = remembered(ctx, () => heardSources(ctx));
  const orNothing = (error: unknown): undefined => {
    if (!(error instanceof Problem)) ctx.log.error({ err: error }, 'the health is not seen as a whole');
  };
  return async (req: Request, res: Response) => {
    const lastEventId = await ctx.store.tables.events.lastId().catch(() => undefined);
    const ok = lastEventId !== undefined;
    const troubles = ok ? await currentTroubles(ctx).catch(orNothing) : undefined;
    const receipts = ok ? await receiptTroubles(ctx).catch(orNothing) : undefined;
    const actor = ok ? await whoAsks(req).catch(orNothing) : undefined;
    const seen = actor ? await seeSources(ctx, actor, heard).catch(orNothing) : undefined;
    const letters = seen ? await letterTroubles(ctx).catch(orNothing) : undefined;
    const sources = ok && !seen ? await heard().catch(orNothing) : undefined;
    res
      .status(ok ? 200 : 503)
      .set('cache-control', 'no-store')
      .json({
        status: ok ? (isWhole(troubles) && receipts && !needsAction(receipts) ? 'ok' : 'degraded') : 'failing',
        database: ok ? 'ok' : 'unreachable',
        mode: ctx.config.mode,
        time: ctx.now(),
        ...(sources ? { sources: sources.map(presentPace) } : {}),
        ...(seen ? { lastEventId, ...presentSources(seen), receipts, letters } : {}),
      });
  };
}

export const metrics = (ctx: Context) => async (_: Request, res: Response) => {
  res.type('text/plain; version=0.0.4').send(await ctx.metrics.text());
};

const isWhole = (troubles: Troubles | undefined): boolean =>
  troubles?.breaks.length === 0 && troubles.feeds.every((feed) => feed.problem === undefined);

/** What `read` returned at most some seconds ago; a failure is not remembered. */
function remembered<T>(ctx: Context, read: () => Promise<T>): () => Promise<T> {
  let known: { at: Instant; answer: Promise<T> } | undefined;
  return () => {
    const now = ctx.now();
    if (known && known.at <= now && now < addMs(known.at, rememberedMs)) return known.answer;
    const answer = read();
    known = { at: now, answer };
    answer.catch(() => (known = undefined));
    return answer;
  };
}

const presentSources = ({ sources, feeds, breaks }: Sources) => ({
  sources: sources.map(presentSource),
  feeds: feeds.map(presentFeed),
  balanceBreaks: breaks,
});

/** Shares are of what was looked at, from 0 to 1. */
const presentSource = ({ told, ...source }: Source) => ({
  ...source,
  pushShare: told.push / source.count,
  pullShare: told.pull / source.count,
});

/** What everybody may hear of a source. */
function presentPace(source: Source) {
  const { provider, lastHeardAt, pushShare, pullShare, medianDelayMs, p99DelayMs } = presentSource(source);
  return { provider, lastHeardAt, pushShare, pullShare, medianDelayMs, p99DelayMs };
}

const presentFeed = ({ accountId, provider, pulledTo, lastPulledAt, problem }: Omit<FeedState, 'tokenCiphertext'>) => ({
  accountId,
  provider,
  pulledTo: pulledTo ?? null,
  lastPulledAt: lastPulledAt ?? null,
  problem: problem ?? null,
});
