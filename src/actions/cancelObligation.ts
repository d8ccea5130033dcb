// Cancels an obligation to which no money has come: with a reason, by a person, as a reversal in the books.
import type { Context, Tables } from '../context';
import { obligationEvent } from '../domain/event';
import { postingsOfIssue, reversed, type Posting } from '../domain/ledger';
import type { Obligation } from '../domain/obligation';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand, obligationInSight } from './demand';
import { recountDossier } from './recountDossier';
import { oneWithMoney, type SeenObligation } from './seeObligation';

export interface Cancellation {
  actor: Actor;
  obligationId: string;
  reason: string;
}

/** The cancelled obligation. Money that comes later is kept, flagged `after_cancel`. */
export async function cancelObligation(ctx: Context, { actor, obligationId, reason }: Cancellation): Promise<SeenObligation> {
  demand(actor, 'cancel');
  const at = ctx.now();
  const cancelled = await ctx.store.transact(async (tables) => {
    const obligation = await obligationInSight(tables, actor, obligationId);
    if (obligation.cancelled) throw new Problem('obligation_cancelled');
    if (obligation.paid.isPositive() || obligation.excess.isPositive()) throw new Problem('obligation_has_payments');
    const after = await cancelIn(tables, obligation, { at, by: signatureOf(actor), reason });
    return oneWithMoney(tables, after);
  });
  ctx.bell.ring();
  return cancelled;
}

/** The obligation, cancelled, reversed and announced; `takenOff` is what becomes of money that had come. */
export async function cancelIn(
  tables: Tables,
  obligation: Obligation,
  cancelled: NonNullable<Obligation['cancelled']>,
  takenOff: readonly Posting[] = [],
): Promise<Obligation> {
  const after: Obligation = { ...obligation, version: obligation.version + 1, cancelled };
  const { at } = cancelled;
  await tables.obligations.save([{ obligation: after, readVersion: obligation.version }]); // first: of two at once, one meets the other here
  await tables.ledger.post([
    { cause: 'cancellation', causeId: obligation.id, createdAt: at, postings: [...reversed(postingsOfIssue(obligation)), ...takenOff] },
  ]);
  await tables.paymentRequests.markCancelled([after.id], at);
  await recountDossier(tables, after.dossierId, at);
  await tables.events.append([obligationEvent('obligation.cancelled', after, at)]);
  return after;
}
