// Shows one obligation with everything that explains it: dossier, payments, offers, entries, events.
import type { Context, ReadTables } from '../context';
import { netBySource, sourceIdOf, type Allocation } from '../domain/allocation';
import type { Event } from '../domain/event';
import type { Entry } from '../domain/ledger';
import { sumOf, zero, type Money } from '../domain/money';
import type { Obligation } from '../domain/obligation';
import type { PaymentRequest } from '../domain/paymentRequest';
import type { ReceiptRecord } from '../domain/receiptRecord';
import type { Actor } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import type { Dossier } from '../domain/dossier';
import { demand, obligationInSight } from './demand';
import { takenBackOf } from './listTakenBack';
import { seeNotices, type SeenNotice } from './seeNotices';

/** One payment with the bank transaction behind it; none behind cash. */
export interface SeenPayment extends Allocation {
  transaction?: Transaction;
}

export interface SeenObligation {
  obligation: Obligation;
  dossier: Dossier;
  payments: SeenPayment[];
  /** What went back of the money that came for it. */
  refunded: Money;
  /** In the order in which they were issued, replaced ones too. */
  receipts: ReceiptRecord[];
  /** Of a tax by notice, in place of receipts of ours. */
  notice?: SeenNotice;
}

export interface ExplainedObligation extends SeenObligation {
  /** What gateways took back of the payments: it still counts as paid. */
  takenBack: Transaction[];
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
  for (const cashReturn of await tables.cashReturns.ofObligation(id)) causes.add(cashReturn.id);
  return {
    ...seen,
    takenBack: await takenBackOf(
      tables,
      seen.payments.flatMap(({ transaction }) => transaction ?? []),
    ),
    requests: await tables.paymentRequests.ofObligation(id),
    entries: await tables.ledger.listByCauses([id, ...causes]),
    events: await tables.events.after(0, { obligationId: id }, mostEvents),
  };
}

/** Obligations with their dossiers, payments and receipts, in the same order. */
export async function withMoney(tables: ReadTables, obligations: readonly Obligation[]): Promise<SeenObligation[]> {
  const ids = obligations.map((obligation) => obligation.id);
  const changes = await tables.allocations.ofObligations(ids);
  const allocations = netBySource(changes);
  const refundedOf = await refundedAmong(tables, changes);
  const receipts = await tables.receipts.ofObligations(ids);
  const notices = await seeNotices(tables, obligations);
  const dossiers = await tables.dossiers.listByIds(obligations.map((obligation) => obligation.dossierId));
  const payments = await Promise.all(
    allocations.map(async (allocation) => ({ ...allocation, ...(await transactionBehind(tables, allocation)) })),
  );
  return obligations.flatMap((obligation) => {
    const dossier = dossiers.find((known) => known.id === obligation.dossierId);
    const isOwn = (of: { obligationId: string }): boolean => of.obligationId === obligation.id;
    const notice = notices.find(isOwn);
    const own = {
      payments: payments.filter(isOwn),
      refunded: refundedOf(obligation.id),
      receipts: receipts.filter(isOwn),
      ...(notice ? { notice } : {}),
    };
    return dossier ? [{ obligation, dossier, ...own }] : [];
  });
}

/** What an obligation let go of for refunds that were paid. */
async function refundedAmong(tables: ReadTables, changes: readonly Allocation[]): Promise<(obligationId: string) => Money> {
  const released = changes.filter(({ resolutionId, excess }) => resolutionId !== undefined && zero.compare(excess) > 0);
  if (released.length === 0) return () => zero;
  const refunds = await tables.refunds.ofTransactions([...new Set(released.map(sourceIdOf))]);
  const paid = new Set(refunds.filter(({ state }) => state === 'confirmed').map(({ resolutionId }) => resolutionId));
  return (obligationId) =>
    sumOf(
      released
        .filter((one) => one.obligationId === obligationId && paid.has(one.resolutionId ?? ''))
        .map(({ excess }) => zero.minus(excess)),
    );
}

/** One obligation with its dossier, payments and receipts. */
export async function oneWithMoney(tables: ReadTables, obligation: Obligation): Promise<SeenObligation> {
  const [seen] = await withMoney(tables, [obligation]);
  if (!seen) throw new Error(`obligation ${obligation.id} has no dossier`);
  return seen;
}

async function transactionBehind(tables: ReadTables, { source }: Allocation): Promise<{ transaction?: Transaction }> {
  const transaction = 'transactionId' in source ? await tables.transactions.find(source.transactionId) : undefined;
  return transaction ? { transaction } : {};
}
