// The search above the list of money without a home: by amount, day, payer, and content or bank reference.
import type { Translate } from './labels';
import type { UnmatchedAsked } from './unmatchedQuestion';

const longestTyped = 100;

interface Given {
  asked: UnmatchedAsked;
  t: Translate;
}

export const UnmatchedSearch = ({ asked, t }: Given): JSX.Element => (
  <form class="search" role="search" action="/unmatched" data-search>
    <label>
      <span>
        <span safe>{t('amount')}</span> <kbd>/</kbd>
      </span>
      <input
        name="amount"
        value={asked.typed.amount ?? ''}
        maxlength={20}
        inputmode="numeric"
        autocomplete="off"
        placeholder="21.000"
        aria-invalid={asked.errors.amount ? 'true' : undefined}
        data-key="/"
      />
      <Fault words={asked.errors.amount} />
    </label>
    <label>
      <span safe>{t('fromDay')}</span>
      <input type="date" name="from" value={asked.typed.from ?? ''} />
    </label>
    <label>
      <span safe>{t('toDay')}</span>
      <input type="date" name="to" value={asked.typed.to ?? ''} aria-invalid={asked.errors.to ? 'true' : undefined} />
      <Fault words={asked.errors.to} />
    </label>
    <label class="search-long">
      <span safe>{t('searchPayer')}</span>
      <input type="search" name="payer" value={asked.typed.payer ?? ''} maxlength={longestTyped} autocomplete="off" />
    </label>
    <label class="search-long">
      <span safe>{t('searchUnmatched')}</span>
      <input type="search" name="q" value={asked.typed.q ?? ''} maxlength={longestTyped} autocomplete="off" />
    </label>
    <p class="row tight search-act">
      <button safe>{t('search')}</button>
      {asked.isAsked ? (
        <a class="button quiet" href="/unmatched" data-key="Escape">
          <kbd>Esc</kbd> <span safe>{t('clearSearch')}</span>
        </a>
      ) : (
        ''
      )}
    </p>
  </form>
);

const Fault = ({ words }: { words: string | undefined }): JSX.Element =>
  words ? (
    <span class="field-error" role="alert" safe>
      {words}
    </span>
  ) : (
    <></>
  );
