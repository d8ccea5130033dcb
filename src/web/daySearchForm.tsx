// The field in which one types whatever one has in hand of some money.
import type { Day } from '../domain/time';
import type { Translate } from './labels';

interface Given {
  t: Translate;
  text?: string;
  from?: Day;
  to?: Day;
}

export const DaySearchForm = ({ t, text, from, to }: Given): JSX.Element => (
  <form class="search day-search" role="search" action="/days/search" data-search>
    <label class="search-long">
      <span>
        <span safe>{t('daySearchLabel')}</span> <kbd>/</kbd>
      </span>
      <input type="search" name="q" value={text ?? ''} maxlength={100} autocomplete="off" data-key="/" required />
    </label>
    {from && to ? (
      <>
        <label>
          <span safe>{t('fromDay')}</span>
          <input type="date" name="from" value={from} />
        </label>
        <label>
          <span safe>{t('toDay')}</span>
          <input type="date" name="to" value={to} />
        </label>
      </>
    ) : (
      ''
    )}
    <p class="row tight search-act">
      <button safe>{t('daySearch')}</button>
    </p>
  </form>
);
