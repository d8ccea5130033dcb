// Pays an obligation with money that is already kept: allocates, books, saves and counts it; shared by transfers and cash.
import type { Context, Tables } from '../context';
import { afterPayment, type Allocation, type Division } from '../domain/allocation';
import { obligationEvent, type EventType, type NewEvent } from '../domain/event';
import { entryOf, type EntryCause, type Posting } from '../domain/ledger';
import { isSettled, statusOf, type Obligation } from '../domain/obligation';
import type { Instant } from '../domain/time';
import { recountDossier } from './recountDossier';

export interface Payment {
  source: Allocation['source'];
  method: Allocation['method'];
  onlineFlag: Allocation['onlineFlag'];
  paidAt: Instant;
  division: Division;
  /** What the books say was the cause, and how it is posted. */
  cause: EntryCause;
  causeId: string;
  postings: readonly Posting[];
  counterId?: string;
}

/** Returns what is to be announced, to be appended last. */
export async function payObligation(
  ctx: Context,
  tables: Tables,
  obligation: Obligation,
  payment: Payment,
  at: Instant,
): Promise<NewEvent[]> {
  const { source, method, onlineFlag, paidAt, division } = payment;
  const paid = afterPayment(obligation, division);
  await tables.obligations.save(paid); // first: of two at once, one meets the other here
  await tables.allocations.keep(
    { id: ctx.id('allocation'), obligationId: obligation.id, source, method, onlineFlag, paidAt, ...division },
    at,
  );
  await tables.ledger.post(entryOf(ctx.id('entry'), payment.cause, payment.causeId, at, payment.postings));
  if (isSettled(paid)) {
    await tables.paymentRequests.markClosed(paid.id, 'paid', at);
    await tables.obligations.markReissuable(paid.id);
  }
  await recountDossier(ctx, tables, paid.dossierId, at);
  return eventsOf(obligation, paid, payment, at);
}

function eventsOf(before: Obligation, paid: Obligation, { division, counterId }: Payment, at: Instant): NewEvent[] {
  const status = statusOf(paid);
  const types: EventType[] = status === 'part_paid' || status === 'paid' || status === 'overpaid' ? [`obligation.${status}`] : [];
  if (division.flags.includes('late') && isSettled(paid) && !isSettled(before)) types.push('obligation.paid_late');
  return types.map((type) => obligationEvent(type, paid, at, counterId));
}
