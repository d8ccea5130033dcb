// What the service says of cash, held against what those at the counters know: the cash book of a day, and what has not reached the bank.
import type { Day } from '../../../src/domain/time';
import { workingDayAfter } from '../../../src/domain/workingDay';
import { drawerOf, leftOf, type CashEntry } from './cash';
import { counterOf, type Desk } from './desks';
import { mustBe, type Month } from './month';
import { tallyUp } from './tally';
import { dayOfMs, sumOf } from './truth';

interface SeenBook {
  total: { opening: number; closing: number; sums: Record<CashEntry['kind'], number> };
}

interface SeenDeposits {
  data: { id: string; status: string; onItsWay: number; due: Day; isLate: boolean }[];
  kept: { shiftId: string; amount: number; due: Day; isLate: boolean }[];
  keptSum: number;
  onItsWaySum: number;
}

/** On the morning after a day, before anybody works on its differences. */
export async function checkCash(month: Month, day: Day): Promise<void> {
  const seen = await month.call<SeenDeposits>('GET', '/api/deposits?limit=500');
  const { data, kept, onItsWaySum, keptSum } = wantedNow(month);
  const deposits = seen.data.filter(({ onItsWay }) => onItsWay !== 0);
  mustBe(month, `deposits on their way after ${day}`, deposits.map(depositLine).sort(), data.map(depositLine).sort());
  mustBe(month, `cash kept after ${day}`, seen.kept.map(keptLine).sort(), kept.map(keptLine).sort());
  mustBe(month, `their sums after ${day}`, [seen.onItsWaySum, seen.keptSum], [onItsWaySum, keptSum]);
  /** Since this morning. */
  const late = <One extends { due: Day; isLate: boolean }>(ones: readonly One[], lineOf: (one: One) => string): string[] =>
    ones.filter((one) => one.isLate && one.due === day).map(lineOf);
  tallyUp(month, `deposits after ${day}`, 'deposit_late', late(deposits, depositLine), late(data, depositLine));
  tallyUp(month, `cash kept after ${day}`, 'cash_kept_late', late(seen.kept, keptLine), late(kept, keptLine));
  for (const desk of month.desks) await checkBook(month, desk, day);
}

const depositLine = ({ id, status, onItsWay, due, isLate }: SeenDeposits['data'][number]): string =>
  [id, status, onItsWay, due, isLate ? 'late' : 'in time'].join(' ');
const keptLine = ({ shiftId, amount, due, isLate }: SeenDeposits['kept'][number]): string =>
  [shiftId, amount, due, isLate ? 'late' : 'in time'].join(' ');

function wantedNow({ drawers, clock }: Month): SeenDeposits {
  const dueAfter = (since: Day): { due: Day; isLate: boolean } => {
    const due = workingDayAfter(since, 1);
    return { due, isLate: dayOfMs(clock.ms) > due };
  };
  const data = [...drawers.values()].flatMap(({ deposits }) =>
    deposits.flatMap((deposit) => {
      const [{ id, amount, broughtOn }, onItsWay] = [deposit, leftOf(deposit, clock.ms)];
      if (id === undefined || onItsWay === 0) return [];
      return { id, status: onItsWay === amount ? 'waiting' : 'differs', onItsWay, ...dueAfter(broughtOn) };
    }),
  );
  const kept = [...drawers.values()].flatMap((drawer) =>
    drawer.kept.map(({ shiftId, amount, closedOn }) => ({ shiftId, amount, ...dueAfter(closedOn) })),
  );
  const [onItsWaySum, keptSum] = [sumOf(data.map((one) => one.onItsWay)), sumOf(kept.map(({ amount }) => amount))];
  return { data, kept, onItsWaySum, keptSum };
}

async function checkBook(month: Month, desk: Desk, day: Day): Promise<void> {
  const { total } = await month.call<SeenBook>('GET', `/api/cash-books/${desk.agencyCode}/${day}`);
  const { entries } = drawerOf(month, desk);
  const of = (some: readonly CashEntry[]): number => sumOf(some.map(({ amount }) => amount));
  const today = entries.filter((one) => one.day === day);
  const opening = of(entries.filter((one) => one.day < day));
  const sum = (kind: CashEntry['kind']): number => of(today.filter((one) => one.kind === kind));
  const sums = { float: sum('float'), taking: sum('taking'), deposit: sum('deposit'), difference: sum('difference') };
  const { float, taking, deposit, difference } = total.sums;
  mustBe(
    month,
    `${desk.accountId}: the cash book of ${day}`,
    { opening: total.opening, sums: { float, taking, deposit, difference }, closing: total.closing },
    { opening, sums, closing: opening + of(today) },
  );
}

/** At the month's end: what the books say of cash is what lies at the counter, and what is on its way. */
export async function checkCashBooked(month: Month): Promise<void> {
  for (const [desk, { handedOn, kept, deposits, entries }] of month.drawers) {
    const put = (kind: CashEntry['kind'], sign: 1 | -1): number =>
      sumOf(entries.flatMap((one) => (one.kind === kind && one.amount * sign > 0 ? one.amount : [])));
    const wanted = {
      [`cash:${counterOf(desk)}`]: handedOn + sumOf(kept.map(({ amount }) => amount)),
      [`cash_in_transit:${desk.collecting}`]: sumOf(deposits.flatMap((one) => (one.id === undefined ? [] : leftOf(one, month.clock.ms)))),
      [`cash_float:${desk.collecting}`]: -put('float', 1),
      [`cash_short:${desk.collecting}`]: -put('difference', -1),
      [`cash_over:${desk.collecting}`]: -put('difference', 1),
    };
    for (const [account, sum] of Object.entries(wanted)) mustBe(month, `booked on ${account}`, await month.balanceOf(account), sum);
  }
}
