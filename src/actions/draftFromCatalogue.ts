// Drafts changes of fees from chosen rows of a catalogue, those that allow it and no other; each still needs somebody else's approval.
import type { Context, ReadTables, Tables } from '../context';
import type { CatalogueImport, KeptDifference } from '../domain/catalogue';
import { draftFrom, usualFirstDay, type CatalogueDraft, type NoDraft } from '../domain/catalogueDraft';
import { isBad } from '../domain/catalogueRow';
import type { Fee } from '../domain/fee';
import { ownFeeId } from '../domain/feeDraft';
import { stateOf, type FeeVersion } from '../domain/feeVersion';
import { grouped } from '../domain/grouping';
import type { Actor } from '../domain/role';
import { dayOf, isBetween, type Day, type Instant } from '../domain/time';
import { Problem, type ProblemCode } from '../problems';
import { demand } from './demand';
import { keepDraft } from './draftFee';

export const mostDraftsAtOnce = 200;
const mostVersions = 10_000;

export interface CatalogueDraftRequest {
  actor: Actor;
  importId: string;
  positions: readonly number[];
  /** Without it each row has its own first day, or tomorrow. */
  from?: Day;
  reason: string;
}

/** Why nothing was drafted of a row, by its line and procedure. */
export interface RefusedRow {
  path: string;
  message: NoDraft | 'drafted_already' | ProblemCode;
}

/** What can be made of one row: a draft, nothing, or what was drafted of it before. */
export interface JudgedRow {
  difference: KeptDifference;
  draft?: CatalogueDraft;
  why?: NoDraft | 'drafted_already';
  /** The version that was drafted of it, and not withdrawn. */
  version?: FeeVersion;
}

/**
 * Each row once, however many of its differences are chosen; a row of which nothing can be drafted holds up no other. Throws
 * difference_not_draftable naming each row and why where nothing was drafted at all, and catalogue_unknown.
 */
export async function draftFromCatalogue(
  ctx: Context,
  request: CatalogueDraftRequest,
): Promise<{ versions: FeeVersion[]; refused: RefusedRow[] }> {
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
    const perRow = [...new Map(differences.map((one) => [rowKey(one), one])).values()];
    const versions: FeeVersion[] = [];
    const refused: RefusedRow[] = [];
    for (const judged of await judgeRows(tables, catalogue, perRow, dayOf(at), request.from)) {
      const kept = judged.draft
        ? await keepOne(ctx, tables, request, judged.difference, judged.draft, at)
        : (judged.why ?? 'nothing_there');
      if (typeof kept === 'string') refused.push({ path: lineOf(judged.difference), message: kept });
      else versions.push(kept);
    }
    if (versions.length === 0) throw new Problem('difference_not_draftable', undefined, refused);
    return { versions, refused };
  });
}

/** What may be wrong with one row's draft alone. */
const rowProblems: readonly ProblemCode[] = ['fee_draft_invalid', 'fee_version_too_late', 'fee_by_notice', 'fee_locality_foreign'];

async function keepOne(
  ctx: Context,
  tables: Tables,
  { actor, importId, reason }: CatalogueDraftRequest,
  { position }: KeptDifference,
  draft: CatalogueDraft,
  at: Instant,
): Promise<FeeVersion | ProblemCode> {
  try {
    return await keepDraft(ctx, tables, { actor, reason, ...draft, differenceId: `${importId}/${position}` }, at);
  } catch (error) {
    if (!(error instanceof Problem) || !rowProblems.includes(error.code)) throw error;
    if (error.errors.some(({ path }) => path === 'reason')) throw error; // it is the same for all
    return error.code;
  }
}

/** What can be made of each; of one row, as far as the rows before it do not take its place. */
export async function judgeRows(
  tables: Pick<ReadTables, 'procedures' | 'feeVersions' | 'catalogues' | 'agencies'>,
  { id, localityCode, comparedOn }: CatalogueImport,
  differences: readonly KeptDifference[],
  today: Day,
  from?: Day,
): Promise<JudgedRow[]> {
  const codes = [...new Set(differences.map(({ procedureCode }) => procedureCode))];
  const fees = grouped(await tables.procedures.listFeesOf(codes), (fee) => fee.procedureCode);
  const open = grouped(
    await tables.feeVersions.list({ procedureCodes: codes, isOpen: true }, mostVersions),
    ({ fee }) => fee.procedureCode,
  );
  const contradicted = new Set(
    (await tables.catalogues.listContradictions(id, codes)).map(({ procedureCode, detail }) => `${procedureCode} ${detail}`),
  );
  const procedures = new Map((await tables.procedures.list()).map((one) => [one.code, one.sectorCode]));
  const sectors = new Set((await tables.agencies.listSectors()).map(({ code }) => code));
  const drafted = await draftedRows(tables, id);
  const drafts: Fee[] = [];
  return differences.map((difference) => {
    const { procedureCode, here, row } = difference;
    const version = drafted.get(rowKey(difference));
    if (version) return { difference, version, why: 'drafted_already' };
    const known = fees.get(procedureCode) ?? [];
    const day = from ?? (row && !isBad(row) ? usualFirstDay(row, today) : today);
    const draft = draftFrom(difference, {
      ...{ from: day, comparedOn, localityCode, sectors },
      known: here && knownOf(known, here.feeId, day, localityCode),
      sectorCode: procedures.get(procedureCode),
      isContradicted: contradicted.has(`${procedureCode} ${row?.line}`),
      others: [...known, ...(open.get(procedureCode) ?? []).map(({ fee }) => fee), ...drafts],
    });
    if (typeof draft === 'string') return { difference, why: draft };
    drafts.push(draft.fee);
    return { difference, draft };
  });
}

/** The versions drafted of a catalogue's rows, by row: of those that were withdrawn another may be drafted. */
async function draftedRows(tables: Pick<ReadTables, 'feeVersions' | 'catalogues'>, importId: string): Promise<Map<string, FeeVersion>> {
  const versions = (await tables.feeVersions.list({ importId }, mostVersions)).filter((one) => stateOf(one) !== 'withdrawn');
  if (versions.length === 0) return new Map();
  const byPosition = new Map(versions.map((version) => [Number(version.differenceId?.split('/').at(-1)), version]));
  const differences = await tables.catalogues.listDifferencesAt(importId, [...byPosition.keys()]);
  return new Map(
    differences.flatMap((one) => {
      const version = byPosition.get(one.position);
      return version ? [[rowKey(one), version] as const] : [];
    }),
  );
}

/** The same for all differences of one row. */
const rowKey = ({ row, position }: KeptDifference): string => JSON.stringify(row ?? position);

/** Our fee as it will be on the first day of the draft; on a day without one, as it was last. Whoever has an own fee leaves the placeholder. */
function knownOf(fees: readonly Fee[], feeId: string, from: Day, localityCode: string): Fee | undefined {
  const versions = fees.filter((fee) => fee.id === feeId);
  const known = versions.find((fee) => isBetween(from, fee.validFrom, fee.validTo)) ?? versions.at(-1);
  if (known?.localityCode !== 'province') return known;
  return knownOf(fees, ownFeeId(known, localityCode), from, localityCode) ?? known;
}

const lineOf = ({ row, here, position }: KeptDifference): string =>
  row ? `${row.line}${isBad(row) ? '' : ` ${row.procedureCode}`}` : (here?.feeId ?? String(position));
