// Hands signed receipts over to the e-receipt provider, in order, with retries; notes when it cannot be reached, and when it can again.
import type { Context } from '../context';
import { byTurn, nextAttempt } from '../domain/handover';
import { receiptNameOf } from '../domain/receiptName';
import type { Actor } from '../domain/role';
import { addMs } from '../domain/time';
import { Problem } from '../problems';
import { demand } from './demand';
import { receiptInSight } from './seeReceipt';

const mostAtOnce = 20;
/** Longer than a call may take: a process that dies while it sends leaves the receipt to the others. */
const leaseMs = 60_000;

type Due = Awaited<ReturnType<Context['store']['tables']['receiptHandovers']['listDue']>>[number];

/**
 * Sends what is due; returns how many were accepted or refused. The first that fails ends the round: the provider is out of reach, and until
 * one arrives again they are tried one at a time. Accepted twice is accepted once: the receipt's name is the key.
 */
export async function handOverReceipts(ctx: Context): Promise<number> {
  if (!ctx.outbound.receiptProvider) return 0;
  const { receiptHandovers } = ctx.store.tables;
  const outage = await receiptHandovers.lastOutage();
  const isDown = outage !== undefined && outage.endedAt === undefined;
  let answered = 0;
  for (const due of await listDue(ctx, isDown ? 1 : mostAtOnce)) {
    const outcome = await handOver(ctx, ctx.outbound.receiptProvider, due);
    if (outcome === 'failed') break;
    if (outcome === 'answered') answered++;
  }
  return answered;
}

/** Of all collectors, the one whose turn came first before the others. */
async function listDue(ctx: Context, limit: number): Promise<Due[]> {
  const { collectors, receiptHandovers } = ctx.store.tables;
  const now = ctx.now();
  const lists = await Promise.all((await collectors.list()).map(({ agencyCode }) => receiptHandovers.listDue(agencyCode, now, limit)));
  return lists.flat().sort(byTurn).slice(0, limit);
}

async function handOver(
  ctx: Context,
  provider: NonNullable<Context['outbound']['receiptProvider']>,
  due: Due,
): Promise<'answered' | 'failed' | 'taken'> {
  const until = addMs(ctx.now(), leaseMs);
  const isOurs = await ctx.store.transact((tables) => tables.receiptHandovers.claim(due, until));
  if (!isOurs) return 'taken'; // another process sends it
  const answer = await provider.send({ name: receiptNameOf(due), xml: due.xml });
  const now = ctx.now();
  await ctx.store.transact(async ({ receiptHandovers }) => {
    if (answer.kind === 'failed') {
      await receiptHandovers.markTried(due.receiptId, nextAttempt(due.attempts + 1, now), answer.why);
      await receiptHandovers.keepOutage(now, answer.why);
      return;
    }
    if (answer.kind === 'accepted') await receiptHandovers.markSent(due.receiptId, now, answer.reference);
    else await receiptHandovers.markRefused(due.receiptId, answer.why);
    if (await receiptHandovers.markOutageEnded(now)) await receiptHandovers.markAllDue(now);
  });
  return answer.kind === 'failed' ? 'failed' : 'answered';
}

/** Lets a refused receipt be sent once more, when what was wrong is mended there. Throws receipt_unknown, receipt_not_refused. */
export async function sendReceiptAgain(ctx: Context, actor: Actor, name: string): Promise<void> {
  demand(actor, 'correct_receipts');
  await ctx.store.transact(async (tables) => {
    const receipt = await receiptInSight(tables, actor, name);
    if (!(await tables.receiptHandovers.markWaiting(receipt.id, ctx.now()))) throw new Problem('receipt_not_refused');
  });
}

/** Puts the pretend provider of the demo out of reach, or back again. Throws route_unknown where it is not connected. */
export function switchPretendProvider({ outbound: { pretendReceiptProvider } }: Context, actor: Actor, isDown: boolean): void {
  demand(actor, 'see_strange_money');
  if (!pretendReceiptProvider) throw new Problem('route_unknown');
  pretendReceiptProvider.setDown(isDown);
}
