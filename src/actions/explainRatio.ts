// Explains one number of the ratios: the dossiers that make it up, where each stands, and what is owed for it.
import type { Context } from '../context';
import { nowhere, type RatioPart, type Standing } from '../domain/ratio';
import type { Obligation } from '../domain/obligation';
import type { Dossier } from '../domain/dossier';
import { listRatioMembers, type RatioQuestion } from './reportRatios';

export interface RatioMemberSeen {
  dossier: Dossier;
  /** As of the question's time. */
  standing: Standing;
  /** As they are now. */
  obligations: Obligation[];
}

/** Oldest first; the sight and the rights are those of the report. */
export async function explainRatio(
  ctx: Context,
  question: RatioQuestion & { key: string; part: RatioPart },
  limit: number,
  after?: string,
): Promise<RatioMemberSeen[]> {
  const { tables } = ctx.store;
  const dossiers = await listRatioMembers(ctx, question, limit, after);
  const ids = dossiers.map((dossier) => dossier.id);
  const standings = await tables.ratios.standingsOf(ids, question.asOf);
  return Promise.all(
    dossiers.map(async (dossier) => ({
      dossier,
      standing: standings.get(dossier.id) ?? nowhere,
      obligations: await tables.obligations.ofDossier(dossier.id),
    })),
  );
}
