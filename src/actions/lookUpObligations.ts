// Looks up obligations by what an officer types to name one: a payment reference, also with a slip of the hand, or a dossier code.
import type { Context } from '../context';
import { parseDossierCode } from '../domain/dossier';
import type { Obligation } from '../domain/obligation';
import { readingsOf } from '../domain/reading';
import { sees, type Actor } from '../domain/role';
import { demand, sightOf } from './demand';
import { withMoney, type SeenObligation } from './seeObligation';

const mostFound = 20;

/** Those that the text names and the actor sees, at most twenty; none where it names nothing. */
export async function lookUpObligations(ctx: Context, actor: Actor, text: string): Promise<SeenObligation[]> {
  demand(actor, 'see_obligations');
  const { tables } = ctx.store;
  const dossier = parseDossierCode(text);
  return withMoney(tables, dossier.ok ? await ofDossier(ctx, actor, dossier.normalForm) : await byReference(ctx, actor, text));
}

async function ofDossier({ store: { tables } }: Context, actor: Actor, dossierNormalForm: string): Promise<Obligation[]> {
  const agencyCodes = await sightOf(tables, actor);
  return tables.obligations.list({ dossierNormalForm, ...(agencyCodes ? { agencyCodes } : {}) }, mostFound);
}

async function byReference({ store: { tables } }: Context, actor: Actor, text: string): Promise<Obligation[]> {
  const agencies = await tables.agencies.list();
  const named = await tables.obligations.named(readingsOf(text).map((reading) => reading.reference));
  const ids = new Set(named.slice(0, mostFound).map((one) => one.obligationId));
  const found = await Promise.all([...ids].map((id) => tables.obligations.find(id)));
  return found.flatMap((obligation) => (obligation && sees(actor, obligation.agencyCode, agencies) ? [obligation] : []));
}
