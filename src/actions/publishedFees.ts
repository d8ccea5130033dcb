// Shows the fees that are published: of one procedure at a unit on a day, and how complete the publication is.
import type { Context, ReadTables } from '../context';
import { accountFor, type Account, type Agency } from '../domain/agency';
import { isByNotice } from '../domain/fee';
import { publicationOf, type FeePublication, type Gap } from '../domain/feePublication';
import { feesInForce } from '../domain/feeSchedule';
import type { Procedure } from '../domain/procedure';
import type { Actor } from '../domain/role';
import { isBetween, type Day } from '../domain/time';
import { Problem } from '../problems';
import { demand, sightOf } from './demand';

export interface PublicationQuestion {
  /** Without it: the unit at the top of the tree. */
  agencyCode?: string;
  on: Day;
}

export interface PublishedProcedure {
  procedure: Procedure;
  sectorName: string;
  agency: Agency;
  /** Into which the unit collects on that day. */
  account?: Account;
  on: Day;
  fees: readonly FeePublication[];
  /** Of all its fees, and of the procedure itself. */
  gaps: readonly Gap[];
}

/** Everybody may ask. Throws procedure_unknown, agency_unknown. */
export async function publishedFees(
  { tables }: Context['store'],
  procedureCode: string,
  question: PublicationQuestion,
): Promise<PublishedProcedure> {
  const procedure = await tables.procedures.find(procedureCode);
  if (!procedure) throw new Problem('procedure_unknown', procedureCode);
  const place = await placeOf(tables, question);
  const [published] = await publishedOf(tables, [procedure], place, question.on);
  if (!published) throw new Problem('procedure_unknown', procedureCode);
  return published;
}

/** Every procedure with its fees at a unit on a day, by sector. Everybody may ask. Throws agency_unknown. */
export async function listPublishedFees({ tables }: Context['store'], question: PublicationQuestion): Promise<PublishedProcedure[]> {
  return publishedOf(tables, await tables.procedures.list(), await placeOf(tables, question), question.on);
}

export interface Completeness {
  agency: Agency;
  on: Day;
  complete: readonly PublishedProcedure[];
  incomplete: readonly PublishedProcedure[];
}

/** Which procedures have a complete page at a unit that the actor sees. Throws agency_unknown. */
export async function seePublication(ctx: Context, actor: Actor, question: PublicationQuestion): Promise<Completeness> {
  demand(actor, 'see_ratios');
  const { tables } = ctx.store;
  const sight = await sightOf(tables, actor);
  const agencyCode = question.agencyCode ?? (actor.kind === 'person' ? actor.agencyCode : undefined);
  if (sight && agencyCode !== undefined && !sight.includes(agencyCode)) throw new Problem('agency_unknown', agencyCode);
  const asked = { on: question.on, ...(agencyCode === undefined ? {} : { agencyCode }) };
  const all = await listPublishedFees(ctx.store, asked);
  return {
    agency: (await placeOf(tables, asked)).agency,
    on: question.on,
    complete: all.filter((one) => one.gaps.length === 0),
    incomplete: all.filter((one) => one.gaps.length > 0),
  };
}

/** The unit of that code, which must be open on the day. Throws agency_unknown, which names the last day of one that is closed. */
export function openAgency(agencies: readonly Agency[], code: string, on: Day): Agency {
  const agency = agencies.find((one) => one.code === code);
  if (!agency) throw new Problem('agency_unknown', code);
  if (isBetween(on, agency.validFrom, agency.validTo)) return agency;
  const { validFrom = on, validTo } = agency;
  const inWords = (day: Day): string => day.split('-').reverse().join('/');
  const [words, message] =
    validTo !== undefined && validTo < on
      ? [`đã đóng, ngày cuối là ${inWords(validTo)}`, `closed; its last day was ${validTo}`]
      : [`chưa mở, ngày đầu là ${inWords(validFrom)}`, `not yet open; its first day is ${validFrom}`];
  throw new Problem('agency_unknown', `${agency.name} (${code}): ${words}`, [{ path: 'agency', message }]);
}

interface Place {
  agency: Agency;
  agencies: readonly Agency[];
}

async function placeOf(tables: ReadTables, { agencyCode, on }: PublicationQuestion): Promise<Place> {
  const agencies = await tables.agencies.list();
  if (agencyCode !== undefined) return { agency: openAgency(agencies, agencyCode, on), agencies };
  const agency = agencies.find(({ parentCode, validFrom, validTo }) => parentCode === undefined && isBetween(on, validFrom, validTo));
  if (!agency) throw new Problem('agency_unknown', '');
  return { agency, agencies };
}

async function publishedOf(
  tables: ReadTables,
  procedures: readonly Procedure[],
  { agency, agencies }: Place,
  on: Day,
): Promise<PublishedProcedure[]> {
  const account = accountFor(agencies, await tables.accounts.list(), agency.code, on);
  const sectors = new Map((await tables.agencies.listSectors()).map((sector) => [sector.code, sector.name]));
  const all = await tables.procedures.listFeesOf(procedures.map(({ code }) => code));
  const { localityCode } = agency;
  return procedures.map((procedure) => {
    const inForce = feesInForce(all, { procedureCode: procedure.code, localityCode, on });
    const fees = inForce.map((fee) => publicationOf(fee, { on, localityCode }));
    const ofUnit: Gap[] = [
      ...(fees.length === 0 ? (['no_fee_in_force'] as const) : []),
      ...(account || (fees.length > 0 && fees.every(({ fee }) => isByNotice(fee))) ? [] : (['account_missing'] as const)),
    ];
    const gaps = [...new Set([...fees.flatMap((one) => one.gaps), ...ofUnit])];
    const sectorName = sectors.get(procedure.sectorCode) ?? procedure.sectorCode;
    return { procedure, sectorName, agency, on, fees, gaps, ...(account ? { account } : {}) };
  });
}
