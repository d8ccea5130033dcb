// Notes that a person has seen a message or a movement that pays nothing: it leaves its list, and nothing about money changes.
import type { Context } from '../context';
import { canBeSeen, waitsForALook } from '../domain/seen';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand, seesStrangeMoney } from './demand';

export interface Look {
  actor: Actor;
  /** Of the transaction or the delivery. */
  subjectId: string;
  reason?: string;
}

/** Once is enough: who was first stays. Throws transaction_unknown, also for what waits for a decision or is out of sight. */
export async function markSeen(ctx: Context, { actor, subjectId, reason }: Look): Promise<void> {
  demand(actor, 'resolve');
  await ctx.store.transact(async (tables) => {
    const transaction = await tables.transactions.find(subjectId);
    const delivery = transaction ? undefined : await tables.deliveries.find(subjectId);
    const isListed = (transaction && canBeSeen(transaction)) || (delivery && waitsForALook(delivery));
    if (!isListed || !(await seesStrangeMoney(tables, actor))) throw new Problem('transaction_unknown');
    await tables.seen.claim({ subjectId, officerId: signatureOf(actor), at: ctx.now(), ...(reason ? { reason } : {}) });
  });
}
