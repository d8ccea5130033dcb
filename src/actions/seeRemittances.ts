// Shows what a unit collected of each fee in a month, whose it is, what is to be handed over and what was: for screens, the API and papers.
import type { Context, ReadTables } from '../context';
import { accountFor, codesWithin, type Account, type Agency } from '../domain/agency';
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

/** A unit that hands over by itself: it has an account of its own, for itself and for those below that collect into it. */
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

/** Every unit in sight with an account of its own, by code. */
export async function unitsInSight(tables: ReadTables, actor: Actor, on: Day, agencyCode?: string): Promise<Unit[]> {
  const agencies = await tables.agencies.list();
  if (agencyCode !== undefined) await demandSight(tables, actor, agencyCode, 'agency_unknown');
  const top = agencyCode ?? (actor.kind === 'person' ? actor.agencyCode : undefined);
  const seen = top === undefined ? agencies.map(({ code }) => code) : codesWithin(agencies, top);
  const accounts = await tables.accounts.list();
  const accountOf = new Map(agencies.map(({ code }) => [code, accountFor(agencies, accounts, code, on)]));
  return agencies.flatMap((agency) => {
    const account = accountOf.get(agency.code);
    if (!account || account.agencyCode !== agency.code || !seen.includes(agency.code)) return [];
    return [
      { agency, account, agencyCodes: agencies.filter(({ code }) => accountOf.get(code)?.id === account.id).map(({ code }) => code) },
    ];
  });
}

/** Of all units in sight, or of those below an agency. Throws agency_unknown. */
export async function seeRemittances(ctx: Context, actor: Actor, month: string, agencyCode?: string): Promise<UnitMonth[]> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const units = await unitsInSight(tables, actor, daysOfMonth(month).to, agencyCode);
  const seen: UnitMonth[] = [];
  for (const unit of units) seen.push(await unitMonth(tables, unit, month, dayOf(ctx.now())));
  return seen;
}

/** What must be known to draft a slip as well as to see it. */
export async function unitMonth(tables: ReadTables, unit: Unit, month: string, today: Day): Promise<UnitMonth> {
  const first = firstMonthOf(month);
  const [from, before] = [startOfDay(daysOfMonth(first).from), startOfDay(addDays(daysOfMonth(month).to, 1))];
  const agencies = await tables.agencies.list();
  const retentions = await tables.retentions.list();
  const months = monthsOf(await tables.collections.collected(unit.agencyCodes, from, before), agencies, retentions);
  const owed = (await tables.collections.owedToBudget(unit.agencyCodes, from, before)).map((one) => ({
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

const nameOf = ({ account }: Unit, holder: string): string =>
  holder === account.id ? 'Tiền không xác định được người nộp' : `Tiền không xác định được người nộp (${holder})`;

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
