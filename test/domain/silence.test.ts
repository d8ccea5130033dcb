// Silence is counted in office hours, and judged against what is usual for the source.
import { isSilent, openMsBetween, usualPauseOf } from '../../src/domain/silence';
import { addMs, parseVietnamTime, type Instant } from '../../src/domain/time';

const [minuteMs, hourMs] = [60_000, 3_600_000];
const at = (text: string): Instant => parseVietnamTime(`${text}:00`) ?? ('' as Instant);

describe('the open time between two instants', () => {
  // 20 November 2026 is a Friday.
  it.each([
    ['within a day', '2026-11-20 08:00', '2026-11-20 09:30', 1.5],
    ['over a night', '2026-11-19 16:00', '2026-11-20 08:00', 2],
    ['over a weekend', '2026-11-20 16:30', '2026-11-23 07:15', 0.75],
    ['at night', '2026-11-20 18:00', '2026-11-21 06:00', 0],
    ['on a Sunday', '2026-11-22 08:00', '2026-11-22 16:00', 0],
    ['over two weeks', '2026-11-20 12:00', '2026-12-04 12:00', 100],
    ['backwards', '2026-11-20 12:00', '2026-11-20 08:00', 0],
  ])('%s', (_, from, to, hours) => expect(openMsBetween(at(from), at(to))).toBe(hours * hourMs));
});

describe('a source', () => {
  const start = at('2026-11-20 08:00');
  const everyTenMinutes = Array.from({ length: 31 }, (_, count) => addMs(start, count * 10 * minuteMs));
  const source = { lastHeardAt: everyTenMinutes.at(-1) ?? start, usualPauseMs: usualPauseOf(everyTenMinutes) };

  it('has a usual pause once enough is known', () => {
    expect(source.usualPauseMs).toBe(10 * minuteMs);
    expect(usualPauseOf(everyTenMinutes.slice(0, 19))).toBeNull();
    expect(usualPauseOf([])).toBeNull();
  });

  it.each([
    ['an open hour is never silence', '2026-11-20 14:00', false],
    ['more is, three times the usual', '2026-11-20 14:01', true],
    ['the night is not', '2026-11-20 13:30', false],
  ])('%s', (_, now, silent) => expect(isSilent(source, at(now))).toBe(silent));

  it('is not called silent where nothing is usual', () => {
    expect(isSilent({ lastHeardAt: start, usualPauseMs: null }, at('2027-11-20 14:01'))).toBe(false);
  });
});
