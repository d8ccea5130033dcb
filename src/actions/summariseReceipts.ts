// Sums up the receipts of one day for one collecting organisation, as far as the actor sees them.
import type { Context } from '../context';
import { collectorFor, type Collector } from '../domain/collector';
import { kindSummaries, type KindSummary, type SummaryExit, type SummaryRun } from '../domain/receiptSummary';
import type { Actor } from '../domain/role';
import { sees } from '../domain/role';
import type { Day } from '../domain/time';
import { Problem } from '../problems';
import { demand, sightOf } from './demand';

export interface ReceiptSummary {
  collector: Collector;
  on: Day;
  /** Only part of the organisation is in the actor's sight. */
  isPart: boolean;
  runs: SummaryRun[];
  exits: SummaryExit[];
  kinds: KindSummary[];
}

/**
 * Without `collectorCode`: the organisation in whose name the actor's own unit collects, else the first there is. Throws
 * agency_unknown where nobody collects under that code, and collector_missing where nobody does at all.
 */
export async function summariseReceipts(ctx: Context, actor: Actor, on: Day, collectorCode?: string): Promise<ReceiptSummary> {
  demand(actor, 'see_obligations');
  const { tables } = ctx.store;
  const agencies = await tables.agencies.list();
  const collectors = await tables.collectors.list();
  const own = actor.kind === 'person' ? collectorFor(agencies, collectors, actor.agencyCode) : undefined;
  const collector =
    collectorCode === undefined ? (own ?? collectors[0]) : collectors.find(({ agencyCode }) => agencyCode === collectorCode);
  if (!collector) throw new Problem(collectorCode === undefined ? 'collector_missing' : 'agency_unknown');
  const isPart = !sees(actor, collector.agencyCode, agencies);
  const agencyCodes = isPart ? await sightOf(tables, actor) : undefined;
  const filter = { collectorCode: collector.agencyCode, from: on, to: on, ...(agencyCodes ? { agencyCodes } : {}) };
  const [runs, exits] = [await tables.receiptSummaries.listRuns({ ...filter, on }), await tables.receiptSummaries.listExits(filter)];
  return { collector, on, isPart, runs, exits, kinds: kindSummaries(runs, exits) };
}
