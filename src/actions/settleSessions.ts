// Asks gateways about open sessions: what was paid enters by the same way as a webhook; what nobody needs is ended there, never before asking.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import { isNeedless, nextAsk, nextStep, type OnlineMethod, type OnlineSession } from '../domain/onlineSession';
import { addMs } from '../domain/time';
import { gatewayOf, type ConnectedGateway } from './connectedGateways';
import { keepPulled } from './keepPulled';

/** Of one round. */
const mostAtOnce = 20;
/** Longer than any gateway may take: until then nobody else asks about a session. */
const claimMs = 60_000;

/** Returns how many sessions of this method were asked about. */
export async function settleSessions(ctx: Context, method: OnlineMethod): Promise<number> {
  const due = await ctx.store.tables.onlineSessions.listDue(method, ctx.now(), mostAtOnce);
  for (const session of due) await settleOne(ctx, session);
  return due.length;
}

/** The payer's browser is back: its sessions are asked about at once. What the browser says is not believed, nor needed. */
export async function askSoon(ctx: Context, obligationIds: readonly string[]): Promise<void> {
  await ctx.store.transact((tables) => tables.onlineSessions.markSoon(obligationIds, ctx.now()));
}

async function settleOne(ctx: Context, session: OnlineSession): Promise<void> {
  const at = ctx.now();
  const { tables } = ctx.store;
  if (!(await ctx.store.transact((writing) => writing.onlineSessions.claim(session, addMs(at, claimMs))))) return;
  const named = await tables.obligations.named([session.reference]);
  const obligations = await tables.obligations.listBareByIds(named.map(({ obligationId }) => obligationId));
  const needless = isNeedless(session, obligations, at);
  const known = { tries: session.tries + 1, ...(needless ? { needlessAt: at } : {}) };
  try {
    const connected = await gatewayOf(ctx, tables, session.accountId, session.method);
    if (!connected) throw new Error('its key is gone');
    const step = await learn(ctx, connected, session, needless);
    const state = step === 'ask' ? session.state : step;
    await ctx.store.transact(async (writing) => {
      if (state === 'ended') await writing.paymentRequests.markEnded(session.paymentRequestId, at);
      await writing.onlineSessions.markAsked(session.paymentRequestId, { ...known, state, askAt: nextAsk(ctx.now(), session.tries) });
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unknown';
    ctx.log.warn(
      { method: session.method, paymentRequestId: session.paymentRequestId, problem },
      'a payment session could not be asked about',
    );
    const after = { ...known, state: session.state, askAt: nextAsk(ctx.now(), session.tries), problem };
    await ctx.store.transact((writing) => writing.onlineSessions.markAsked(session.paymentRequestId, after));
  }
}

/** What the gateway says of it, and what follows. */
async function learn(
  ctx: Context,
  { gateway, access, account }: ConnectedGateway,
  session: OnlineSession,
  needless: boolean,
): Promise<'ask' | 'paid' | 'ended'> {
  const word = await gateway.ask(access, session);
  if (word.standing === 'paid') await believe(ctx, session, account, word.told);
  const step = nextStep(session, word.standing, needless, ctx.now());
  if (step !== 'end') return step;
  return (await gateway.end(access, session)) ? 'ended' : 'ask';
}

const believe = (ctx: Context, { method }: OnlineSession, account: Account, told: Buffer): Promise<void> =>
  keepPulled(ctx, method, account, told);
