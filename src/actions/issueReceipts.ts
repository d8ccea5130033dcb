// Issues receipts: follows the feed of events, and gives each obligation that became settled one receipt for its phí and one for its lệ phí.
import type { Context, Tables } from '../context';
import { netBySource } from '../domain/allocation';
import { collectorFor } from '../domain/collector';
import type { Event, EventType } from '../domain/event';
import { grouped } from '../domain/grouping';
import type { Obligation } from '../domain/obligation';
import { hasReceipts, receiptDraftsOf } from '../domain/receiptDraft';
import { receiptNeedsOf } from '../domain/receiptNeed';
import { isWithoutMoney, receiptEvent, type ReceiptRecord } from '../domain/receiptRecord';
import { unissuedReasons, type WaitReason } from '../domain/receiptWait';
import { numberReceipts, type ReceiptWish } from './numberReceipts';

/** In one transaction: enough to share a commit, few enough that money beside it does not wait. */
const mostEvents = 100;
const mostWaits = 100;

/** After these an obligation may be settled, or no longer. */
const movingTypes: readonly EventType[] = ['obligation.paid', 'obligation.overpaid', 'obligation.part_paid', 'obligation.reopened'];

/** Who closes a notice that nobody needs any more. */
const closedBy = 'system:receipts';

/** Why the receipt found wrong is replaced when its money came again; it stands on the new one. */
const paidAgain = 'Khoản thu đã được nộp lại';

/**
 * Issues for the next events of the feed; returns how many were looked at, 0 at its end. How far it came is kept in the same transaction, so
 * that whoever goes on after a crash issues each receipt once, and money never waits for a receipt. A receipt is of the day on which it is
 * issued, which is that of the payment but for the moments around midnight. What was settled before the service issued receipts has none here.
 */
export async function issueReceipts(ctx: Context): Promise<number> {
  const { receiptSeries, events } = ctx.store.tables;
  const from = await receiptSeries.cursor();
  const news = await events.after(from, {}, mostEvents);
  const last = news.at(-1);
  if (!last) return 0;
  const issued = await ctx.store.transact(async (tables) => {
    const isOurs = await tables.receiptSeries.claimEvents(from, last.id); // else another process has issued for them
    return isOurs ? issueEach(ctx, tables, movedBy(news)) : 0;
  });
  if (issued > 0) ctx.bell.ring();
  return news.length;
}

/** Issues what had to wait and need not any more, `alsoFailed`: after a bug; returns how many receipts. */
export async function issueWaitingReceipts(ctx: Context, alsoFailed = false): Promise<number> {
  const { agencies, collectors, receiptNotices } = ctx.store.tables;
  const why = unissuedReasons.filter((reason) => alsoFailed || reason !== 'failed');
  if ((await receiptNotices.countWaits({ why }, 1)) === 0) return 0;
  const office = { agencies: await agencies.list(), collectors: await collectors.list() };
  const agencyCodes = office.agencies.map(({ code }) => code).filter((code) => collectorFor(office.agencies, office.collectors, code));
  const waits = await receiptNotices.listWaits({ why, agencyCodes }, mostWaits);
  if (waits.length === 0) return 0;
  const ids = waits.map((wait) => wait.obligationId);
  const issued = await ctx.store.transact((tables) => issueEach(ctx, tables, ids));
  if (issued > 0) ctx.bell.ring();
  return issued;
}

const movedBy = (news: readonly Event[]): string[] => [
  ...new Set(news.filter(({ type }) => movingTypes.includes(type)).flatMap(({ obligationId }) => obligationId ?? [])),
];

/** All at once; where that fails, one by one, and the one at fault waits alone. */
async function issueEach(ctx: Context, tables: Tables, obligationIds: readonly string[]): Promise<number> {
  const together = await tables.attempt(() => issueFor(ctx, tables, obligationIds));
  if (together.ok) return together.value;
  let issued = 0;
  for (const obligation of await tables.obligations.listBareByIds(obligationIds)) {
    const alone = await tables.attempt(() => issueFor(ctx, tables, [obligation.id]));
    if (alone.ok) issued += alone.value;
    else {
      ctx.log.error({ err: alone.error, obligationId: obligation.id }, 'a receipt could not be issued');
      const { id: obligationId, agencyCode } = obligation;
      await tables.receiptNotices.saveWaits([{ obligationId, agencyCode, why: 'failed', since: ctx.now() }]);
    }
  }
  return issued;
}

