// Shows what a unit collected of each fee in a month, whose it is, what is to be handed over and what was: for screens, the API and papers.
import type { Context, ReadTables } from '../context';
import { accountFor, codesWithin, type Account, type Agency, type Office } from '../domain/agency';
import { interest, isInterest, isPaidByTreasury, paidByTreasury } from '../domain/ledger';
import { sumOf, type Money } from '../domain/money';
import {
  firstDue,
  monthsOf,
  outstandingLines,
  remittanceStateOf,
  remitDue,
  sumOfLines,
  type MonthOfFee,
  type Outstanding,
  type Owed,
  type Remittance,
} from '../domain/remittance';
import type { Retention } from '../domain/retention';
import type { Actor } from '../domain/role';
import { addDays, dayOf, daysOfMonth, startOfDay, type Day } from '../domain/time';
import { demand, demandSight } from './demand';

/** The years before last are settled (yearly settlement within 90 days), and not looked at again. */
const firstMonthOf = (month: string): string => `${Number(month.slice(0, 4)) - 1}-01`;
const firstDayOf = (month: string): Day => daysOfMonth(firstMonthOf(month)).from;

/** A unit that hands over by itself: it has an account of its own, for itself and for those below that collect into it, or did so once. */
export interface Unit {
  agency: Agency;
  account: Account;
  agencyCodes: readonly string[];
}

export interface UnitMonth {
  unit: Unit;
  month: string;
  /** Of this month alone, by fee. */
  fees: MonthOfFee[];
  owed: Owed[];
  /** Not handed over yet, up to this month. */
  outstanding: Outstanding[];
  outstandingSum: Money;
  dueDay: Day;
  /** Something stands on no slip after its day, or a slip is not confirmed after its own. */
  isOverdue: boolean;
  remittances: Remittance[];
  retentions: Retention[];
}

/** Every unit in sight that had an account of its own in a month, by code. */
export async function unitsInSight(tables: ReadTables, actor: Actor, month: string, agencyCode?: string): Promise<Unit[]> {
  const agencies = await tables.agencies.list();
  if (agencyCode !== undefined) await demandSight(tables, actor, agencyCode, 'agency_unknown');
  const top = agencyCode ?? (actor.kind === 'person' ? actor.agencyCode : undefined);
  const seen = top === undefined ? agencies.map(({ code }) => code) : codesWithin(agencies, top);
  const accounts = await tables.accounts.list();
  const { from, to } = daysOfMonth(month);
  const collects = collectorOn({ agencies, accounts }, to);
  const ends = accounts.flatMap(({ validTo }) => (validTo ? [addDays(validTo, 1)] : []));
  const turns = [...new Set([firstDayOf(month), ...accounts.map(({ validFrom }) => validFrom), ...ends, to])].filter((day) => day <= to);
  return agencies.flatMap((agency) => {
    const own = accounts.filter((one) => one.agencyCode === agency.code && one.purpose === 'collection');
    const ofMonth = own.filter(({ validFrom, validTo = to }) => validFrom <= to && validTo >= from);
    const account = ofMonth.find(({ validTo = to }) => validTo >= to) ?? ofMonth.at(-1);
    if (!account || !seen.includes(agency.code)) return [];
    const agencyCodes = codesWithin(agencies, agency.code).filter((code) => turns.some((day) => collects(code, day) === agency.code));
    return [{ agency, account, agencyCodes }];
  });
}

/**
 * Who hands over what an agency collects on a day: whose account it was then, and before there was one, on the last day that is asked about.
 * Units come and go, and what one of them collected stays its own to hand over.
 */
function collectorOn({ agencies, accounts }: Office, last: Day): (agencyCode: string, day: Day) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (agencyCode, day) => {
    const key = `${agencyCode} ${day}`;
    const of = (on: Day) => accountFor(agencies, accounts, agencyCode, on)?.agencyCode;
    if (!known.has(key)) known.set(key, of(day) ?? of(last));
    return known.get(key);
  };
}

/** Of all units in sight, or of those below an agency. Throws agency_unknown. */
export async function seeRemittances(ctx: Context, actor: Actor, month: string, agencyCode?: string): Promise<UnitMonth[]> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const units = await unitsInSight(tables, actor, month, agencyCode);
  const seen: UnitMonth[] = [];
  for (const unit of units) seen.push(await unitMonth(tables, unit, month, dayOf(ctx.now())));
  return seen;
}

