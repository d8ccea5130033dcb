// Shows shifts: one with what came to it so far and every movement of its drawer, and those of a day through the tree of agencies, with sums.
import type { Context, ReadTables } from '../context';
import type { Agency, Counter } from '../domain/agency';
import { codesWithin } from '../domain/agency';
import type { CashMovement } from '../domain/cashBook';
import { can, type Actor } from '../domain/role';
import { expectedIn, isOpen, type Shift, type Takings } from '../domain/shift';
import { overviewOf, type ShiftOverview } from '../domain/shiftOverview';
import { addDays, addMs, startOfDay, type Day } from '../domain/time';
import type { Money } from '../domain/money';
import { Problem } from '../problems';
import { demandSight } from './demand';

export interface SeenShift {
  shift: Shift;
  counter?: Counter;
  agency?: Agency;
  officerName?: string;
  /** As they were when it was closed; of an open one, until now. */
  takings: Takings;
  expected: Money;
}

export interface ShiftWithMovements extends SeenShift {
  /** Of its drawer, in order. */
  movements: CashMovement[];
  names: ReadonlyMap<string, string>;
}

/** Throws role_insufficient unless the actor works at a counter or sees the finances. */
export function demandShifts(actor: Actor): void {
  if (!can(actor, 'work_shift') && !can(actor, 'see_finance'))
    throw new Problem(actor.kind === 'system' ? 'person_required' : 'role_insufficient');
}

/** The shift, if there is one and the actor sees it; else throws shift_unknown. */
export async function shiftInSight(tables: Pick<ReadTables, 'agencies' | 'shifts'>, actor: Actor, id: string): Promise<Shift> {
  const shift = await tables.shifts.find(id);
  await demandSight(tables, actor, shift?.agencyCode, 'shift_unknown');
  if (!shift) throw new Problem('shift_unknown');
  return shift;
}

export async function seeShift(ctx: Context, actor: Actor, id: string): Promise<ShiftWithMovements> {
  demandShifts(actor);
  const { tables } = ctx.store;
  const shift = await shiftInSight(tables, actor, id);
  const [seen] = await withTakings(tables, [shift]);
  if (!seen) throw new Problem('shift_unknown');
  const before = addMs(shift.close?.at ?? ctx.now(), 1);
  const all = await tables.cashBook.movements([shift.counterId], shift.openedAt, before);
  const movements = all.filter(({ kind, shiftNumber }) => shiftNumber === shift.number && ['float', 'taking', 'return'].includes(kind));
  return { ...seen, movements, names: await tables.officers.listNames() };
}

/** The open shift of a counter, with what came to it so far. */
export async function openShiftAt(tables: ReadTables, counterId: string): Promise<{ open?: SeenShift; last?: Shift }> {
  const last = await tables.shifts.findLast(counterId);
  if (!last) return {};
  const [open] = isOpen(last) ? await withTakings(tables, [last]) : [];
  return { last, ...(open ? { open } : {}) };
}

export interface ShiftQuestion {
  agencyCode?: string;
  counterId?: string;
  /** Shifts that were open at some time from this day to that. */
  from?: Day;
  to?: Day;
}

/** Newest first. */
export async function listShifts(ctx: Context, actor: Actor, question: ShiftQuestion, limit: number): Promise<SeenShift[]> {
  demandShifts(actor);
  const { tables } = ctx.store;
  const agencyCodes = await agenciesAsked(tables, actor, question.agencyCode);
  const { counterId, from, to } = question;
  const shifts = await tables.shifts.list(
    {
      agencyCodes,
      ...(counterId ? { counterId } : {}),
      ...(from ? { from: startOfDay(from) } : {}),
      ...(to ? { openedBefore: startOfDay(addDays(to, 1)) } : {}),
    },
    limit,
  );
  return withTakings(tables, shifts);
}

export interface Overview extends ShiftOverview {
  day: Day;
  agencies: readonly Agency[];
  /** Newest first. */
  shifts: SeenShift[];
  /** Whose difference waits for a second person, of any day. */
  unconfirmed: SeenShift[];
  /** Whose cash waits to be brought to the bank, of any day. */
  kept: SeenShift[];
}

/** More are not shown of a day; a province has fewer counters. */
const mostShifts = 2000;

/** The shifts of a day, agency by agency, each with the sum of what lies below it: a commune closes alone, the province sees the sum. */
export async function seeShifts(ctx: Context, actor: Actor, { agencyCode, day }: { agencyCode?: string; day: Day }): Promise<Overview> {
  const asked = { from: day, to: day, ...(agencyCode ? { agencyCode } : {}) };
  const shifts = await listShifts(ctx, actor, asked, mostShifts);
  const { tables } = ctx.store;
  const agencies = await tables.agencies.list();
  const codes = await agenciesAsked(tables, actor, agencyCode);
  const top = agencyCode ?? (actor.kind === 'person' ? actor.agencyCode : undefined);
  return {
    ...overviewOf({ agencies, top, shifts }),
    day,
    agencies,
    shifts,
    unconfirmed: await withTakings(tables, await tables.shifts.listUnconfirmed(codes)),
    kept: await withTakings(tables, await tables.shifts.listKept(codes)),
  };
}

/** The asked agency and those below it, or all in sight. Throws agency_unknown. */
export async function agenciesAsked(tables: Pick<ReadTables, 'agencies'>, actor: Actor, agencyCode?: string): Promise<string[]> {
  if (agencyCode !== undefined) return codesWithin(await demandSight(tables, actor, agencyCode, 'agency_unknown'), agencyCode);
  const agencies = await tables.agencies.list();
  return actor.kind === 'person' ? codesWithin(agencies, actor.agencyCode) : agencies.map(({ code }) => code);
}

export async function withTakings(tables: ReadTables, shifts: readonly Shift[]): Promise<SeenShift[]> {
  const agencies = await tables.agencies.list();
  const counters = await tables.agencies.listCounters(agencies.map(({ code }) => code));
  const names = await tables.officers.listNames();
  const seen: SeenShift[] = [];
  for (const shift of shifts) {
    const takings = shift.close ?? (await tables.shifts.takingsOf(shift));
    const counter = counters.find(({ id }) => id === shift.counterId);
    const agency = agencies.find(({ code }) => code === shift.agencyCode);
    const officerName = names.get(shift.officerId);
    seen.push({
      shift,
      ...(counter ? { counter } : {}),
      ...(agency ? { agency } : {}),
      ...(officerName ? { officerName } : {}),
      takings,
      expected: shift.close?.expected ?? expectedIn(shift.openingFloat, takings),
    });
  }
  return seen;
}
