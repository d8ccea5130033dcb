// The left of the counter: find a dossier, or issue what is owed for it; its amounts come from the law alone.
import { statusOf } from '../domain/obligation';
import { mostMatches, type Draft, type Place, type Procedure } from './counterDraft';
import { FeeFields } from './counterFees';
import { Preview } from './counterPreview';
import type { FeeChoice, Pricing } from './feeChoices';
import { inDong } from './format';
import { FormToken } from './layout';
import type { OfficerVisit } from './screen';

export interface FormParts {
  visit: OfficerVisit;
  draft: Draft;
  choices: readonly FeeChoice[];
  /** Undefined while no procedure is chosen. */
  pricing?: Pricing;
}

/** The whole form. Its first button finds, so that Enter in any field never sends half a form away. */
export function CounterForm({ visit, draft, choices, pricing }: FormParts): JSX.Element {
  const { t, formToken } = visit;
  return (
    <form id="form" method="post" action="/counter" class="stack" data-column data-once autocomplete="off" data-focus={focusOf(draft)}>
      <FormToken token={formToken} />
      <div class="row form-head">
        <h2 safe>{t('findOrIssue')}</h2>
        <a class="button quiet" href="/counter" data-key="F2">
          <kbd>F2</kbd> <span safe>{t('newOne')}</span>
        </a>
      </div>
      <DossierField visit={visit} draft={draft} />
      <ProcedureField visit={visit} draft={draft} />
      <div id="fees">{draft.procedure ? <FeeFields visit={visit} procedure={draft.procedure} choices={choices} /> : ''}</div>
      <ApplicantFields visit={visit} draft={draft} />
      <Preview visit={visit} draft={draft} choices={choices} {...(pricing ? { pricing } : {})} />
    </form>
  );
}

const finding = {
  formaction: '/counter/find',
  formnovalidate: true,
  'hx-post': '/counter/find',
  'hx-target': '#form',
  'hx-swap': 'outerHTML',
};

function DossierField({ visit: { t }, draft }: { visit: OfficerVisit; draft: Draft }): JSX.Element {
  const { fields, known, faults } = draft;
  const isWaiting = !fields['dossier'] || faults.dossier !== undefined;
  return (
    <div class="field">
      <label for="dossier" safe>
        {t('dossierCode')}
      </label>
      <div class="with-button">
        <input
          id="dossier"
          name="dossier"
          value={fields['dossier'] ?? ''}
          placeholder={t('dossierHint')}
          maxlength="64"
          autocapitalize="characters"
          spellcheck="false"
          enterkeyhint="search"
          required
          autofocus={isWaiting}
          aria-invalid={faults.dossier ? 'true' : undefined}
          aria-describedby="dossier-said"
        />
        <button id="find" {...finding} hx-sync="this:replace">
          <kbd>/</kbd> <span safe>{t('find')}</span>
        </button>
      </div>
      <div id="dossier-said" aria-live="polite">
        <Fault draft={draft} place="dossier" />
        {known && known.length === 0 ? (
          <p class="small muted" safe>
            {t('dossierNew')}
          </p>
        ) : (
          ''
        )}
        {known && known.length > 0 ? <KnownObligations t={t} known={known} /> : ''}
      </div>
    </div>
  );
}

