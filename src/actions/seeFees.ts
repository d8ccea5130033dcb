// Shows the fee schedule to those who keep it: what is in force at an agency on a day, one fee with all its versions, one version.
import type { Context } from '../context';
import type { Agency } from '../domain/agency';
import { plain } from '../domain/catalogueRow';
import type { Fee } from '../domain/fee';
import { warningsOf, type DraftWarning } from '../domain/feeDraft';
import { feesInForce } from '../domain/feeSchedule';
import { feesInTime, stateOf, type FeeVersion } from '../domain/feeVersion';
import { grouped } from '../domain/grouping';
import type { Procedure } from '../domain/procedure';
import type { Actor } from '../domain/role';
import { addDays, isBetween, type Day } from '../domain/time';
import { Problem } from '../problems';
import { demand } from './demand';

export const proceduresOnPage = 25;
const mostVersions = 200;

export interface ScheduleQuestion {
  actor: Actor;
  /** Words of a name, or a code. */
  text?: string;
  sectorCode?: string;
  /** Without it: the actor's own. */
  agencyCode?: string;
  on: Day;
  /** The first is 0. */
  page: number;
}

export interface SeenSchedule {
  agencies: readonly Agency[];
  agency: Agency;
  sectors: readonly { code: string; name: string }[];
  procedures: readonly { procedure: Procedure; fees: readonly Fee[] }[];
  /** Procedures found in all. */
  found: number;
  /** Versions that wait to be decided about, of national fees and those of the agency's province. */
  waiting: readonly WaitingVersion[];
  names: ReadonlyMap<string, string>;
}

export interface WaitingVersion {
  version: FeeVersion;
  /** What is charged on the day before it begins; absent where nothing is. */
  before?: Fee;
  warnings: readonly DraftWarning[];
}

/** Throws agency_unknown. */
export async function seeSchedule({ store }: Context, question: ScheduleQuestion): Promise<SeenSchedule> {
  const { actor, text = '', sectorCode, on, page } = question;
  demand(actor, 'see_fee_drafts');
  const { tables } = store;
  const agencies = (await tables.agencies.list()).filter((agency) => isBetween(on, agency.validFrom, agency.validTo));
  const asked = question.agencyCode ?? (actor.kind === 'person' ? actor.agencyCode : '');
  const agency = agencies.find((one) => one.code === asked);
  if (!agency) throw new Problem('agency_unknown', asked);
  const words = text.split(/\s+/).map(plain).filter(Boolean);
  const isFound = ({ code, name }: Procedure): boolean => words.every((word) => plain(`${code} ${name}`).includes(word));
  const found = (await tables.procedures.list()).filter(
    (one) => (sectorCode === undefined || one.sectorCode === sectorCode) && isFound(one),
  );
  const shown = found.slice(page * proceduresOnPage, (page + 1) * proceduresOnPage);
  const fees = grouped(await tables.procedures.listFeesOf(shown.map(({ code }) => code)), (fee) => fee.procedureCode);
  const { localityCode } = agency;
  const open = await tables.feeVersions.list({ isOpen: true }, mostVersions);
  const waiting = open.filter(({ fee }) => ['national', localityCode].includes(fee.localityCode));
  const ofWaiting = grouped(await tables.procedures.listFeesOf(waiting.map(({ fee }) => fee.procedureCode)), (fee) => fee.id);
  return {
    agencies,
    agency,
    sectors: await tables.agencies.listSectors(),
    procedures: shown.map((procedure) => ({
      procedure,
      fees: feesInForce(fees.get(procedure.code) ?? [], { procedureCode: procedure.code, localityCode, on }),
    })),
    found: found.length,
    waiting: waiting.map((version) => besideBefore(version, ofWaiting.get(version.fee.id) ?? [])),
    names: await tables.officers.listNames(),
  };
}

function besideBefore(version: FeeVersion, versions: readonly Fee[]): WaitingVersion {
  const dayBefore = addDays(version.fee.validFrom, -1);
  const before = versions.find((fee) => isBetween(dayBefore, fee.validFrom, fee.validTo));
  return { version, ...(before ? { before } : {}), warnings: warningsOf(version.fee, before) };
}

