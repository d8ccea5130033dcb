// Drafts a change of a fee, or a new fee: nothing is charged by it until somebody else approves.
import type { Context, ReadTables, Tables } from '../context';
import type { Fee } from '../domain/fee';
import { draftFaults, identityChanged } from '../domain/feeDraft';
import type { FeeVersion } from '../domain/feeVersion';
import { signatureOf, type Actor } from '../domain/role';
import { isSoundText } from '../domain/text';
import { dayOf, isBetween, startOfDay, type Day, type Instant } from '../domain/time';
import { Problem } from '../problems';
import { demand } from './demand';

export const longestReason = 1_000;
const mostOpenDrafts = 500;

export interface FeeDraftRequest {
  actor: Actor;
  /** The whole fee as it shall be from `validFrom` on. */
  fee: Fee & { readonly validFrom: Day };
  reason: string;
  /** For a procedure that we do not have yet. */
  procedureName?: string;
  sectorName?: string;
  /** The difference of a catalogue that it comes from, as `import/position`. */
  differenceId?: string;
}

/** Throws a Problem that names what is missing, wrong, foreign or too late; then nothing is kept. */
export async function draftFee(ctx: Context, request: FeeDraftRequest): Promise<FeeVersion> {
  demand(request.actor, 'draft_fees');
  const at = ctx.now();
  return ctx.store.transact((tables) => keepDraft(ctx, tables, request, at));
}

/** The same within a transaction that drafts several. */
export async function keepDraft(ctx: Context, tables: Tables, request: FeeDraftRequest, at: Instant): Promise<FeeVersion> {
  const { actor, fee, reason, differenceId } = request;
  await demandOwnPlace(tables, actor, fee.localityCode);
  const names = await namesOf(tables, request);
  if (fee.kind === 'thue' || fee.collectWhen === 'theo_thong_bao_thue') throw new Problem('fee_by_notice', fee.id);
  await demandSameFee(tables, fee);
  const faults = [...(await faultsOf(tables, fee)), ...reasonFaults(reason)];
  if (faults.length > 0) throw new Problem('fee_draft_invalid', fee.id, faults);
  await demandUntouched(tables, fee, dayOf(at));
  const version: FeeVersion = {
    id: ctx.id('feeVersion'),
    fee,
    ...names,
    reason: reason.trim(),
    draftedBy: signatureOf(actor),
    draftedAt: at,
    ...(differenceId === undefined ? {} : { differenceId }),
  };
  await tables.feeVersions.keep(version);
  return version;
}

/** All fees of a procedure, and those that somebody drafted and nobody has decided about: each keeps an id of its own. */
export async function feesWithDrafts(tables: Pick<ReadTables, 'procedures' | 'feeVersions'>, procedureCode: string): Promise<Fee[]> {
  const open = await tables.feeVersions.list({ procedureCodes: [procedureCode], isOpen: true }, mostOpenDrafts);
  return [...(await tables.procedures.listFees(procedureCode)), ...open.map(({ fee }) => fee)];
}

/** Throws fee_draft_invalid where a version would make another fee of the one that has its id. */
export async function demandSameFee(tables: Pick<ReadTables, 'procedures'>, fee: Fee): Promise<void> {
  const known = await tables.procedures.findFee(fee.id);
  const changed = known && identityChanged(fee, known);
  if (changed) throw new Problem('fee_draft_invalid', fee.id, [{ path: changed, message: 'shape' }]);
}

/**
 * Only somebody at the head office of a province may touch its fees, and the national ones; a placeholder is nobody's: the province's own
 * fee is drafted in its place. Throws fee_locality_foreign.
 */
export async function demandOwnPlace(tables: Pick<ReadTables, 'agencies'>, actor: Actor, localityCode: string): Promise<void> {
  const agencies = await tables.agencies.list();
  const own = actor.kind === 'person' ? agencies.find((agency) => agency.code === actor.agencyCode) : undefined;
  const isHead = own !== undefined && own.parentCode === undefined;
  if (!isHead || !['national', own.localityCode].includes(localityCode)) throw new Problem('fee_locality_foreign', localityCode);
}

/**
 * What was published on a day is what was charged on it: a day that has begun may only be changed while no obligation of the procedure has
 * been issued there since. (So a new province can bring the rates of years ago, and a resolution in force since this morning can still be
 * entered before the counters open.) Throws fee_version_too_late.
 */
export async function demandUntouched(
  tables: Pick<ReadTables, 'agencies' | 'feeVersions'>,
  fee: FeeVersion['fee'],
  today: Day,
): Promise<void> {
  if (fee.validFrom > today) return;
  const agencies = (await tables.agencies.list()).filter(({ localityCode }) => holdsAt(fee.localityCode, localityCode));
  const codes = agencies.map((agency) => agency.code);
  if (await tables.feeVersions.hasIssuedSince(fee.procedureCode, codes, startOfDay(fee.validFrom)))
    throw new Problem('fee_version_too_late', fee.validFrom);
}

const holdsAt = (ofFee: string, ofAgency: string): boolean => ofFee === 'national' || ofFee === ofAgency;

async function namesOf(
  tables: Tables,
  { fee, procedureName, sectorName }: FeeDraftRequest,
): Promise<{ procedureName: string; sectorName: string }> {
  const sectors = await tables.agencies.listSectors();
  const procedure = await tables.procedures.find(fee.procedureCode);
  if (procedure && procedure.sectorCode !== fee.sectorCode)
    throw new Problem('fee_draft_invalid', fee.id, [{ path: 'sectorCode', message: 'shape' }]);
  const sector = sectors.find((known) => known.code === fee.sectorCode)?.name ?? sectorName;
  const name = procedure?.name ?? procedureName;
  if (name === undefined || sector === undefined) throw new Problem('procedure_unknown', fee.procedureCode);
  return { procedureName: name, sectorName: sector };
}

async function faultsOf(tables: Tables, fee: FeeVersion['fee']): Promise<{ path: string; message: string }[]> {
  const versions = (await tables.procedures.listFees(fee.procedureCode)).filter((one) => one.id === fee.id);
  const inForce = versions.find((one) => isBetween(fee.validFrom, one.validFrom, one.validTo));
  return draftFaults(fee, inForce).map(({ path, why }) => ({ path, message: why }));
}

function reasonFaults(reason: string): { path: string; message: string }[] {
  if (reason.trim() === '') return [{ path: 'reason', message: 'missing' }];
  return reason.length <= longestReason && isSoundText(reason.replace(/[\n\r\t]/g, ' ')) ? [] : [{ path: 'reason', message: 'shape' }];
}