/** What must be known to draft a slip as well as to see it. */
export async function unitMonth(tables: ReadTables, unit: Unit, month: string, today: Day): Promise<UnitMonth> {
  const first = firstMonthOf(month);
  const [from, before] = [startOfDay(firstDayOf(month)), startOfDay(addDays(daysOfMonth(month).to, 1))];
  const agencies = await tables.agencies.list();
  const retentions = await tables.retentions.list();
  const accounts = await tables.accounts.list();
  const collects = collectorOn({ agencies, accounts }, daysOfMonth(month).to);
  const collected = await tables.collections.collected(unit.agencyCodes, from, before);
  const ownCollected = collected.filter(({ agencyCode, day }) => collects(agencyCode, day) === unit.agency.code);
  const months = monthsOf(ownCollected, agencies, retentions);
  const isOwn = ({ holder }: { holder: string }): boolean =>
    accounts.every(({ id, agencyCode }) => id !== bareHolder(holder) || agencyCode === unit.agency.code);
  const owed = (await tables.collections.owedToBudget(unit.agencyCodes, from, before)).filter(isOwn).map((one) => ({
    ...one,
    name: nameOf(unit, one.holder),
  }));
  const remittances = await tables.remittances.ofAgencies([unit.agency.code]);
  const covered = remittances.map((one) => ({ ...one, lines: one.lines.filter((line) => line.month >= first && line.month <= month) }));
  const outstanding = outstandingLines({ months, owed }, covered);
  const outstandingSum = sumOfLines(outstanding);
  const dueDay = firstDue(outstanding) ?? remitDue(month, 20);
  return {
    unit,
    month,
    fees: months.filter((one) => one.month === month),
    owed: owed.filter((one) => one.month === month),
    outstanding,
    outstandingSum,
    dueDay,
    isOverdue: (outstandingSum.isPositive() && today > dueDay) || remittances.some((slip) => isSlipOverdue(slip, today)),
    remittances,
    retentions: retentions.filter(({ agencyCode }) =>
      agencies.some(({ code }) => code === agencyCode && isAbove(agencies, unit, agencyCode)),
    ),
  };
}

const isAbove = (agencies: readonly Agency[], { agency, agencyCodes }: Unit, code: string): boolean =>
  agencyCodes.includes(code) || codesWithin(agencies, code).includes(agency.code);

function nameOf({ account }: Unit, holder: string): string {
  const lies = bareHolder(holder);
  const what = isInterest(holder)
    ? 'Lãi tiền gửi'
    : isPaidByTreasury(holder)
      ? 'Tiền Kho bạc đã hoàn trả thay'
      : 'Tiền không xác định được người nộp';
  return lies === account.id ? what : `${what} (${lies})`;
}

function bareHolder(holder: string): string {
  if (isInterest(holder)) return holder.slice(interest('').length);
  return isPaidByTreasury(holder) ? holder.slice(paidByTreasury('').length) : holder;
}

export interface DeclarationRow {
  feeId: string;
  name: string;
  collected: Money;
  retained: Money;
  toBudget: Money;
  /** In hundredths of a percent; several where the rate changed within the month. */
  retainedPoints: readonly number[];
  isWithoutRate: boolean;
}

/** The monthly totals of the forms 01/PH (phí) and 01/LP (lệ phí). Circular 89/2026/TT-BTC, Article 26(3). */
export interface Declaration {
  agencyCode: string;
  month: string;
  /** The 20th of the next month. */
  dueDay: Day;
  phi: { rows: DeclarationRow[]; collected: Money; retained: Money; toBudget: Money };
  lePhi: { rows: DeclarationRow[]; collected: Money; retained: Money; toBudget: Money };
}

/** One a unit in sight. Throws agency_unknown. */
export async function declarationsOf(ctx: Context, actor: Actor, month: string, agencyCode?: string): Promise<Declaration[]> {
  return (await seeRemittances(ctx, actor, month, agencyCode)).map(declarationOf);
}

export function declarationOf({ unit, month, fees }: Pick<UnitMonth, 'unit' | 'month' | 'fees'>): Declaration {
  const part = (kind: MonthOfFee['kind']) => {
    const rows = fees.filter((fee) => fee.kind === kind).map(({ month: _m, kind: _k, remitByDay: _d, ...row }) => row);
    const sum = (of: (row: DeclarationRow) => Money): Money => sumOf(rows.map(of));
    return { rows, collected: sum((row) => row.collected), retained: sum((row) => row.retained), toBudget: sum((row) => row.toBudget) };
  };
  return { agencyCode: unit.agency.code, month, dueDay: remitDue(month, 20), phi: part('phi'), lePhi: part('le_phi') };
}

/** Whether a slip is still on its way and its day is over. */
export const isSlipOverdue = (one: Remittance, today: Day): boolean =>
  ['drafted', 'approved', 'sent'].includes(remittanceStateOf(one)) && today > one.dueDay;
