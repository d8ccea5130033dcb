// Working days: what the law's deadlines count.
import type { Day } from '../../src/domain/time';
import { isWorkingDay, workingDayAfter, workingDaysBetween } from '../../src/domain/workingDay';

const table: [what: string, from: string, count: number, to: string][] = [
  ['from a Monday', '2026-11-16', 3, '2026-11-19'],
  ['over a weekend', '2026-11-20', 3, '2026-11-25'],
  ['from a Saturday', '2026-11-21', 3, '2026-11-25'],
  ['over the new year', '2026-12-31', 1, '2027-01-04'],
  ['over Tết', '2027-02-04', 1, '2027-02-09'],
  ['over 30 April and 1 May', '2027-04-29', 3, '2027-05-05'],
];

describe('Working days', () => {
  it.each(table)('%s: %s and %i more end on %s', (_what, from, count, to) => {
    expect(workingDayAfter(from as Day, count)).toBe(to);
    expect(workingDaysBetween(from as Day, to as Day)).toBe(count);
  });

  it('are neither weekends nor holidays', () => {
    for (const day of ['2026-11-21', '2026-11-22', '2026-09-02', '2027-04-16'])
      expect([day, isWorkingDay(day as Day)]).toEqual([day, false]);
    expect(isWorkingDay('2026-11-23' as Day)).toBe(true);
  });
});
