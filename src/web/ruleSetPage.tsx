// One rule set: how it differs from the rules in force, its trial with the matches that would differ, and its adoption by a second person.
import { z } from 'zod';
import { adoptRuleSet } from '../actions/adoptRuleSet';
import { longestRuleReason } from '../actions/draftRuleSet';
import { seeRuleSet, type SeenRuleSet } from '../actions/seeRules';
import { cancelTrial, tryRules } from '../actions/tryRules';
import { withdrawRuleSet } from '../actions/withdrawRuleSet';
import { longestTrialDays } from '../domain/ruleTrial';
import { can } from '../domain/role';
import { checkForm, emptyForm, lineField, type FormState } from './formFields';
import { inDateTime } from './format';
import type { Label } from './labels';
import { FormToken, OfficerPage } from './layout';
import { refusedForm } from './refusedForm';
import { Adoption } from './ruleAdoption';
import { RuleTable } from './ruleTable';
import { askedRows, Trial, TrialProgress } from './ruleTrial';
import { ruleDifferences, setAddress, setName } from './ruleWords';
import { isFragment, type Fields, type OfficerVisit, type Shown } from './screen';
import { signedAs } from './signedAs';
import { unitOf } from './unit';

const trialForm = z.object({
  days: z
    .string()
    .regex(/^\d{1,3}$/, 'fieldShape' satisfies Label)
    .transform(Number)
    .refine((days) => days >= 1 && days <= longestTrialDays, 'fieldShape' satisfies Label),
});
const adoptionForm = z.object({ reason: lineField(longestRuleReason), trialId: z.string().max(64) });

export async function showRuleSet(visit: OfficerVisit): Promise<Shown> {
  if (!isFragment(visit.req)) return page(visit, emptyForm);
  const { set, trials } = await seeRuleSet(visit.ctx, visit.actor, String(visit.req.params['id']));
  const [trial] = trials;
  return trial?.state === 'running' ? <TrialProgress trial={trial} visit={visit} /> : { redirect: setAddress(set.id) };
}

/** The forms of the page say by `act` what they want. */
export async function takeRuleSet(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor, req } = visit;
  const id = String(req.params['id']);
  if (sent['act'] === 'adopt') return takeAdoption(visit, id, sent);
  if (sent['act'] === 'cancel') await cancelTrial(ctx, { actor, trialId: sent['trialId'] ?? '' });
  else if (sent['act'] === 'withdraw') await withdrawRuleSet(ctx, { actor, ruleSetId: id });
  else {
    const checked = checkForm(trialForm, sent, visit.t);
    if (!checked.ok) return page(visit, checked.form);
    await tryRules(ctx, { actor, ruleSetId: id, days: checked.value.days });
  }
  return { redirect: setAddress(id) };
}

async function takeAdoption(visit: OfficerVisit, ruleSetId: string, sent: Fields): Promise<Shown> {
  const { ctx, actor, t } = visit;
  const checked = checkForm(adoptionForm, sent, t);
  if (!checked.ok) return page(visit, checked.form);
  const { trialId, reason } = checked.value;
  const wish = { actor, ruleSetId, reason, ...(trialId === '' ? {} : { trialId }) };
  const form = await refusedForm(visit, adoptRuleSet(ctx, wish), sent, {
    ...{ rule_set_own: 'adopt', rule_set_contradicts: 'adopt', rule_set_in_force: 'adopt', rule_set_adopted: 'adopt' },
    ...{ rule_trial_missing: 'adopt', rule_trial_stale: 'adopt', rule_trial_superseded: 'adopt' },
  });
  return form ? page(visit, form) : { redirect: setAddress(ruleSetId) };
}

async function page(visit: OfficerVisit, form: FormState): Promise<Shown> {
  const { ctx, actor, req, res, t } = visit;
  const seen = await seeRuleSet(ctx, actor, String(req.params['id']));
  const [trial] = seen.trials;
  const rows = await askedRows(visit, trial);
  if (Object.keys(form.errors).length > 0 && res.statusCode === 200) res.status(400);
  return (
    <OfficerPage visit={visit} title={setName(seen.set, t)} unit={await unitOf(visit)} look="rules">
      <link rel="stylesheet" href="/assets/rules.css" />
      <p>
        <a href="/rules" data-key="Escape" safe>
          {t('rules')}
        </a>
      </p>
      <Head seen={seen} visit={visit} />
      <Changes seen={seen} visit={visit} />
      <Trial seen={seen} rows={rows} form={form} visit={visit} />
      <Adoption seen={seen} form={form} visit={visit} />
      <details class="whole">
        <summary safe>{t('rulesWhole')}</summary>
        <RuleTable rules={seen.set} t={t} />
      </details>
      {can(actor, 'draft_rules') ? <Further seen={seen} visit={visit} /> : ''}
    </OfficerPage>
  );
}

interface Given {
  seen: SeenRuleSet;
  visit: OfficerVisit;
}

/** What a drafter may do with a set besides trying it. */
const Further = ({ seen: { set }, visit: { t, formToken } }: Given): JSX.Element => (
  <div class="row">
    <a href={`/rules/new?from=${encodeURIComponent(set.id)}`} safe>
      {t('rulesDraftAgain')}
    </a>
    {set.adoption || set.withdrawal ? (
      ''
    ) : (
      <form method="post" action={setAddress(set.id)}>
        <FormToken token={formToken} />
        <button name="act" value="withdraw" safe>
          {t('rulesWithdraw')}
        </button>
      </form>
    )}
  </div>
);

const stateMarks = { inForce: '✔', adopted: '○', withdrawn: '✖', draft: '✎' } as const;

const Head = ({ seen: { set, inForce, names }, visit: { t } }: Given): JSX.Element => {
  const state = set.id === inForce.id ? 'inForce' : set.adoption ? 'adopted' : set.withdrawal ? 'withdrawn' : 'draft';
  return (
    <>
      <div class="row head">
        <h1 class="grow" safe>
          {setName(set, t)}
        </h1>
        <span class={`rule-state rule-state-${state}`}>
          <span aria-hidden="true">{stateMarks[state]}</span> <span safe>{t(`rulesState_${state}`)}</span>
        </span>
      </div>
      <p class="break">
        <span safe>{set.reason}</span>
        <span class="small muted block" safe>
          {`${t('rulesDrafted')}: ${signedAs(set.draftedBy, names, t)} · ${inDateTime(set.draftedAt)}`}
        </span>
        {set.withdrawal ? (
          <span class="small muted block" safe>
            {`${t('rulesWithdrawn')}: ${signedAs(set.withdrawal.by, names, t)} · ${inDateTime(set.withdrawal.at)}`}
          </span>
        ) : (
          ''
        )}
      </p>
    </>
  );
};

const Changes = ({ seen: { set, inForce }, visit: { t } }: Given): JSX.Element => {
  const differences = ruleDifferences(inForce, set, t);
  if (set.id === inForce.id) return <></>;
  return (
    <section>
      <h2 safe>{t('rulesChanges')}</h2>
      {differences.length === 0 ? (
        <p class="empty" safe>
          {t('rulesNoChanges')}
        </p>
      ) : (
        <table class="cards rule-changes">
          <thead>
            <tr>
              <th safe>{t('rulesRule')}</th>
              <th safe>{t('rulesBefore')}</th>
              <th safe>{t('rulesAfter')}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ words, before, after }) => (
              <tr>
                <td class="strong" safe>
                  {words}
                </td>
                <td class="muted" data-label={t('rulesBefore')} safe>
                  {before}
                </td>
                <td data-label={t('rulesAfter')}>
                  <strong safe>{after}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
