// The trial of a rule set: how far it is, what would be gained, lost and changed, and each such match side by side with what a person decided.
import { seeTrial, type SeenRuleSet } from '../actions/seeRules';
import { can } from '../domain/role';
import { differencesOf, humanVerdicts, longestTrialDays, progressOf, trialDays, trialKinds, type RuleTrial } from '../domain/ruleTrial';
import { Problem } from '../problems';
import { say } from './counterLabels';
import { FieldNotes, type FormState } from './formFields';
import { inDateTime } from './format';
import type { Label, Translate } from './labels';
import { FormToken } from './layout';
import { addressOf } from './parts';
import { askedText } from './query';
import { inCount, marks, setAddress } from './ruleWords';
import { TrialRows, type Asked } from './ruleTrialRows';
import type { OfficerVisit } from './screen';

/** Rows of the trial that is asked for; undefined while there is none to look at, and `hidden` for whoever may not see all money. */
export type AskedRows = Asked | 'hidden' | undefined;

export async function askedRows({ ctx, actor, req }: OfficerVisit, trial: RuleTrial | undefined): Promise<AskedRows> {
  if (!trial || trial.state === 'running') return undefined;
  if (!can(actor, 'see_transactions')) return 'hidden';
  const kind = trialKinds.find((one) => one === askedText(req, 'kind'));
  const verdict = humanVerdicts.find((one) => one === askedText(req, 'verdict'));
  const after = askedText(req, 'after');
  if (after !== undefined && !/^\d{1,9}$/.test(after)) throw new Problem('request_invalid', 'after');
  const question = { ...(kind ? { kind } : {}), ...(verdict ? { verdict } : {}), ...(after ? { after: Number(after) } : {}) };
  try {
    return { seen: await seeTrial(ctx, actor, trial.id, question), ...(kind ? { kind } : {}), ...(verdict ? { verdict } : {}) };
  } catch (error) {
    if (error instanceof Problem && error.code === 'rules_head_office') return 'hidden';
    throw error;
  }
}

interface Given {
  seen: SeenRuleSet;
  rows: AskedRows;
  form: FormState;
  visit: OfficerVisit;
}

export const Trial = ({ seen, rows, form, visit }: Given): JSX.Element => {
  const { t } = visit;
  const [trial] = seen.trials;
  return (
    <section id="trial">
      <h2 safe>{t('trialTitle')}</h2>
      <p class="muted lead" safe>
        {t('trialLead')}
      </p>
      {trial ? (
        trial.state === 'running' ? (
          <TrialProgress trial={trial} visit={visit} />
        ) : (
          <Result trial={trial} rows={rows} visit={visit} />
        )
      ) : (
        <p class="empty" safe>
          {t('trialNone')}
        </p>
      )}
      {can(visit.actor, 'draft_rules') && trial?.state !== 'running' && !seen.set.adoption && !seen.set.withdrawal ? (
        <StartForm id={seen.set.id} label={trial ? 'trialAgain' : 'trialStart'} form={form} visit={visit} />
      ) : (
        ''
      )}
    </section>
  );
};

const StartForm = ({ id, label, form, visit }: { id: string; label: Label; form: FormState; visit: OfficerVisit }): JSX.Element => (
  <form method="post" action={setAddress(id)} class="rule-start">
    <FormToken token={visit.formToken} />
    <input type="hidden" name="act" value="try" />
    <label>
      <span safe>{visit.t('trialDaysField')}</span>
      <input
        name="days"
        type="number"
        inputmode="numeric"
        min="1"
        max={String(longestTrialDays)}
        value={form.values['days'] ?? String(trialDays)}
        required
        aria-invalid={'days' in form.errors ? 'true' : undefined}
      />
      <FieldNotes error={form.errors['days']} hint={visit.t('trialDaysHint')} />
    </label>
    <button class={label === 'trialStart' ? 'primary' : ''} safe>
      {visit.t(label)}
    </button>
  </form>
);