function KnownObligations({ t, known }: { t: OfficerVisit['t']; known: NonNullable<Draft['known']> }): JSX.Element {
  return (
    <div class="small">
      <p class="muted" safe>
        {t('dossierKnown')}
      </p>
      <ul class="plain">
        {known.map(({ obligation }) => {
          const status = statusOf(obligation);
          return (
            <li class="row known">
              <a href={`/counter?obligation=${obligation.id}`} safe>
                {inDong(obligation.due)}
              </a>
              <span class={`state state-${status}`} safe>
                {t(`status_${status}`)}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function ProcedureField({ visit, draft }: { visit: OfficerVisit; draft: Draft }): JSX.Element {
  const { t } = visit;
  const { fields, procedure, faults } = draft;
  return (
    <div class="field">
      <label for="procedure" safe>
        {t('procedure')}
      </label>
      <input
        id="procedure"
        name="procedure"
        value={fields['procedure'] ?? ''}
        placeholder={t('procedureHint')}
        maxlength="100"
        required
        aria-invalid={faults.procedure ? 'true' : undefined}
        aria-describedby="procedure-said"
      />
      {procedure ? (
        <p class="small name-clamped" title={procedure.name} safe>
          {procedure.name}
        </p>
      ) : (
        ''
      )}
      <div
        id="procedure-said"
        hx-get="/counter/procedures"
        hx-trigger="input changed delay:200ms from:#procedure"
        hx-include="#procedure"
        hx-sync="this:replace"
        aria-live="polite"
      >
        <Fault draft={draft} place="procedure" />
        <Matches visit={visit} matches={draft.matches} isAsked={!procedure && Boolean(fields['procedure'])} />
      </div>
    </div>
  );
}

/** Procedures to choose from; each is a button of the form, so that it works from the keyboard and without script. */
export function Matches({
  visit: { t },
  matches,
  isAsked,
}: {
  visit: OfficerVisit;
  matches: readonly Procedure[];
  isAsked: boolean;
}): JSX.Element {
  if (!isAsked) return <></>;
  if (matches.length === 0)
    return (
      <p class="small muted" safe>
        {t('procedureNone')}
      </p>
    );
  return (
    <div class="matches" role="group" aria-label={t('procedureMatches')}>
      {matches.slice(0, mostMatches).map(({ code, name }, place) => (
        <button id={`match-${place}`} class="match" name="chosen" value={code} title={name} {...finding}>
          <strong safe>{code}</strong> <span safe>{name}</span>
        </button>
      ))}
      {matches.length > mostMatches ? (
        <p class="small muted" safe>
          {t('procedureMore')}
        </p>
      ) : (
        ''
      )}
    </div>
  );
}

function ApplicantFields({ visit: { t }, draft }: { visit: OfficerVisit; draft: Draft }): JSX.Element {
  const { fields, channel, known, faults } = draft;
  return (
    <div class="pair" hidden={!draft.procedure}>
      <div class="field">
        <label for="applicant" safe>
          {t('applicant')}
        </label>
        <input
          id="applicant"
          name="applicant"
          value={fields['applicant'] ?? ''}
          maxlength="200"
          required
          readonly={known !== undefined && known.length > 0}
          aria-invalid={faults.applicant ? 'true' : undefined}
          aria-describedby="applicant-said"
        />
        <div id="applicant-said" aria-live="polite">
          <Fault draft={draft} place="applicant" />
        </div>
      </div>
      <div class="field">
        <label for="channel" safe>
          {t('channel')}
        </label>
        <select id="channel" name="channel">
          {(['counter', 'online', 'postal'] as const).map((one) => (
            <option value={one} selected={one === channel} safe>
              {t(`channel_${one}`)}
            </option>
          ))}
        </select>
      </div>
      <div class="field field-inline">
        <label for="email" safe>
          {t('applicantEmail')}
        </label>
        <input
          id="email"
          name="email"
          type="email"
          value={fields['email'] ?? ''}
          placeholder={t('optional')}
          maxlength="254"
          aria-invalid={faults.email ? 'true' : undefined}
          aria-describedby="email-said"
        />
        <div id="email-said" aria-live="polite">
          <Fault draft={draft} place="email" />
        </div>
      </div>
    </div>
  );
}

function Fault({ draft, place }: { draft: Draft; place: Place }): JSX.Element {
  const text = draft.faults[place];
  if (text === undefined) return <></>;
  return (
    <p class="small fault" safe>
      {text}
    </p>
  );
}

/** Where the officer goes on after a look-up: to what is wrong, else to what is still missing. */
function focusOf({ fields, procedure, matches, faults, known }: Draft): string {
  if (faults.dossier || !fields['dossier']) return '#dossier';
  if (faults.applicant && procedure) return '#applicant';
  if (faults.email && procedure) return '#email';
  if (!procedure) return matches.length > 0 ? '#match-0' : '#procedure';
  if (known && known.length > 0) return '#first-input, #issue';
  return '#first-input, #applicant';
}
