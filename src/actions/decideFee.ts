// Decides about a drafted version of a fee: another person approves it, or it is withdrawn; either way it stays to be seen.
import type { Context, Tables } from '../context';
import { demandOwnPlace, demandSameFee, demandUntouched, longestReason } from './draftFee';
import type { FeeDecision, FeeVersion, Verdict } from '../domain/feeVersion';
import { can, signatureOf, type Actor } from '../domain/role';
import { isSoundText } from '../domain/text';
import { dayOf, type Instant } from '../domain/time';
import { Problem } from '../problems';
import { demand } from './demand';

interface Decided {
  actor: Actor;
  versionId: string;
  note?: string;
}

/** From its day on the version is what is charged. Throws fee_version_own, fee_version_decided, fee_version_too_late and others. */
export async function approveFee(ctx: Context, request: Decided): Promise<FeeVersion> {
  demand(request.actor, 'approve_fees');
  const at = ctx.now();
  return ctx.store.transact(async (tables) => {
    const version = await openVersion(tables, request);
    if (version.draftedBy === signatureOf(request.actor)) throw new Problem('fee_version_own');
    await demandSameFee(tables, version.fee);
    await demandUntouched(tables, version.fee, dayOf(at));
    await keepProcedure(tables, version);
    return decide(tables, version, 'approved', request, at);
  });
}

/** By whoever drafted it, or by somebody who might have approved it; `note` says why. */
export async function withdrawFee(ctx: Context, request: Decided & { note: string }): Promise<FeeVersion> {
  const { actor } = request;
  if (!can(actor, 'draft_fees')) demand(actor, 'approve_fees');
  const at = ctx.now();
  return ctx.store.transact(async (tables) => {
    const version = await openVersion(tables, request);
    if (version.draftedBy !== signatureOf(actor)) demand(actor, 'approve_fees');
    if (request.note.trim() === '') throw new Problem('fee_draft_invalid', version.fee.id, [{ path: 'note', message: 'missing' }]);
    return decide(tables, version, 'withdrawn', request, at);
  });
}

async function openVersion(tables: Tables, { actor, versionId, note = '' }: Decided): Promise<FeeVersion> {
  const version = await tables.feeVersions.find(versionId);
  if (!version) throw new Problem('fee_version_unknown');
  await demandOwnPlace(tables, actor, version.fee.localityCode);
  if (version.decision) throw new Problem('fee_version_decided');
  if (note.length > longestReason || !isSoundText(note.replace(/[\n\r\t]/g, ' ')))
    throw new Problem('fee_draft_invalid', version.fee.id, [{ path: 'note', message: 'shape' }]);
  return version;
}

async function decide(tables: Tables, version: FeeVersion, verdict: Verdict, { actor, note }: Decided, at: Instant): Promise<FeeVersion> {
  const decision: FeeDecision = { verdict, by: signatureOf(actor), at, ...(note?.trim() ? { note: note.trim() } : {}) };
  if (!(await tables.feeVersions.keepDecision(version, decision))) throw new Problem('fee_version_decided');
  return { ...version, decision };
}

/** A procedure that we did not have comes with its first fee. */
async function keepProcedure(tables: Tables, { fee, procedureName, sectorName }: FeeVersion): Promise<void> {
  if (await tables.procedures.find(fee.procedureCode)) return;
  const sectors = await tables.agencies.listSectors();
  if (!sectors.some((sector) => sector.code === fee.sectorCode))
    await tables.agencies.saveSector({ code: fee.sectorCode, name: sectorName });
  await tables.procedures.save({ code: fee.procedureCode, name: procedureName, sectorCode: fee.sectorCode });
}