/** Asks again every second by itself; without a script the page is loaded again by hand. */
export const TrialProgress = ({ trial, visit: { t, actor, formToken } }: { trial: RuleTrial; visit: OfficerVisit }): JSX.Element => {
  const percent = String(progressOf(trial));
  return (
    <div class="rule-progress" hx-get={setAddress(trial.ruleSetId)} hx-trigger="every 1s" hx-swap="outerHTML" role="status">
      <p class="strong" safe>
        {t('trialState_running')}
      </p>
      <progress value={percent} max="100" aria-label={t('trialState_running')}></progress>
      <p safe>{say(t('trialProgress'), { count: inCount(trial.checked), percent })}</p>
      {can(actor, 'draft_rules') ? (
        <form method="post" action={setAddress(trial.ruleSetId)}>
          <FormToken token={formToken} />
          <input type="hidden" name="act" value="cancel" />
          <input type="hidden" name="trialId" value={trial.id} />
          <button safe>{t('trialCancel')}</button>
        </form>
      ) : (
        ''
      )}
    </div>
  );
};

const Result = ({ trial, rows, visit }: { trial: RuleTrial; rows: AskedRows; visit: OfficerVisit }): JSX.Element => {
  const { t } = visit;
  const asked = typeof rows === 'object' ? rows : undefined;
  const to = (question: Record<string, string>): string => `${addressOf(setAddress(trial.ruleSetId), question)}#trial`;
  return (
    <>
      <p>
        <strong class={trial.state === 'done' ? '' : 'care'} safe>
          {t(`trialState_${trial.state}`)}
        </strong>{' '}
        <span safe>{say(t('trialPeriod'), { from: inDateTime(trial.from), to: inDateTime(trial.to), count: inCount(trial.checked) })}</span>
      </p>
      <Counts trial={trial} asked={asked} to={to} t={t} />
      <p class="row rule-verdicts">
        {humanVerdicts.map((verdict) => (
          <a
            href={to({ verdict })}
            class={countOf(trial, verdict) === 0 ? 'verdict-undecided' : `verdict-${verdict}`}
            aria-current={asked?.verdict === verdict ? 'true' : undefined}
            safe
          >{`${marks[verdict]} ${t(`verdict_${verdict}`)}: ${inCount(countOf(trial, verdict))}`}</a>
        ))}
        <a href={to({})} aria-current={asked && !asked.kind && !asked.verdict ? 'true' : undefined} safe>
          {`${t('trialAll')}: ${inCount(differencesOf(trial))}`}
        </a>
      </p>
      {rows === 'hidden' ? (
        <p class="empty" safe>
          {t('trialHeadOnly')}
        </p>
      ) : asked ? (
        <TrialRows asked={asked} visit={visit} />
      ) : (
        ''
      )}
    </>
  );
};

interface CountsGiven {
  trial: RuleTrial;
  asked: Asked | undefined;
  to: (question: Record<string, string>) => string;
  t: Translate;
}

const Counts = ({ trial, asked, to, t }: CountsGiven): JSX.Element => (
  <ul class="rule-counts">
    {trialKinds.map((kind) => (
      <li class={`rule-count-${kind}`}>
        <a href={to({ kind })} aria-current={asked?.kind === kind ? 'true' : undefined}>
          <span class="rule-count" safe>
            {inCount(trial[kind])}
          </span>
          <span safe>{t(`trial_${kind}`)}</span>
        </a>
        <span class="small muted block" safe>
          {t(`trial_${kind}_means`)}
        </span>
      </li>
    ))}
    <li>
      <span class="rule-count" safe>
        {inCount(trial.checked - differencesOf(trial))}
      </span>
      <span safe>{t('trial_same')}</span>
      <span class="small muted block" safe>
        {t('trial_same_means')}
      </span>
    </li>
  </ul>
);

function countOf(trial: RuleTrial, verdict: (typeof humanVerdicts)[number]): number {
  if (verdict === 'contradicts') return trial.contradicting;
  if (verdict === 'agrees') return trial.agreeing;
  return differencesOf(trial) - trial.contradicting - trial.agreeing;
}
