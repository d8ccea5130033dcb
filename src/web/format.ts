// How money, days and times look on a screen and on paper: the same in both languages.
import type { Money } from '../domain/money';
import { vietnamTimeOf, type Day, type Instant } from '../domain/time';

/** `1.250.000 ₫`, with a space that does not break. */
export const inDong = (amount: Money): string => `${inFigures(amount)}\u00a0₫`;

/** `1.250.000`, as a field shows it. */
export const inFigures = (amount: Money): string => grouped(amount.toString());

/** `21/11/2026` */
export const inDate = (day: Day): string => day.split('-').reverse().join('/');

/** `14:05:31` on the Vietnamese clock. */
export const inTime = (instant: Instant): string => vietnamTimeOf(instant).slice(11);

/** `21/11/2026 14:05` */
export function inDateTime(instant: Instant): string {
  const [day = '', time = ''] = vietnamTimeOf(instant).split(' ');
  return `${inDate(day as Day)} ${time.slice(0, 5)}`;
}

/** `21/11/2026 14:05:31` */
export const inMoment = (instant: Instant): string => `${inDateTime(instant).slice(0, 10)} ${inTime(instant)}`;

/** `68,18 %` from the wire's `"68.18"`; a dash where there is nothing to divide by. */
export const inPercent = (percent: string | null): string => (percent === null ? '–' : `${percent.replace('.', ',')}\u00a0%`);

/** `Nguyễn Văn An` → `N••••• V•• A•`: what a citizen's display may show of a name. */
export const masked = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) =>
      Array.from(word)
        .map((letter, place) => (place === 0 ? letter : '•'))
        .join(''),
    )
    .join(' ');

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, '.');
