// Drafts changes of fees from chosen differences of a catalogue: all of them or none; each still needs somebody else's approval.
import type { Context, Tables } from '../context';
import type { CatalogueImport, KeptDifference } from '../domain/catalogue';
import { draftFrom, type CatalogueDraft, type NoDraft } from '../domain/catalogueDraft';
import { isBad } from '../domain/catalogueRow';
import type { Fee } from '../domain/fee';
import { ownFeeId } from '../domain/feeDraft';
import type { FeeVersion } from '../domain/feeVersion';
import type { Actor } from '../domain/role';
import { isBetween, type Day, type Instant } from '../domain/time';
import { Problem } from '../problems';
import { demand } from './demand';
import { feesWithDrafts, keepDraft } from './draftFee';

export const mostDraftsAtOnce = 200;

export interface CatalogueDraftRequest {
  actor: Actor;
  importId: string;
  positions: readonly number[];
  from: Day;
  reason: string;
}

/** Throws difference_not_draftable naming each row and why, catalogue_unknown, and what drafting throws. */
export async function draftFromCatalogue(ctx: Context, request: CatalogueDraftRequest): Promise<FeeVersion[]> {
  demand(request.actor, 'draft_fees');
  const { importId, positions } = request;
  if (positions.length === 0 || positions.length > mostDraftsAtOnce) throw new Problem('request_invalid', `1–${mostDraftsAtOnce}`);
  const at = ctx.now();
  return ctx.store.transact(async (tables) => {
    const catalogue = await tables.catalogues.find(importId);
    if (!catalogue) throw new Problem('catalogue_unknown');
    if (catalogue.state !== 'done') throw new Problem('difference_not_draftable'); // a row still to come may contradict one
    const differences = await tables.catalogues.listDifferencesAt(importId, positions);
    if (differences.length < new Set(positions).size) throw new Problem('catalogue_unknown');
    const perRow = [...new Map(differences.map((one) => [JSON.stringify(one.row ?? one.position), one])).values()];
    const drafts = await draftsOf(tables, catalogue, perRow, request.from);
    const versions: FeeVersion[] = [];
    for (const { difference, draft } of drafts) versions.push(await keepOne(ctx, tables, request, difference, draft, at));
    return versions;
  });
}

const keepOne = (
  ctx: Context,
  tables: Tables,
  { actor, importId, reason }: CatalogueDraftRequest,
  { position }: KeptDifference,
  draft: CatalogueDraft,
  at: Instant,
): Promise<FeeVersion> => keepDraft(ctx, tables, { actor, reason, ...draft, differenceId: `${importId}/${position}` }, at);

async function draftsOf(
  tables: Tables,
  { id, localityCode, comparedOn }: CatalogueImport,
  differences: readonly KeptDifference[],
  from: Day,
): Promise<{ difference: KeptDifference; draft: CatalogueDraft }[]> {
  const refused: { path: string; message: NoDraft }[] = [];
  const drafts: { difference: KeptDifference; draft: CatalogueDraft }[] = [];
  for (const difference of differences) {
    const { procedureCode, here, row } = difference;
    const fees = await tables.procedures.listFees(procedureCode);
    const others = [...(await feesWithDrafts(tables, procedureCode)), ...drafts.map(({ draft }) => draft.fee)];
    const sectorCode = (await tables.procedures.find(procedureCode))?.sectorCode;
    const known = here && knownOf(fees, here.feeId, from, localityCode);
    const contradictions = await tables.catalogues.listContradictions(id, procedureCode);
    const isContradicted = contradictions.some(({ detail }) => detail === String(row?.line));
    const draft = draftFrom(difference, { known, isContradicted, sectorCode, from, comparedOn, localityCode, others });
    if (typeof draft === 'string') refused.push({ path: lineOf(difference), message: draft });
    else drafts.push({ difference, draft });
  }
  if (refused.length > 0) throw new Problem('difference_not_draftable', undefined, refused);
  return drafts;
}

/** Our fee as it will be on the first day of the draft; on a day without one, as it was last. Whoever has an own fee leaves the placeholder. */
function knownOf(fees: readonly Fee[], feeId: string, from: Day, localityCode: string): Fee | undefined {
  const versions = fees.filter((fee) => fee.id === feeId);
  const known = versions.find((fee) => isBetween(from, fee.validFrom, fee.validTo)) ?? versions.at(-1);
  if (known?.localityCode !== 'province') return known;
  return knownOf(fees, ownFeeId(known, localityCode), from, localityCode) ?? known;
}

const lineOf = ({ row, here, position }: KeptDifference): string =>
  row ? `${row.line}${isBad(row) ? '' : ` ${row.procedureCode}`}` : (here?.feeId ?? String(position));
