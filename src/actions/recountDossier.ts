// Recounts where a dossier stands in the ratios, and adds the change: part of every action that changes what it owes or where it is counted.
import type { Tables } from '../context';
import { netBySource } from '../domain/allocation';
import type { Dossier } from '../domain/dossier';
import {
  differenceOf,
  isNoChange,
  nowhere,
  oppositeOf,
  ratioChange,
  standingOf,
  type CountedDossier,
  type Standing,
} from '../domain/ratio';
import type { Instant } from '../domain/time';

/** Adds what changed since the last count of this dossier; nothing when nothing did. */
export async function recountDossier(tables: Tables, dossierId: string, at: Instant): Promise<void> {
  const dossier = await tables.dossiers.find(dossierId);
  if (!dossier) throw new Error(`no dossier ${dossierId} to count`);
  const obligations = await tables.obligations.ofDossier(dossierId);
  const payments = netBySource(await tables.allocations.ofObligations(obligations.map((obligation) => obligation.id)));
  const portalFlag = (await tables.dossiers.portalFlagsOf([dossierId])).get(dossierId);
  const after = standingOf({ obligations, payments, ...(portalFlag === undefined ? {} : { portalFlag }) });
  await add(tables, dossier, differenceOf(await currentStanding(tables, dossierId), after), at);
}

/** Moves a dossier to the period in which its processing started: it is taken away from where it was counted; a recount must follow. */
export async function startProcessing(tables: Tables, dossier: Dossier, startedAt: Instant, at: Instant): Promise<void> {
  await add(tables, dossier, oppositeOf(await currentStanding(tables, dossier.id)), at);
  await tables.dossiers.saveProcessingStart(dossier.id, startedAt);
}

const currentStanding = async (tables: Tables, dossierId: string): Promise<Standing> =>
  (await tables.ratios.standingsOf([dossierId])).get(dossierId) ?? nowhere;

async function add(tables: Tables, dossier: Dossier, change: Standing, at: Instant): Promise<void> {
  if (!isNoChange(change)) await tables.ratios.add([ratioChange(counted(dossier), change, at)]);
}

const counted = ({ processingStartedAt, createdAt, ...dossier }: Dossier): CountedDossier => ({
  ...dossier,
  countedFrom: processingStartedAt ?? createdAt,
});
