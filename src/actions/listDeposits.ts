// Lists deposits of cash with what arrived of them, and credits that may be one that waits.
import type { Context } from '../context';
import {
  arrivalDue,
  depositStateOf,
  isLate,
  onItsWay,
  type Deposit,
  type DepositPart,
  type DepositState,
  type Shortage,
} from '../domain/deposit';
import { sumOf, zero, type Money } from '../domain/money';
import type { Actor } from '../domain/role';
import { depositDue, putAsideOf } from '../domain/shift';
import { dayOf, startOfDay, type Day } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demandSight } from './demand';
import { agenciesAsked, demandShifts, withTakings, type SeenShift } from './seeShift';

export interface SeenDeposit {
  deposit: Deposit;
  parts: DepositPart[];
  arrived: Money;
  onItsWay: Money;
  state: DepositState;
  due: Day;
  isLate: boolean;
}

export interface Deposits {
  deposits: SeenDeposit[];
  /** Closed shifts whose cash waits to be brought, by when, and whether that is over. */
  kept: { seen: SeenShift; amount: Money; due: Day; isLate: boolean }[];
  keptSum: Money;
  onItsWaySum: Money;
}

/** Of an agency and those below it, newest first: so many, and beyond them all of which something is still on its way. Throws agency_unknown. */
export async function listDeposits(ctx: Context, actor: Actor, agencyCode: string | undefined, limit: number): Promise<Deposits> {
  demandShifts(actor);
  const { tables } = ctx.store;
  const codes = await agenciesAsked(tables, actor, agencyCode);
  const today = dayOf(ctx.now());
  const newest = await tables.deposits.list(codes, limit);
  const older = (await tables.deposits.listOnTheWay(codes)).filter(({ id }) => !newest.some((one) => one.id === id));
  const deposits = await withArrivals(ctx, [...newest, ...older]);
  const kept = (await withTakings(tables, await tables.shifts.listKept(codes))).flatMap((seen) => {
    if (!seen.shift.close) return [];
    const due = depositDue(seen.shift.close.at);
    return [{ seen, amount: putAsideOf(seen.shift.close), due, isLate: isLate(due, today) }];
  });
  return {
    deposits,
    kept,
    keptSum: sumOf(kept.map(({ amount }) => amount)),
    onItsWaySum: sumOf(deposits.map((one) => one.onItsWay)),
  };
}

export interface ExplainedDeposit extends SeenDeposit {
  shifts: SeenShift[];
  credits: Transaction[];
  /** Credits without a home on its account since the day of the deposit: those of what is on its way first. */
  candidates: Transaction[];
  shortages: Shortage[];
}

const mostCandidates = 20;

/** Throws deposit_unknown. */
export async function seeDeposit(ctx: Context, actor: Actor, id: string): Promise<ExplainedDeposit> {
  demandShifts(actor);
  const { tables } = ctx.store;
  const deposit = await tables.deposits.find(id);
  await demandSight(tables, actor, deposit?.agencyCode, 'deposit_unknown');
  const [seen] = deposit ? await withArrivals(ctx, [deposit]) : [];
  if (!seen) throw new Problem('deposit_unknown');
  const shifts = [];
  for (const { shiftId } of seen.parts) shifts.push(...[await tables.shifts.find(shiftId)].flatMap((shift) => shift ?? []));
  const credits = [];
  for (const creditId of await tables.deposits.creditsOf(id))
    credits.push(...[await tables.transactions.find(creditId)].flatMap((one) => one ?? []));
  return {
    ...seen,
    shifts: await withTakings(tables, shifts),
    credits,
    candidates: await candidatesOf(ctx, seen),
    shortages: await tables.deposits.shortagesOf(id),
  };
}

async function candidatesOf({ store }: Context, { deposit, state, onItsWay }: SeenDeposit): Promise<Transaction[]> {
  if (state === 'arrived' || state === 'withdrawn') return [];
  const filter = {
    accountIds: [deposit.accountId],
    direction: 'in' as const,
    states: ['unapplied' as const],
    from: startOfDay(deposit.day),
  };
  const { transactions } = store.tables;
  const fitting = await transactions.list({ ...filter, amountOrUnapplied: onItsWay }, mostCandidates);
  const others = (await transactions.list(filter, mostCandidates)).filter(({ id }) => !fitting.some((one) => one.id === id));
  return [...fitting, ...others].slice(0, mostCandidates);
}

async function withArrivals(ctx: Context, deposits: readonly Deposit[]): Promise<SeenDeposit[]> {
  const { tables } = ctx.store;
  const ids = deposits.map(({ id }) => id);
  const [parts, arrivals] = [await tables.deposits.partsOf(ids), await tables.deposits.arrivedOf(ids)];
  const today = dayOf(ctx.now());
  return deposits.map((deposit) => {
    const arrived = arrivals.get(deposit.id) ?? zero;
    const state = depositStateOf(deposit, arrived);
    const due = arrivalDue(deposit.day);
    const left = onItsWay(deposit, arrived);
    const own = { deposit, parts: parts.get(deposit.id) ?? [], arrived, onItsWay: left, state, due };
    return { ...own, isLate: left.isPositive() && isLate(due, today) };
  });
}
