// The adoption of a rule set: the form for the second person, or the words that say what is missing.
import { longestRuleReason } from '../actions/draftRuleSet';
import type { SeenRuleSet } from '../actions/seeRules';
import { can, signatureOf } from '../domain/role';
import { refusals } from '../problems';
import { TextField, type FormState } from './formFields';
import { inDateTime } from './format';
import { FormToken } from './layout';
import { setAddress } from './ruleWords';
import type { OfficerVisit } from './screen';
import { signedAs } from './signedAs';

interface Given {
  seen: SeenRuleSet;
  form: FormState;
  visit: OfficerVisit;
}

export const Adoption = (given: Given): JSX.Element => {
  const { seen, form, visit } = given;
  const { t } = visit;
  const refused = form.errors['adopt'];
  return (
    <section class="rule-adoption">
      <h2 safe>{t('adoptTitle')}</h2>
      {refused ? (
        <p class="refusal refusal-what" role="alert" safe>
          {refused}
        </p>
      ) : (
        ''
      )}
      {seen.set.adoption ? <Adopted seen={seen} visit={visit} /> : <Waiting {...given} />}
    </section>
  );
};

const Adopted = ({ seen: { set, inForce, names }, visit: { t } }: Omit<Given, 'form'>): JSX.Element => (
  <>
    {set.id === inForce.id ? (
      <p class="good strong" safe>
        {t('adoptDone')}
      </p>
    ) : (
      ''
    )}
    {set.adoption ? (
      <p class="break">
        <span safe>{set.adoption.reason}</span>
        <span class="small muted block" safe>
          {`${t('rulesAdopted')}: ${signedAs(set.adoption.by, names, t)} · ${inDateTime(set.adoption.at)}`}
        </span>
      </p>
    ) : (
      ''
    )}
  </>
);

const Waiting = ({ seen: { set, trials, obstacle }, form, visit }: Given): JSX.Element => {
  const { actor, t, language, formToken } = visit;
  const isOwn = set.draftedBy === signatureOf(actor);
  const why = obstacle ? refusals[obstacle][language] : isOwn ? t('adoptOwn') : can(actor, 'adopt_rules') ? undefined : t('adoptRole');
  if (why !== undefined)
    return (
      <>
        <p class="rule-why-not" safe>
          {why}
        </p>
        <p class="muted" safe>
          {t('adoptLead')}
        </p>
      </>
    );
  return (
    <form method="post" action={setAddress(set.id)} class="stack rule-adopt">
      <FormToken token={formToken} />
      <input type="hidden" name="act" value="adopt" />
      <input type="hidden" name="trialId" value={trials.find(({ state }) => state === 'done')?.id ?? ''} />
      <p safe>{t('adoptLead')}</p>
      <TextField form={form} name="reason" label={t('adoptReason')} maxlength={longestRuleReason} />
      <p>
        <button class="primary" safe>
          {t('adoptButton')}
        </button>
      </p>
    </form>
  );
};
