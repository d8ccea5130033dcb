// Shows a dossier with everything that is owed for it: fees to the unit, taxes by notice to the State Treasury, each with where it is paid.
import type { Context } from '../context';
import { accountFor, type Account } from '../domain/agency';
import { parseDossierCode, type Dossier } from '../domain/dossier';
import { latestQr, type PaymentRequest } from '../domain/paymentRequest';
import type { Actor } from '../domain/role';
import { dayOf } from '../domain/time';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';
import { withMoney, type SeenObligation } from './seeObligation';

export interface OwedOfDossier extends SeenObligation {
  /** Where it is paid. */
  account?: Account;
  /** The latest offer. */
  request?: PaymentRequest;
}

export interface SeenDossier {
  dossier: Dossier;
  /** Oldest first. */
  owed: OwedOfDossier[];
}

/** Throws dossier_unknown, also for what the actor may not see. */
export async function seeDossier(ctx: Context, actor: Actor, code: string): Promise<SeenDossier> {
  demand(actor, 'see_obligations');
  const { tables } = ctx.store;
  const parsed = parseDossierCode(code);
  const dossier = parsed.ok ? await tables.dossiers.findByNormalForm(parsed.normalForm) : undefined;
  const agencies = await demandSight(tables, actor, dossier?.agencyCode, 'dossier_unknown');
  if (!dossier) throw new Problem('dossier_unknown');
  const accounts = await tables.accounts.list();
  const today = dayOf(ctx.now());
  const owed = await Promise.all(
    (await withMoney(tables, await tables.obligations.ofDossier(dossier.id))).map(async (seen) => {
      const { id, agencyCode, treasuryAccountId, reference } = seen.obligation;
      const request = latestQr(await tables.paymentRequests.ofObligation(id), reference);
      const accountId = treasuryAccountId ?? request?.accountId ?? accountFor(agencies, accounts, agencyCode, today)?.id;
      const account = accounts.find((known) => known.id === accountId);
      return { ...seen, ...(account ? { account } : {}), ...(request ? { request } : {}) };
    }),
  );
  return { dossier, owed };
}
