// Delivers events from the outbox to subscribers: at least once, in order for each obligation, with retries over three days.
import type { Context, SubscriberAnswer } from '../context';
import { addMs, epochMsOf, type Instant } from '../domain/time';
import type { DueDelivery } from '../domain/event';

const mostAtOnce = 50;
const minuteMs = 60_000;
/** Longer than a call may take: a process that dies while it tells leaves the event to the others. */
const leaseMs = 2 * minuteMs;
const hourMs = 60 * minuteMs;
/** The pauses that Standard Webhooks proposes; after the last one an event is given up and can be sent again by hand. */
const pausesMs = [5_000, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs, 10 * hourMs, 14 * hourMs, 20 * hourMs, 24 * hourMs];

/** Tells what is due; returns how many events were accepted. */
export async function deliverEvents(ctx: Context): Promise<number> {
  const due = await ctx.store.tables.events.listDue(ctx.now(), mostAtOnce);
  const accepted = await Promise.all(due.map((delivery) => deliverOne(ctx, delivery)));
  return accepted.filter(Boolean).length;
}

async function deliverOne(ctx: Context, due: DueDelivery): Promise<boolean> {
  const { subscriberId, url, attempts, event } = due;
  const now = ctx.now();
  const isOurs = await ctx.store.transact((tables) => tables.events.claimDelivery(due, addMs(now, leaseMs)));
  if (!isOurs) return false; // another process tells it
  const { id, type, at, version, payload } = event;
  const body = JSON.stringify({ type, timestamp: at, version, data: payload });
  const secret = secretOf(ctx, due);
  const answer: SubscriberAnswer =
    secret === undefined
      ? { kind: 'failed', why: 'the secret does not open' }
      : await ctx.outbound.subscriber.post(url, secret, { id: `evt_${id}`, at: now, body });
  await ctx.store.transact(async (tables) => {
    await tables.events.markDelivery(subscriberId, id, resultOf(answer, attempts, now));
    if (answer.kind === 'gone') await tables.events.markSubscriberDisabled(subscriberId, now);
  });
  return answer.kind === 'accepted';
}

/** Undefined when it does not open (another SECRET_KEY, a damaged row): a failure like others, so that it is tried less and less often. */
function secretOf(ctx: Context, { subscriberId, secretCiphertext }: DueDelivery): string | undefined {
  try {
    return ctx.seal.open(secretCiphertext);
  } catch (error) {
    ctx.log.error({ err: error, subscriberId }, 'the secret of a subscriber does not open');
    return undefined;
  }
}

function resultOf(answer: SubscriberAnswer, attempts: number, now: Instant) {
  if (answer.kind === 'accepted') return { state: 'delivered' as const, nextAttemptAt: now, answer: `HTTP ${answer.status}` };
  const why = answer.kind === 'gone' ? 'HTTP 410' : answer.why;
  const pauseMs = pausesMs[attempts];
  if (pauseMs === undefined) return { state: 'given_up' as const, nextAttemptAt: now, answer: why };
  return { state: 'waiting' as const, nextAttemptAt: addMs(now, jittered(pauseMs, epochMsOf(now))), answer: why };
}

/** Up to a tenth longer, so that many retries do not come together. */
const jittered = (pauseMs: number, salt: number): number => pauseMs + ((salt % 100) / 1000) * pauseMs;
