// Cash of a simulated month: counters work in shifts and count, what they took is brought to the bank, and the bank's list shows it; or not so.
import type { Day } from '../../../src/domain/time';
import { isWorkingDay, workingDayAfter } from '../../../src/domain/workingDay';
import { cashierOf, counterOf, type Desk } from './desks';
import { atOnce, inTurns, minuteMs, msAt, mustBe, paidBeside, turnOf, type Month } from './month';
import { expectIn, move } from './movements';
import { tallyUp } from './tally';
import { dayOfMs, sumOf, toldName, type Movement } from './truth';

/** Cash of a closed shift that no record of a deposit speaks of. */
interface Kept {
  shiftId: string;
  amount: number;
  closedOn: Day;
  /** It is at the bank all the same. */
  isBrought: boolean;
}

/** Short: the bank counts less, and finds the rest a day later. */
const depositKinds = ['short', 'unrecorded', 'brought', 'late'] as const;

export interface Deposit {
  kind: (typeof depositKinds)[number];
  /** Once it is recorded. */
  id?: string;
  content: string;
  shifts: readonly Kept[];
  slipNumber: string;
  amount: number;
  broughtOn: Day;
  /** What the service has found on the account, and when. */
  found: { atMs: number; amount: number }[];
  arrivals: readonly { on: Day; amount: number }[];
}

/** What is on its way at a time. */
export const leftOf = ({ amount, found }: Deposit, ms: number): number =>
  amount - sumOf(found.flatMap((one) => (one.atMs <= ms ? one.amount : [])));

export interface CashEntry {
  day: Day;
  kind: 'float' | 'taking' | 'deposit' | 'difference';
  /** Under 0 where it left the counter. */
  amount: number;
}

/** The cash of a desk's counter, as those who work there know it. */
export interface Drawer {
  /** What lies there overnight. */
  handedOn: number;
  kept: Kept[];
  deposits: Deposit[];
  entries: CashEntry[];
}

export function drawerOf({ drawers }: Month, desk: Desk): Drawer {
  const drawer = drawers.get(desk) ?? { handedOn: 0, kept: [], deposits: [], entries: [] };
  drawers.set(desk, drawer);
  return drawer;
}

const changeMoney = 200_000;
/** What counts find too much or too little, in turn. */
const miscounts = [0, -500, 0, 1_000] as const;
/** Both together less than the smallest taking. */
const shortBy = 500;

/** In the evening: each counter that took cash counts it, a second person looks at what differs, and on working days it is brought to the bank. */
export async function closeCounters(month: Month, day: Day): Promise<void> {
  const miscounted: Miscount[] = [];
  for (const desk of month.desks) {
    const drawer = drawerOf(month, desk);
    miscounted.push(...(await workShift(month, desk, drawer, day)));
    if (isWorkingDay(day) && drawer.kept.some(({ isBrought }) => !isBrought)) await bring(month, desk, drawer, day);
  }
  await confirmMiscounts(month, day, miscounted);
}

interface Miscount {
  drawer: Drawer;
  shiftId: string;
  difference: number;
}

/** The shift; if its count differs, that too. */
async function workShift(month: Month, desk: Desk, drawer: Drawer, day: Day): Promise<Miscount[]> {
  const debts = paidBeside(month, desk, day, 'in_cash');
  if (debts.length === 0) return [];
  const [by, counterId] = [cashierOf(desk), counterOf(desk)];
  const float = drawer.handedOn || changeMoney;
  const { id } = await month.call<{ id: string }>('POST', '/api/shifts', { by, body: { counterId, float }, status: 201 });
  await inTurns(debts, atOnce, ({ id: obligationId, due: amount }) =>
    month.call('POST', `/api/obligations/${obligationId}/cash`, { by, body: { amount, counterId }, status: 201 }),
  );
  month.clock.set(month.clock.ms + minuteMs);
  const taken = sumOf(debts.map(({ due }) => due));
  const difference = turnOf(month, 'shifts', miscounts);
  const counted = float + taken + difference;
  const body = { counted, ...(difference === 0 ? {} : { reason: 'đếm lại vẫn lệch' }) };
  const { expected, putAside } = await month.call<{ expected: number; putAside: number }>('POST', `/api/shifts/${id}/close`, { by, body });
  mustBe(month, `shift ${id}`, { expected, putAside }, { expected: float + taken, putAside: counted - float });
  drawer.entries.push({ day, kind: 'float', amount: float - drawer.handedOn }, { day, kind: 'taking', amount: taken });
  drawer.handedOn = float;
  drawer.kept.push({ shiftId: id, amount: counted - float, closedOn: day, isBrought: false });
  return difference === 0 ? [] : [{ drawer, shiftId: id, difference }];
}

