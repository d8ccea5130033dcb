// Recounts where a dossier stands in the ratios, and adds the change: part of every action that moves its money.
import type { Context, Tables } from '../context';
import type { Dossier } from '../domain/dossier';
import { differenceOf, isNoChange, oppositeOf, standingOf, type Standing } from '../domain/ratio';
import { dayOf, type Instant } from '../domain/time';

/** Adds what changed since the last count of this dossier; nothing when nothing did. */
export async function recountDossier(ctx: Context, tables: Tables, dossierId: string, at: Instant): Promise<void> {
  const dossier = await tables.dossiers.find(dossierId);
  if (!dossier) throw new Error(`no dossier ${dossierId} to count`);
  const obligations = await tables.obligations.ofDossier(dossierId);
  const payments = await tables.allocations.ofObligations(obligations.map((obligation) => obligation.id));
  const portalFlag = await tables.dossiers.findPortalFlag(dossierId);
  const after = standingOf({ obligations, payments, ...(portalFlag === undefined ? {} : { portalFlag }) });
  const change = differenceOf(await tables.ratios.standingOf(dossierId), after);
  await add(ctx, tables, dossier, change, at);
}

/** Moves a dossier to the period in which its processing started: it is taken away from where it was counted; a recount must follow. */
export async function startProcessing(ctx: Context, tables: Tables, dossier: Dossier, startedAt: Instant, at: Instant): Promise<void> {
  await add(ctx, tables, dossier, oppositeOf(await tables.ratios.standingOf(dossier.id)), at);
  await tables.dossiers.saveProcessingStart(dossier.id, startedAt);
}

async function add(ctx: Context, tables: Tables, dossier: Dossier, change: Standing, at: Instant): Promise<void> {
  if (isNoChange(change)) return;
  await tables.ratios.add({
    id: ctx.id('ratioChange'),
    dossierId: dossier.id,
    at,
    day: dayOf(dossier.processingStartedAt ?? dossier.createdAt),
    agencyCode: dossier.agencyCode,
    sectorCode: dossier.sectorCode,
    procedureCode: dossier.procedureCode,
    ...change,
  });
}
