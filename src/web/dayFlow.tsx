// The flow of a day as a picture drawn here, from what was owed to what was remitted, with the same sums in a table beside it; each opens to its rows.
import { besideNames, type Beside, type BookName } from '../domain/dayBook';
import { sumOf, type Money } from '../domain/money';
import type { Counted, Reconciliation } from '../domain/reconciliation';
import { say } from './counterLabels';
import { bookAddress, type DayPlace } from './dayPlace';
import { inDong } from './format';
import type { Translate } from './labels';

/** What the picture shows, in the order in which money goes. */
const flow = ['owed', 'paid', 'banked', 'receipted', 'remitted'] as const satisfies readonly BookName[];
/** The table adds what explains the gaps between them. */
const listed = [
  'owed',
  'paid',
  'received',
  'unapplied',
  'apart',
  'banked',
  'left',
  'refunded',
  'receipted',
  'remitted',
] as const satisfies readonly BookName[];

const barWidth = 88;
const step = 148;
const height = 150;
const top = 28;
/** Room for names that are wider than their bar. */
const margin = 28;
const foot = 30;
const width = step * (flow.length - 1) + barWidth;

interface Given {
  reconciliation: Reconciliation;
  t: Translate;
}

export const DayFlow = ({ reconciliation, beside, t }: Given & { beside: Beside }): JSX.Element => (
  <section class="day-flow">
    <h2 safe>{t('dayFlow')}</h2>
    <div class="day-flow-parts">
      {flow.every((book) => reconciliation.books[book].sum.isZero()) ? (
        <p class="empty" safe>
          {t('dayFlowEmpty')}
        </p>
      ) : (
        <Picture reconciliation={reconciliation} t={t} />
      )}
      <Sums reconciliation={reconciliation} t={t} />
    </div>
    {reconciliation.statement === 'none' ? '' : <Tie reconciliation={reconciliation} t={t} />}
    <BesideSums beside={beside} place={reconciliation} t={t} />
  </section>
);

/** Bars to one scale; between two the smaller of them flows on, and the rest is what the gap is. */
function Picture({ reconciliation: { accountId, day, books }, t }: Given): JSX.Element {
  const largest = flow.reduce((most, book) => (books[book].sum.compare(most) > 0 ? books[book].sum : most), books.owed.sum);
  const heightOf = ({ sum }: Counted): number => (largest.isPositive() ? Number((sum.dong * BigInt(height)) / largest.dong) : 0);
  const bars = flow.map((book, place) => ({ book, x: place * step, tall: heightOf(books[book]) }));
  return (
    <svg viewBox={`${-margin} 0 ${width + 2 * margin} ${top + height + foot}`} role="group" aria-label={t('dayFlow')}>
      {bars.slice(1).map((bar, place) => {
        const before = bars[place];
        return before ? <path class="flow-stream" d={stream(before.x + barWidth, bar.x, Math.min(before.tall, bar.tall))} /> : '';
      })}
      {bars.map(({ book, x, tall }) => (
        <a href={bookAddress({ accountId, day }, book)}>
          <rect class={`flow-bar flow-${book}`} x={x} y={top + height - Math.max(tall, 2)} width={barWidth} height={Math.max(tall, 2)} />
          <text class="flow-sum" x={x + barWidth / 2} y={top + height - tall - 8} text-anchor="middle" safe>
            {inDong(books[book].sum)}
          </text>
          <text class="flow-name" x={x + barWidth / 2} y={top + height + 20} text-anchor="middle" safe>
            {t(`dayFlow_${book}`)}
          </text>
        </a>
      ))}
    </svg>
  );
}

function stream(from: number, to: number, tall: number): string {
  const bottom = top + height;
  return `M${from} ${bottom - tall}L${to} ${bottom - tall}L${to} ${bottom}L${from} ${bottom}Z`;
}

const Sums = ({ reconciliation: { accountId, day, books }, t }: Given): JSX.Element => (
  <table class="day-sums">
    <thead>
      <tr>
        <th safe>{t('dayBookColumn')}</th>
        <th class="amount" safe>
          {t('dayRows')}
        </th>
        <th class="amount" safe>
          {t('daySum')}
        </th>
      </tr>
    </thead>
    <tbody>
      {listed.map((book) => (
        <SumRow book={book} counted={books[book]} place={{ accountId, day }} t={t} />
      ))}
    </tbody>
  </table>
);

const SumRow = ({ book, counted, place, t }: { book: BookName; counted: Counted; place: DayPlace; t: Translate }): JSX.Element => (
  <tr class={book === 'unapplied' && counted.count > 0 ? 'care' : undefined}>
    <td safe>{t(`closeBook_${book}`)}</td>
    <td class="amount" safe>
      {String(counted.count)}
    </td>
    <td class="amount">
      <a href={bookAddress(place, book)} safe>
        {inDong(counted.sum)}
      </a>
    </td>
  </tr>
);

/** Why the bank's credits are what they are: to the đồng. */
function Tie({ reconciliation: { books, expected, bookedFromBefore }, t }: Given): JSX.Element {
  const credits = (ones: typeof expected): Money => sumOf(ones.filter(({ direction }) => direction === 'in').map(({ amount }) => amount));
  const [later, earlier] = [credits(expected), credits(bookedFromBefore.filter(({ isBooked }) => isBooked))];
  const gap = books.banked.sum.minus(books.received.sum.minus(later).plus(earlier));
  const rest = gap.isZero() ? '' : say(t('dayFlowRest'), { gap: inDong(gap) });
  return (
    <p class="small muted" safe>
      {say(t('dayFlowTie'), {
        banked: inDong(books.banked.sum),
        received: inDong(books.received.sum),
        later: inDong(later),
        earlier: inDong(earlier),
        rest,
      })}
    </p>
  );
}

/** What the unit was owed or took that is not, or not yet, on this account. */
function BesideSums({ beside, place, t }: { beside: Beside; place: DayPlace; t: Translate }): JSX.Element {
  const shown = besideNames.filter((name) => beside[name].count > 0);
  if (shown.length === 0) return <></>;
  return (
    <p class="small day-beside">
      <span class="muted" safe>
        {t('dayBeside')}
      </span>
      {shown.map((name) => (
        <span class="nowrap">
          <span safe>{`${t(`closeBook_${name}`)} (${beside[name].count}) `}</span>
          <a href={bookAddress(place, name)} safe>
            {inDong(beside[name].sum)}
          </a>
        </span>
      ))}
    </p>
  );
}
