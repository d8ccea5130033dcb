// The filter above the differences of a day: by class, state, amount and text.
import { differenceClasses, type Difference } from '../domain/reconciliation';
import { differenceStates, isFiltered, isOddAmount, type DifferenceFilter } from './dayFilter';
import { dayAddress, type DayPlace } from './dayPlace';
import type { Translate } from './labels';

interface FilterGiven {
  differences: readonly Difference[];
  filter: DifferenceFilter;
  /** Then one looks at what was asked; else at the first row. */
  isEmpty: boolean;
  place: DayPlace;
  t: Translate;
}

export const DayFilterForm = ({ differences, filter, isEmpty, place, t }: FilterGiven): JSX.Element => (
  <form class="search day-filter" action={dayAddress(place)}>
    <label>
      <span safe>{t('dayFilterClass')}</span>
      <select name="class">
        <option value="" safe>
          {t('dayFilterAll')}
        </option>
        {differenceClasses.map((one) => {
          const count = differences.filter((each) => each.class === one).length;
          return count === 0 ? (
            ''
          ) : (
            <option value={one} selected={filter.class === one} safe>
              {`${t(`closeClass_${one}`)} (${count})`}
            </option>
          );
        })}
      </select>
    </label>
    <label>
      <span safe>{t('dayFilterState')}</span>
      <select name="state">
        <option value="" safe>
          {t('dayFilterAll')}
        </option>
        {differenceStates.map((state) => (
          <option value={state} selected={filter.state === state} safe>
            {t(`dayState_${state}`)}
          </option>
        ))}
      </select>
    </label>
    <AmountField filter={filter} t={t} />
    <label class="search-long">
      <span>
        <span safe>{t('dayFilterText')}</span> <kbd>/</kbd>
      </span>
      <input
        type="search"
        name="q"
        value={filter.text ?? ''}
        maxlength={100}
        autocomplete="off"
        data-key="/"
        autofocus={isEmpty && isFiltered(filter) && !isOddAmount(filter)}
      />
    </label>
    <p class="row tight search-act">
      <button safe>{t('dayFilterAct')}</button>
      {isFiltered(filter) ? (
        <a class="button quiet" href={dayAddress(place)} data-key="Escape">
          <kbd>Esc</kbd> <span safe>{t('dayFilterClear')}</span>
        </a>
      ) : (
        ''
      )}
    </p>
  </form>
);

const AmountField = ({ filter, t }: Pick<FilterGiven, 'filter' | 't'>): JSX.Element => (
  <label>
    <span safe>{t('amount')}</span>
    <input
      name="amount"
      value={filter.amount ?? ''}
      maxlength={20}
      inputmode="numeric"
      autocomplete="off"
      aria-invalid={isOddAmount(filter) ? 'true' : undefined}
      autofocus={isOddAmount(filter)}
    />
    {isOddAmount(filter) ? (
      <span class="field-error" role="alert" safe>
        {t('amountShape')}
      </span>
    ) : (
      ''
    )}
  </label>
);
