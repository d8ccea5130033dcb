// The differences of a day: a filter, and rows that are worked from the keyboard, each with its words, its owner, its deadline and its ways out.
import type { Difference } from '../domain/reconciliation';
import { can } from '../domain/role';
import { dayOf } from '../domain/time';
import { differenceStates, fits, isFiltered, isOddAmount, questionsOf, stateOfDifference, type DifferenceFilter } from './dayFilter';
import { DayFilterForm } from './dayFilterForm';
import { dayAddress, differenceAddress, rowAddress, type DayPlace } from './dayPlace';
import { differenceWords, ownerWords, waysFor } from './dayWords';
import { inDate, inDong } from './format';
import type { Translate } from './labels';
import { addressOf } from './parts';
import { askedText } from './query';
import type { OfficerVisit } from './screen';

const pageSize = 50;

interface Given {
  differences: readonly Difference[];
  filter: DifferenceFilter;
  /** The key of the last one of the page before. */
  after: string | undefined;
  place: DayPlace;
  isCompared: boolean;
  names: ReadonlyMap<string, string>;
  visit: OfficerVisit;
}

export function DayDifferences(given: Given): JSX.Element {
  const { differences, filter, after, place, visit } = given;
  const { t } = visit;
  const fitting = inOrderOfWork(differences.filter((one) => fits(one, filter)));
  const start = after === undefined ? 0 : fitting.findIndex(({ key }) => key === after) + 1;
  const shown = fitting.slice(start, start + pageSize);
  const next = fitting.length > start + pageSize ? shown.at(-1)?.key : undefined;
  return (
    <section id="differences">
      <h2 safe>{`${t('dayDifferences')} ${differences.length}${countsOf(differences, t)}`}</h2>
      {differences.length > 0 ? (
        <DayFilterForm differences={differences} filter={filter} isEmpty={shown.length === 0} place={place} t={t} />
      ) : (
        ''
      )}
      {shown.length === 0 ? <Nothing {...given} /> : <Rows {...given} shown={shown} />}
      {next ? (
        <p class="row pages">
          <a class="button" href={addressOf(dayAddress(place), { ...questionsOf(filter), after: next })} safe>
            {t('nextPage')}
          </a>
        </p>
      ) : (
        ''
      )}
    </section>
  );
}

/** `: 4 chưa giải trình, 1 cần theo dõi`. */
function countsOf(differences: readonly Difference[], t: Translate): string {
  const counts = differenceStates.flatMap((state) => {
    const count = differences.filter((one) => stateOfDifference(one) === state).length;
    return count === 0 ? [] : [`${count} ${t(`dayState_${state}`).toLowerCase()}`];
  });
  return counts.length === 0 ? '' : `: ${counts.join(', ')}`;
}

/** First what keeps the day from being closed, then what the close carries, then the rest; each the oldest first. */
const inOrderOfWork = (differences: readonly Difference[]): Difference[] =>
  differenceStates.flatMap((state) => differences.filter((one) => stateOfDifference(one) === state));

const Nothing = ({ filter, isCompared, visit: { t } }: Given): JSX.Element =>
  isFiltered(filter) ? (
    <p class="empty" safe>
      {t(isOddAmount(filter) ? 'formHasErrors' : 'dayNothingFits')}
    </p>
  ) : (
    <p class={isCompared ? 'empty good' : 'empty'} safe>
      {t(isCompared ? 'dayNoDifferences' : 'dayNotCompared')}
    </p>
  );

type RowsGiven = Given & { shown: readonly Difference[] };

/** Who can do nothing has no column of what to do. */
const hasWays = ({ shown, place, visit: { actor } }: RowsGiven): boolean => shown.some((one) => waysFor(actor, place, one, '').length > 0);

/** Begins at the row that was worked last. */
const Rows = (given: RowsGiven): JSX.Element => (
  <>
    <p class="small muted keys" safe>
      {`${given.visit.t('dayKeys')}${can(given.visit.actor, 'resolve') ? given.visit.t('dayKeysOfWork') : ''}`}
    </p>
    <table class="cards day-differences">
      <thead>
        <tr>
          <th class="amount" safe>
            {given.visit.t('amount')}
          </th>
          <th safe>{given.visit.t('dayFilterClass')}</th>
          <th safe>{given.visit.t('dayWhat')}</th>
          <th safe>{given.visit.t('dayOwner')}</th>
          {hasWays(given) ? (
            <th>
              <span class="hidden-text" safe>
                {given.visit.t('dayWay_decide')}
              </span>
            </th>
          ) : (
            ''
          )}
        </tr>
      </thead>
      <tbody>
        {given.shown.map((difference, number) => (
          <DifferenceRow
            difference={difference}
            isFirst={number + 1 === Math.min(Number(askedText(given.visit.req, 'row')) || 1, given.shown.length)}
            hasWays={hasWays(given)}
            place={given.place}
            from={rowAddress(given.place, { ...questionsOf(given.filter), after: given.after }, number + 1)}
            names={given.names}
            visit={given.visit}
          />
        ))}
      </tbody>
    </table>
  </>
);

const looks = { blocking: 'overpaid', carried: 'expired', open: 'free' } as const;

interface RowGiven {
  difference: Difference;
  isFirst: boolean;
  hasWays: boolean;
  place: DayPlace;
  /** The list to come back to. */
  from: string;
  names: ReadonlyMap<string, string>;
  visit: OfficerVisit;
}

export function DifferenceRow({ difference, isFirst, hasWays, place, from, names, visit }: RowGiven): JSX.Element {
  const { t, actor } = visit;
  const { facts, carried } = difference;
  const state = stateOfDifference(difference);
  const told = [facts.dossierCode, facts.payerName, facts.content, facts.bankReference].filter(Boolean).join(' · ');
  return (
    <tr data-difference>
      <td class="amount" data-label={t('amount')}>
        <a class="strong" href={differenceAddress(place, difference.key, from)} data-row data-first={isFirst} safe>
          {inDong(difference.amount)}
        </a>
      </td>
      <td data-label={t('dayFilterClass')}>
        <span class="block" safe>
          {t(`closeClass_${difference.class}`)}
        </span>
        <span class={`small state state-${looks[state]}`} safe>
          {t(`dayState_${state}`)}
        </span>
      </td>
      <td class="break" data-label={t('dayWhat')}>
        <span class="block" safe>
          {differenceWords(difference, t)}
        </span>
        <span class="small muted block" safe>
          {told}
        </span>
        {carried ? (
          <span class="small block" safe>
            {`${t('dayState_carried')}: ${carried.reason}`}
          </span>
        ) : (
          ''
        )}
      </td>
      <Owned difference={difference} names={names} visit={visit} />
      {hasWays ? (
        <td>
          <span class="day-ways">
            {waysFor(actor, place, difference, from).map(({ act, href }) => (
              <a class="nowrap" href={href} data-way={act} safe>
                {t(`dayWay_${act}`)}
              </a>
            ))}
          </span>
        </td>
      ) : (
        ''
      )}
    </tr>
  );
}

const Owned = ({ difference, names, visit: { t, ctx } }: Pick<RowGiven, 'difference' | 'names' | 'visit'>): JSX.Element => (
  <td data-label={t('dayOwner')}>
    <span class="block" safe>
      {ownerWords(difference.owner, names, t)}
    </span>
    <span class="small muted nowrap" safe>
      {`${t('dayDeadline')} ${inDate(difference.deadline)}`}
    </span>
    {difference.deadline < dayOf(ctx.now()) ? (
      <span class="small state state-expired" safe>
        {t('dayOverdue')}
      </span>
    ) : (
      ''
    )}
  </td>
);