async function confirmMiscounts(month: Month, day: Day, miscounted: readonly Miscount[]): Promise<void> {
  const { unconfirmed } = await month.call<{ unconfirmed: { id: string; difference: number }[] }>('GET', `/api/shifts/overview?day=${day}`);
  const found = unconfirmed.map(({ id, difference }) => `${id} ${difference}`);
  tallyUp(
    month,
    `shifts of ${day}`,
    'shift_differs',
    found,
    miscounted.map(({ shiftId, difference }) => `${shiftId} ${difference}`),
  );
  for (const { drawer, shiftId, difference } of miscounted) {
    await month.call('POST', `/api/shifts/${shiftId}/confirm`, { by: 'ketoantruong', body: { note: 'cán bộ quầy chịu trách nhiệm' } });
    drawer.entries.push({ day, kind: 'difference', amount: difference });
  }
}

async function bring(month: Month, desk: Desk, drawer: Drawer, day: Day): Promise<void> {
  const kind = turnOf(month, 'deposits', depositKinds);
  const shifts = drawer.kept.filter(({ isBrought }) => !isBrought);
  for (const one of shifts) one.isBrought = true;
  const amount = sumOf(shifts.map((one) => one.amount));
  const slipNumber = `GNT-0${410_000 + (month.counts.get('deposits') ?? 0)}`;
  const [next, later] = [workingDayAfter(day, 1), workingDayAfter(day, 2)];
  const arrivals = {
    brought: [{ on: next, amount }],
    unrecorded: [{ on: next, amount }],
    late: [{ on: later, amount }],
    short: [
      { on: next, amount: amount - shortBy },
      { on: later, amount: shortBy },
    ],
  }[kind];
  const deposit: Deposit = {
    kind,
    content: `NOP TIEN MAT ${slipNumber}`,
    shifts,
    slipNumber,
    amount,
    broughtOn: day,
    found: [],
    arrivals,
  };
  drawer.deposits.push(deposit);
  if (kind !== 'unrecorded') await record(month, desk, deposit, cashierOf(desk));
}

/** Its code is written on the slip from then on. */
async function record(month: Month, desk: Desk, deposit: Deposit, by: string): Promise<void> {
  const { shifts, amount, broughtOn, slipNumber } = deposit;
  const shiftIds = shifts.map(({ shiftId }) => shiftId);
  const body = { agencyCode: desk.collecting, shiftIds, amount, day: broughtOn, slipNumber };
  const recorded = await month.call<{ id: string; code: string }>('POST', '/api/deposits', { by, body, status: 201 });
  Object.assign(deposit, { id: recorded.id, content: `NOP TIEN MAT ${recorded.code}` });
  const drawer = drawerOf(month, desk);
  drawer.kept = drawer.kept.filter((one) => !shifts.includes(one));
  drawer.entries.push({ day: dayOfMs(month.clock.ms), kind: 'deposit', amount: -amount });
}

/** What the bank will show of it on a day. */
export function planDeposits(month: Month, day: Day): Movement[] {
  return [...month.drawers].flatMap(([desk, { deposits }]) =>
    deposits.flatMap((deposit) =>
      deposit.arrivals.flatMap(({ on, amount }) => (on === day ? arrive(month, { desk, deposit, day, amount }) : [])),
    ),
  );
}

function arrive(month: Month, { desk, deposit, day, amount }: { desk: Desk; deposit: Deposit; day: Day; amount: number }): Movement {
  const { content, kind } = deposit;
  const isFound = deposit.id !== undefined && amount === deposit.amount;
  const atMs = msAt(day, 8.5) + desk.place * minuteMs;
  const made = move(month, { desk, day, atMs, name: `deposit_${kind}` }, { amount, content, away: isFound ? amount : 0 });
  if (isFound) deposit.found.push({ atMs, amount });
  else
    expectIn(month, {
      ...{ desk, day, class: 'unknown_content', name: toldName(made), amount, isBlocking: true },
      work: async ({ subject }) => {
        deposit.found.push({ atMs: month.clock.ms, amount });
        if (deposit.id === undefined) return record(month, desk, deposit, 'ketoan');
        const body = { transactionId: subject.id, reason: 'đúng số giấy nộp tiền' };
        await month.call('POST', `/api/deposits/${deposit.id}/attach`, { body });
      },
    });
  return made;
}
