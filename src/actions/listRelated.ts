// Lists what else the dossier or the person owes for whose obligation too much came: before anything of a stranger's.
import type { Context, ReadTables } from '../context';
import type { Dossier } from '../domain/dossier';
import { idRandomBytes, newId } from '../domain/id';
import type { BareObligation } from '../domain/obligation';
import type { Actor } from '../domain/role';
import { addMs, epochMsOf, type Instant } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import { demand, sightOf } from './demand';
import type { SeenTransaction } from './seeTransaction';

export interface RelatedObligation {
  obligation: BareObligation;
  dossier: Dossier;
  reasons: readonly ['same_dossier' | 'same_applicant'];
}

const mostRelated = 20;
const dayMs = 86_400_000;

type TooMuch = 'duplicate' | 'excess' | 'after_cancel';

/** Whether it waits because it came for an obligation that wants it no more. */
export const isTooMuch = <T extends Pick<Transaction, 'why'>>(transaction: T): transaction is T & { why: TooMuch } =>
  transaction.why === 'duplicate' || transaction.why === 'excess' || transaction.why === 'after_cancel';

/** Those of the same dossier first, each once; only those that the actor sees and that still ask for money. */
export async function listRelated(
  { store: { tables }, now }: Context,
  actor: Actor,
  { allocations }: Pick<SeenTransaction, 'allocations'>,
): Promise<RelatedObligation[]> {
  demand(actor, 'see_obligations');
  const paidFor = await tables.obligations.listByIds([...new Set(allocations.map((one) => one.obligationId))]);
  const dossiers = await tables.dossiers.listByIds([...new Set(paidFor.map((one) => one.dossierId))]);
  if (dossiers.length === 0) return [];
  const open = await openOf(tables, dossiers, await sightOf(tables, actor), now());
  const known = new Map((await tables.dossiers.listByIds([...new Set(open.map((one) => one.dossierId))])).map((one) => [one.id, one]));
  const own = new Set(dossiers.map((one) => one.id));
  return open.flatMap((obligation) => {
    const dossier = known.get(obligation.dossierId);
    return dossier ? [{ obligation, dossier, reasons: [own.has(dossier.id) ? 'same_dossier' : 'same_applicant'] }] : [];
  });
}

async function openOf(tables: ReadTables, dossiers: readonly Dossier[], agencyCodes: readonly string[] | undefined, now: Instant) {
  const { listOpen } = tables.obligations;
  const applicants = [...new Set(dossiers.map((one) => one.applicantName))];
  const rows = [
    ...(await listOpen({ dossierNormalForms: dossiers.map((one) => one.normalForm) }, mostRelated, agencyCodes)),
    ...(await listOpen({ applicants, below: idAt(addMs(now, dayMs)) }, mostRelated, agencyCodes)),
  ];
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** The id that an obligation issued just after this time could have at the least. */
const idAt = (at: Instant): string => newId('obligation', { epochMs: epochMsOf(at) + 1, turn: 0 }, new Uint8Array(idRandomBytes));