async function issueFor(ctx: Context, tables: Tables, obligationIds: readonly string[]): Promise<number> {
  if (obligationIds.length === 0) return 0;
  const seen = await readFor(tables, obligationIds);
  const at = ctx.now(); // after the reading: what is numbered later has no earlier time
  const judged = seen.obligations.map((obligation) => judge(seen, obligation));
  const { issued, left } = await numberReceipts(
    ctx,
    tables,
    judged.flatMap(({ wishes }) => wishes),
    at,
  );
  const exhausted = new Set(left.map((wish) => wish.obligationId));
  const waits = judged.flatMap(({ obligation: { id, agencyCode }, why }) => {
    const reason = exhausted.has(id) ? ('series_exhausted' as const) : why;
    return reason ? [{ obligationId: id, agencyCode, why: reason, since: at }] : [];
  });
  const waiting = new Set(waits.map((wait) => wait.obligationId));
  await tables.receiptNotices.markWaitsEnded(
    obligationIds.filter((id) => !waiting.has(id)),
    at,
  );
  await tables.receiptNotices.saveWaits(waits);
  for (const id of needlessNotices(seen)) await tables.receiptNotices.markDecided(id, 'refused', closedBy, at);
  await tables.events.append(issued.map(receiptEvent));
  return issued.length;
}

/** Those that wait for their second person though the money came again: the receipts that they speak of are right. */
const needlessNotices = ({ receipts }: Seen): string[] =>
  [...receipts.values()].flat().flatMap(({ isSettled, notice }) => (isSettled && notice?.state === 'requested' ? notice.id : []));

type Seen = Awaited<ReturnType<typeof readFor>>;

async function readFor(tables: Tables, ids: readonly string[]) {
  const found = new Map((await tables.obligations.listByIds(ids)).map((obligation) => [obligation.id, obligation]));
  const obligations = ids.flatMap((id) => found.get(id) ?? []); // in the order of the feed
  const dossiers = await tables.dossiers.listByIds(obligations.map((obligation) => obligation.dossierId));
  return {
    obligations,
    dossiers: new Map(dossiers.map((dossier) => [dossier.id, dossier])),
    payments: grouped(netBySource(await tables.allocations.ofObligations(ids)), (payment) => payment.obligationId),
    receipts: grouped(await tables.receipts.ofObligations(ids), (receipt) => receipt.obligationId),
    agencies: await tables.agencies.list(),
    collectors: await tables.collectors.list(),
  };
}

interface Judged {
  obligation: Obligation;
  wishes: ReceiptWish[];
  why?: WaitReason;
}

function judge(seen: Seen, obligation: Obligation): Judged {
  const receipts = seen.receipts.get(obligation.id) ?? [];
  if (!obligation.settledAt) {
    return { obligation, wishes: [], ...(receipts.some(isWithoutMoney) ? { why: 'money_taken_back' as const } : {}) };
  }
  if (!hasReceipts(obligation)) return { obligation, wishes: [] };
  const { agencyCode } = obligation;
  const dossier = seen.dossiers.get(obligation.dossierId);
  if (!dossier) throw new Error(`obligation ${obligation.id} has no dossier`);
  const collector = collectorFor(seen.agencies, seen.collectors, agencyCode);
  if (!collector) return { obligation, wishes: [], why: 'collector_missing' };
  const unitName = seen.agencies.find(({ code }) => code === agencyCode)?.name ?? agencyCode;
  const payments = seen.payments.get(obligation.id) ?? [];
  const drafts = receiptDraftsOf({ obligation, dossier, payments, collector, unitName });
  const wishes = receiptNeedsOf(drafts, receipts).map(({ draft, inError }) => ({
    obligationId: obligation.id,
    agencyCode,
    ...(obligation.counterId ? { counterId: obligation.counterId } : {}),
    collectorCode: collector.agencyCode,
    dossierForm: dossier.normalForm,
    draft,
    ...(inError ? { replaces: replacing(inError) } : {}),
  }));
  return { obligation, wishes };
}

const replacing = (receipt: ReceiptRecord): NonNullable<ReceiptWish['replaces']> => ({ receipt, reason: paidAgain });
