// What a list of receipts is asked for: the form above it, and how its address is read.
import type { Request } from 'express';
import type { ReceiptQuestion } from '../actions/listReceipts';
import type { Agency } from '../domain/agency';
import { chargedKinds } from '../domain/receiptDraft';
import { receiptStateFilters } from '../domain/receiptRecord';
import type { Translate } from './labels';
import { askedChoice, askedDay, askedText } from './query';
import type { OfficerVisit } from './screen';

const longestTyped = 64;

export interface Asked {
  question: ReceiptQuestion;
  /** As it stands in the address. */
  typed: Readonly<Record<'q' | 'from' | 'to' | 'agency' | 'kind' | 'state' | 'collector', string | undefined>>;
}

export function askedIn({ req }: OfficerVisit): Asked {
  const [text, agencyCode] = [askedText(req, 'q'), askedText(req, 'agency')];
  const [from, to, collectorCode] = [askedDay(req, 'from'), askedDay(req, 'to'), askedText(req, 'collector')];
  const kind = asksFor(req, 'kind') ? askedChoice(req, 'kind', chargedKinds) : undefined;
  const state = asksFor(req, 'state') ? askedChoice(req, 'state', receiptStateFilters) : undefined;
  return {
    question: {
      ...(text ? { text } : {}),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      ...(agencyCode ? { agencyCode } : {}),
      ...(collectorCode ? { collectorCode } : {}),
      ...(kind ? { kind } : {}),
      ...(state ? { state } : {}),
    },
    typed: { q: text, from, to, agency: agencyCode, kind, state, collector: collectorCode },
  };
}

const asksFor = (req: Request, name: string): boolean => askedText(req, name) !== undefined;

type SearchGiven = { asked: Asked; isAsked: boolean; agencies: readonly Agency[]; t: Translate };

export const Search = ({ asked: { typed }, isAsked, agencies, t }: SearchGiven): JSX.Element => (
  <form class="search" role="search" action="/receipts" data-search>
    <label class="search-long">
      <span>
        <span safe>{t('receiptSearch')}</span> <kbd>/</kbd>
      </span>
      <input
        type="search"
        name="q"
        value={typed.q ?? ''}
        maxlength={longestTyped}
        autocomplete="off"
        title={t('receiptSearchHint')}
        data-key="/"
      />
    </label>
    <Days typed={typed} t={t} />
    <Choice
      name="kind"
      label={t('receiptKind')}
      all={t('allKinds')}
      choices={chargedKinds.map((kind) => [kind, t(`kind_${kind}`)])}
      typed={typed.kind}
    />
    <Choice
      name="state"
      label={t('receiptState')}
      all={t('allStates')}
      choices={receiptStateFilters.map((state) => [state, t(`receipt_${state}`)])}
      typed={typed.state}
    />
    {typed.collector ? <input type="hidden" name="collector" value={typed.collector} /> : ''}
    {agencies.length < 2 ? (
      ''
    ) : (
      <Choice
        name="agency"
        label={t('agency')}
        all={t('allAgencies')}
        choices={agencies.map(({ code, name }) => [code, name])}
        typed={typed.agency}
        isLong
      />
    )}
    <p class="row tight search-act">
      <button safe>{t('search')}</button>
      {isAsked ? (
        <a class="button quiet" href="/receipts" data-key="Escape">
          <kbd>Esc</kbd> <span safe>{t('clearSearch')}</span>
        </a>
      ) : (
        ''
      )}
    </p>
  </form>
);

const Days = ({ typed, t }: Pick<Asked, 'typed'> & { t: Translate }): JSX.Element => (
  <>
    <label>
      <span safe>{t('fromDay')}</span>
      <input type="date" name="from" value={typed.from ?? ''} />
    </label>
    <label>
      <span safe>{t('toDay')}</span>
      <input type="date" name="to" value={typed.to ?? ''} />
    </label>
  </>
);

type ChoiceGiven = {
  name: string;
  label: string;
  all: string;
  choices: readonly (readonly [value: string, words: string])[];
  typed: string | undefined;
  isLong?: boolean;
};

const Choice = ({ name, label, all, choices, typed, isLong }: ChoiceGiven): JSX.Element => (
  <label class={isLong ? 'search-long' : undefined}>
    <span safe>{label}</span>
    <select name={name}>
      <option value="" safe>
        {all}
      </option>
      {choices.map(([value, words]) => (
        <option value={value} selected={typed === value} safe>
          {words}
        </option>
      ))}
    </select>
  </label>
);
