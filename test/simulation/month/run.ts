// Runs a simulated month from its first midnight to the close of its last day.
import { addDays } from '../../../src/domain/time';
import { planDeposits } from './cash';
import { closeDay } from './closing';
import { passDay, passNight } from './day';
import { planPayouts } from './gateway';
import { msAt, openMonth, type MonthOptions } from './month';
import { planRemittances, setRate } from './remittances';
import type { MonthReport } from './report';
import { checkTotals } from './totals';
import type { Movement } from './truth';
import { planDay } from './visits';

/** The report; what is not as it must be is among its faults. Throws where the service refuses what it should do. */
export async function runMonth(options: MonthOptions): Promise<MonthReport> {
  const month = await openMonth(options);
  const seconds = { days: 0, desk: 0 };
  const timed = async (part: keyof typeof seconds, work: () => Promise<void>): Promise<void> => {
    const from = performance.now();
    await work();
    seconds[part] += (performance.now() - from) / 1_000;
  };
  try {
    await setRate(month);
    let before: Movement[] = [];
    for (let day = month.firstDay; day <= month.lastDay; day = addDays(day, 1)) {
      month.clock.set(msAt(day, 0));
      let movements: Movement[] = [];
      await timed('days', async () => {
        movements = await planDay(month, day);
        movements.push(...planDeposits(month, day), ...planPayouts(month, day), ...planRemittances(month, day));
        await passNight(month, day, movements);
      });
      if (day > month.firstDay) await timed('desk', () => closeDay(month, addDays(day, -1)));
      await timed('days', () => passDay(month, day, movements, before));
      before = movements;
    }
    await timed('desk', () => closeDay(month, month.lastDay));
    await checkTotals(month);
    const { tallies, counts, faults } = month;
    return { options, tallies, counts, faults, payments: month.movements.length, seconds };
  } finally {
    await month.close();
  }
}
