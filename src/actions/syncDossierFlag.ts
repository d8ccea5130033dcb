// Records what the national portal acknowledged for a dossier, and counts it: the latest word decides the online ratio.
import type { Context } from '../context';
import type { PaidOnlineFlag } from '../domain/agency';
import { parseDossierCode } from '../domain/dossier';
import { signatureOf, type Actor } from '../domain/role';
import type { Instant } from '../domain/time';
import { Problem } from '../problems';
import { demand } from './demand';
import { recountDossier } from './recountDossier';

export interface SyncFlagReport {
  actor: Actor;
  code: string;
  paidOnlineFlag: PaidOnlineFlag;
  at: Instant;
}

/** The flag that counts now. Reports may come in any order; one time is told once. */
export async function syncDossierFlag(ctx: Context, report: SyncFlagReport): Promise<{ code: string; paidOnlineFlag: PaidOnlineFlag }> {
  demand(report.actor, 'sync_flag');
  const code = parseDossierCode(report.code);
  if (!code.ok) throw new Problem('dossier_unknown');
  const keptAt = ctx.now();
  const latest = await ctx.store.transact(async (tables) => {
    const dossier = await tables.dossiers.findByNormalForm(code.normalForm);
    if (!dossier) throw new Problem('dossier_unknown');
    await tables.dossiers.keepSyncFlag({
      id: ctx.id('syncFlag'),
      dossierId: dossier.id,
      flag: report.paidOnlineFlag,
      at: report.at,
      keptAt,
      keptBy: signatureOf(report.actor),
    });
    await recountDossier(tables, dossier.id, keptAt);
    return (await tables.dossiers.portalFlagsOf([dossier.id])).get(dossier.id) ?? report.paidOnlineFlag;
  });
  ctx.bell.ring();
  return { code: code.code, paidOnlineFlag: latest };
}
