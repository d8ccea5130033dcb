// Opens a desk: the obligations on which money is about to move, with all that their books depend on; decided in memory, written once.
import type { Tables } from '../context';
import { netBySource, recomputed, type Allocation } from '../domain/allocation';
import { obligationEvent, type EventType, type NewEvent } from '../domain/event';
import type { Entry } from '../domain/ledger';
import { isSettled, statusOf, type BareObligation } from '../domain/obligation';
import type { Offer } from '../domain/paymentRequest';
import type { PaidOnlineFlag } from '../domain/agency';
import { differenceOf, isNoChange, ratioChange, standingOf, type RatioChange, type Standing } from '../domain/ratio';
import type { Instant } from '../domain/time';

export interface Desk {
  /** As it stands after what was done at this desk. Throws when the desk was not opened for it. */
  obligationOf(id: string): BareObligation;
  /** All obligations of its dossier that are paid into the same account, itself included: no credit for fees pays a tax, nor the other way. */
  dossierOf(id: string): BareObligation[];
  /** In the order in which they were offered. */
  offersOf(id: string): readonly Offer[];
  allocationsOf(id: string): readonly Allocation[];
  /** Changes what credits give one obligation; it is recomputed from all of them, and announced. `counterId`: whose screens show it. */
  allot(obligationId: string, changes: readonly Omit<Allocation, 'obligationId'>[], counterId?: string): void;
  /** Books one entry. */
  post(entry: Omit<Entry, 'createdAt'>): void;
  /** Writes everything once; returns what is to be announced, to be appended last. */
  write(): Promise<NewEvent[]>;
}

/** A desk for these obligations; the others of their dossiers come along, because ratios count dossiers. */
export async function openDesk(tables: Tables, obligationIds: readonly string[], at: Instant): Promise<Desk> {
  const read = await readFor(tables, obligationIds);
  const current = new Map(read.obligations);
  const allocations = new Map(read.allocations);
  const kept: Allocation[] = [];
  const entries: Entry[] = [];
  const events: NewEvent[] = [];

  const obligationOf = (id: string): BareObligation => {
    const obligation = current.get(id);
    if (!obligation) throw new Error(`the desk was not opened for obligation ${id}`);
    return obligation;
  };
  const allOfDossier = (id: string): BareObligation[] =>
    (read.byDossier.get(obligationOf(id).dossierId) ?? []).map(({ obligation }) => obligationOf(obligation.id));
  const dossierOf = (id: string): BareObligation[] =>
    allOfDossier(id).filter((one) => one.treasuryAccountId === obligationOf(id).treasuryAccountId);
  const offersOf = (id: string): readonly Offer[] => read.offers.get(id) ?? [];
  const changed = (): BareObligation[] => [...current.values()].filter((obligation) => obligation !== read.obligations.get(obligation.id));

  return {
    obligationOf,
    dossierOf,
    offersOf,
    allocationsOf: (id) => allocations.get(id) ?? [],

    allot(obligationId, changes, counterId) {
      const rows = changes.map((change) => ({ ...change, obligationId }));
      const before = obligationOf(obligationId);
      const all = [...(allocations.get(obligationId) ?? []), ...rows];
      const after = recomputed(before, all, at);
      kept.push(...rows);
      allocations.set(obligationId, all);
      current.set(obligationId, after);
      events.push(...newsOf(before, after, rows, at, counterId ?? offersOf(obligationId).findLast((offer) => offer.counterId)?.counterId));
    },

    post: (entry) => void entries.push({ ...entry, createdAt: at }),

    async write() {
      const obligations = changed();
      await tables.obligations.save(
        obligations.map((obligation) => ({ obligation, readVersion: read.obligations.get(obligation.id)?.version ?? 0 })),
      ); // first: of two at once, one meets the other here
      await tables.allocations.keep(kept, at);
      await tables.ledger.post(entries);
      const onePerDossier = new Map(obligations.map((obligation) => [obligation.dossierId, obligation.id]));
      await tables.ratios.add([...onePerDossier.values()].flatMap((id) => ratioChangeOf(read, allOfDossier(id), allocations, at)));
      return events;
    },
  };
}

type Read = Awaited<ReturnType<typeof readFor>>;

async function readFor(tables: Tables, obligationIds: readonly string[]) {
  const rows = obligationIds.length === 0 ? [] : await tables.obligations.listBare(obligationIds);
  const ids = rows.map(({ obligation }) => obligation.id);
  const dossiers = new Map(rows.map(({ dossier }) => [dossier.id, dossier]));
  return {
    obligations: new Map(rows.map(({ obligation }) => [obligation.id, obligation])),
    byDossier: grouped(rows, ({ dossier }) => dossier.id),
    dossiers,
    allocations: grouped(await tables.allocations.ofObligations(ids), ofObligation),
    offers: grouped(ids.length === 0 ? [] : await tables.paymentRequests.listOffers(ids), ofObligation),
    portalFlags: ids.length === 0 ? new Map<string, never>() : await tables.dossiers.portalFlagsOf([...dossiers.keys()]),
  };
}

const ofObligation = (row: { obligationId: string }): string => row.obligationId;

function grouped<Row>(rows: readonly Row[], keyIn: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyIn(row));
    if (group) group.push(row);
    else groups.set(keyIn(row), [row]);
  }
  return groups;
}

/** How the standing of a dossier changed at this desk: what it was before is derived from what was read, not summed up again. */
function ratioChangeOf(read: Read, after: readonly BareObligation[], allocations: AllocationsById, at: Instant): RatioChange[] {
  const dossier = read.dossiers.get(after[0]?.dossierId ?? '');
  if (!dossier) throw new Error('an obligation without its dossier');
  const before = after.map((obligation) => read.obligations.get(obligation.id) ?? obligation);
  const portalFlag = read.portalFlags.get(dossier.id);
  const change = differenceOf(standingWith(before, read.allocations, portalFlag), standingWith(after, allocations, portalFlag));
  return isNoChange(change) ? [] : [ratioChange(dossier, change, at)];
}

type AllocationsById = ReadonlyMap<string, readonly Allocation[]>;

function standingWith(
  obligations: readonly BareObligation[],
  allocations: AllocationsById,
  portalFlag: PaidOnlineFlag | undefined,
): Standing {
  const payments = obligations.flatMap((obligation) => netBySource(allocations.get(obligation.id) ?? []));
  return standingOf({ obligations, payments, ...(portalFlag === undefined ? {} : { portalFlag }) });
}

/** What an obligation's new standing is announced as; nothing once it is cancelled. */
function newsOf(
  before: BareObligation,
  after: BareObligation,
  rows: readonly Pick<Allocation, 'flags'>[],
  at: Instant,
  counterId: string | undefined,
): NewEvent[] {
  const status = statusOf(after);
  if (status === 'cancelled' || status === 'free') return [];
  const types: EventType[] = [status === 'open' ? 'obligation.reopened' : `obligation.${status}`];
  const isLate = rows.some((row) => row.flags.includes('late'));
  if (isLate && isSettled(after) && !isSettled(before)) types.push('obligation.paid_late');
  return types.map((type) => obligationEvent(type, after, at, counterId));
}