/** One row of a fee's history: a version that somebody drafted, or what the service brought along. */
export interface HistoryEntry {
  fee: Fee;
  /** Absent for what the service brought along. */
  version?: FeeVersion;
  /** Whether its days are those on which it really is in force. */
  counts: boolean;
}

export interface SeenFee {
  feeId: string;
  procedure?: Procedure;
  /** The newest day first. */
  history: readonly HistoryEntry[];
  names: ReadonlyMap<string, string>;
}

/** Throws fee_unknown. */
export async function seeFee({ store }: Pick<Context, 'store'>, actor: Actor, feeId: string): Promise<SeenFee> {
  demand(actor, 'see_fee_drafts');
  const { tables } = store;
  const versions = await tables.feeVersions.list({ feeId }, mostVersions);
  const known = (await tables.procedures.findFee(feeId)) ?? versions[0]?.fee;
  if (!known) throw new Problem('fee_unknown', feeId);
  const procedure = await tables.procedures.find(known.procedureCode);
  const counting = (await tables.procedures.listFees(known.procedureCode)).filter((fee) => fee.id === feeId);
  const drafted = versions.map((version) => entryOf(version, versions, counting));
  const first = await tables.procedures.findFirst(feeId);
  const isReplaced = drafted.some((entry) => entry.counts && entry.fee.validFrom === first?.validFrom);
  const firstInTime = counting.find((fee) => fee.validFrom === first?.validFrom);
  const history = [...drafted, ...(first ? [{ fee: (isReplaced ? undefined : firstInTime) ?? first, counts: !isReplaced }] : [])];
  return {
    feeId,
    ...(procedure ? { procedure } : {}),
    history: history.sort((a, b) => ((a.fee.validFrom ?? '') < (b.fee.validFrom ?? '') ? 1 : -1)),
    names: await tables.officers.listNames(),
  };
}

/** With the days that are left of it, where it is approved and no later approval took its first day. */
function entryOf(version: FeeVersion, versions: readonly FeeVersion[], counting: readonly Fee[]): HistoryEntry {
  const { fee, decision } = version;
  if (decision?.verdict !== 'approved') return { fee, version, counts: false };
  const isReplaced = versions.some(
    (other) => other.fee.validFrom === fee.validFrom && stateOf(other) === 'approved' && isLater(other, version),
  );
  const inTime = isReplaced ? undefined : counting.find((one) => one.validFrom === fee.validFrom);
  return { fee: inTime ?? fee, version, counts: inTime !== undefined };
}

function isLater(a: FeeVersion, b: FeeVersion): boolean {
  const [x, y] = [a.decision?.at ?? '', b.decision?.at ?? ''];
  return x === y ? a.id > b.id : x > y;
}

export interface SeenVersion extends WaitingVersion {
  names: ReadonlyMap<string, string>;
  /** The other versions of the fee: those in time with the days that they hold now, drafts with those that they ask for. */
  others: readonly HistoryEntry[];
  /** The days of the fee as they are, or would be once this is approved, the first first. */
  inTime: readonly Fee[];
}

/** Throws fee_version_unknown. */
export async function seeVersion({ store }: Context, actor: Actor, versionId: string): Promise<SeenVersion> {
  demand(actor, 'see_fee_drafts');
  const { tables } = store;
  const version = await tables.feeVersions.find(versionId);
  if (!version) throw new Problem('fee_version_unknown');
  const { fee } = version;
  const counting = (await tables.procedures.listFees(fee.procedureCode)).filter((one) => one.id === fee.id);
  const { history, names } = await seeFee({ store }, actor, fee.id);
  const ifApproved = { id: version.id, fee, effectiveFrom: fee.validFrom, decidedAt: version.draftedAt };
  return {
    ...besideBefore(version, counting),
    names,
    others: history.filter((entry) => entry.version?.id !== version.id),
    inTime: version.decision ? counting : feesInTime(counting, [ifApproved]),
  };
}
