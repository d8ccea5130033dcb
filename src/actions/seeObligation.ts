// Shows one obligation with everything that explains it: dossier, payments, offers, entries, events.
import type { Context, ReadTables } from '../context';
import { netBySource, sourceIdOf, type Allocation } from '../domain/allocation';
import type { Event } from '../domain/event';
import type { Entry } from '../domain/ledger';
import type { Obligation } from '../domain/obligation';
import type { PaymentRequest } from '../domain/paymentRequest';
import type { Actor } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import type { Dossier } from '../domain/dossier';
import { demand, obligationInSight } from './demand';

/** One payment with the bank transaction behind it; none behind cash. */
export interface SeenPayment extends Allocation {
  transaction?: Transaction;
}

export interface SeenObligation {
  obligation: Obligation;
  dossier: Dossier;
  payments: SeenPayment[];
}

export interface ExplainedObligation extends SeenObligation {
  requests: PaymentRequest[];
  entries: Entry[];
  events: Event[];
}

const mostEvents = 200;

/** Throws obligation_unknown, also for what the actor may not see. */
export async function seeObligation(ctx: Context, actor: Actor, id: string): Promise<SeenObligation> {
  demand(actor, 'see_obligations');
  const { tables } = ctx.store;
  return oneWithMoney(tables, await obligationInSight(tables, actor, id));
}

/** The same with the books and the history: every đồng explained. */
export async function explainObligation(ctx: Context, actor: Actor, id: string): Promise<ExplainedObligation> {
  const seen = await seeObligation(ctx, actor, id);
  const { tables } = ctx.store;
  const allocations = await tables.allocations.ofObligations([id]);
  const causes = new Set(allocations.flatMap((one) => [sourceIdOf(one), ...(one.resolutionId ? [one.resolutionId] : [])]));
  return {
    ...seen,
    requests: await tables.paymentRequests.ofObligation(id),
    entries: await tables.ledger.listByCauses([id, ...causes]),
    events: await tables.events.after(0, { obligationId: id }, mostEvents),
  };
}

/** Obligations with their dossiers and payments, in the same order. */
export async function withMoney(tables: ReadTables, obligations: readonly Obligation[]): Promise<SeenObligation[]> {
  const allocations = netBySource(await tables.allocations.ofObligations(obligations.map((obligation) => obligation.id)));
  const dossiers = await tables.dossiers.listByIds(obligations.map((obligation) => obligation.dossierId));
  const payments = await Promise.all(
    allocations.map(async (allocation) => ({ ...allocation, ...(await transactionBehind(tables, allocation)) })),
  );
  return obligations.flatMap((obligation) => {
    const dossier = dossiers.find((known) => known.id === obligation.dossierId);
    return dossier ? [{ obligation, dossier, payments: payments.filter((payment) => payment.obligationId === obligation.id) }] : [];
  });
}

/** One obligation with its dossier and payments. */
export async function oneWithMoney(tables: ReadTables, obligation: Obligation): Promise<SeenObligation> {
  const [seen] = await withMoney(tables, [obligation]);
  if (!seen) throw new Error(`obligation ${obligation.id} has no dossier`);
  return seen;
}

async function transactionBehind(tables: ReadTables, { source }: Allocation): Promise<{ transaction?: Transaction }> {
  const transaction = 'transactionId' in source ? await tables.transactions.find(source.transactionId) : undefined;
  return transaction ? { transaction } : {};
}
