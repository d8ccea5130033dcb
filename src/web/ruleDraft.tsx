// The form for other rules: every rule with what it means and whether it acts, every limit with how far it may be moved.
import { z } from 'zod';
import { demand } from '../actions/demand';
import { demandHeadOffice, draftRuleSet, longestRuleReason, rulesOf } from '../actions/draftRuleSet';
import { rulesInForce } from '../actions/rulesInForce';
import { slips } from '../domain/reading';
import {
  alwaysActing,
  firstRuleSetId,
  limitBounds,
  limits,
  mainSwitches,
  switchable,
  type Limit,
  type Rules,
  type Switch,
} from '../domain/ruleSet';
import { say } from './counterLabels';
import { checkForm, emptyForm, FieldNotes, FormErrors, lineField, TextField, type FormState } from './formFields';
import { FormToken, OfficerPage } from './layout';
import type { Label, Translate } from './labels';
import { askedText } from './query';
import { inCount, setAddress, setName } from './ruleWords';
import { Way } from './ruleTable';
import type { Fields, OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

export async function showRuleDraft(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req } = visit;
  const from = askedText(req, 'from') ?? (await rulesInForce(ctx, ctx.store.tables)).id;
  return page(visit, from, emptyForm);
}

const wrongNumber: Label = 'fieldShape';
const numberField = (limit: Limit) =>
  z
    .string({ error: wrongNumber })
    .regex(/^\d{1,6}$/, wrongNumber)
    .transform(Number)
    .refine((value) => value >= limitBounds[limit].least && value <= limitBounds[limit].most, wrongNumber);

const sentRules = z.object({
  from: z.string().max(64),
  reason: lineField(longestRuleReason),
  mostInSum: numberField('mostInSum'),
  mostCorrected: numberField('mostCorrected'),
  mostExact: numberField('mostExact'),
  longestContent: numberField('longestContent'),
});

export async function takeRuleDraft(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor, t } = visit;
  const checked = checkForm(sentRules, sent, t);
  if (!checked.ok) return page(visit, sent['from'] ?? firstRuleSetId, checked.form);
  const { from, reason, ...moved } = checked.value;
  const acts = Object.fromEntries(switchable.map((one) => [one, sent[one] === 'acts']));
  const { id } = await draftRuleSet(ctx, { actor, from, reason, changes: { ...acts, ...moved } });
  return { redirect: setAddress(id) };
}

async function page(visit: OfficerVisit, from: string, form: FormState): Promise<Shown> {
  const { ctx, actor, res, t, formToken } = visit;
  demand(actor, 'draft_rules');
  await demandHeadOffice(ctx.store.tables, actor);
  const base = await rulesOf(ctx.store.tables, from);
  const set = from === firstRuleSetId ? undefined : await ctx.store.tables.ruleSets.find(from);
  const isSentBack = Object.keys(form.errors).length > 0;
  if (isSentBack) res.status(400);
  const acts = (one: Switch): boolean => (isSentBack ? form.values[one] === 'acts' : base.acts[one]);
  return (
    <OfficerPage visit={visit} title={t('rulesNewTitle')} unit={await unitOf(visit)} look="rules">
      <link rel="stylesheet" href="/assets/rules.css" />
      <p>
        <a href="/rules" data-key="Escape" safe>
          {t('rules')}
        </a>
      </p>
      <h1 safe>{t('rulesNewTitle')}</h1>
      <p class="muted lead" safe>
        {t('rulesNewLead')}
      </p>
      <FormErrors form={form} t={t} />
      <form method="post" action="/rules/new" class="rule-form">
        <FormToken token={formToken} />
        <input type="hidden" name="from" value={from} />
        <p class="strong" safe>
          {say(t('rulesFrom'), { set: set ? setName(set, t) : t('rulesFirst') })}
        </p>
        {alwaysActing.map((one) => (
          <div class="rule-choice">
            <div>
              <h2 safe>{t(`switch_${one}`)}</h2>
              <p safe>{t(`switch_${one}_means`)}</p>
            </div>
            <p>
              <Way acts words={t('rulesAlways')} />
            </p>
          </div>
        ))}
        {mainSwitches.map((one) => (
          <SwitchChoice name={one} acts={acts} t={t} />
        ))}
        <h2 safe>{t('rulesLimits')}</h2>
        {limits.map((one) => (
          <LimitChoice name={one} base={base} form={form} t={t} />
        ))}
        <TextField form={form} name="reason" label={t('rulesReason')} hint={t('rulesReasonHint')} maxlength={longestRuleReason} />
        <p>
          <button class="primary" safe>
            {t('rulesKeepDraft')}
          </button>
        </p>
      </form>
    </OfficerPage>
  );
}

const SwitchChoice = ({
  name,
  acts,
  t,
}: {
  name: (typeof mainSwitches)[number];
  acts: (one: Switch) => boolean;
  t: Translate;
}): JSX.Element => (
  <fieldset class="rule-choice">
    <legend class="hidden-text" safe>
      {t(`switch_${name}`)}
    </legend>
    <div>
      <h2 safe>{t(`switch_${name}`)}</h2>
      <p safe>{t(`switch_${name}_means`)}</p>
      {name === 'corrected_reference' ? (
        <div class="rule-slips">
          <p class="small muted" safe>
            {t('rulesSlips')}
          </p>
          {slips.map((slip) => (
            <label class="rule-radio">
              <input type="checkbox" name={slip} value="acts" checked={acts(slip)} />
              <span safe>{t(`switch_${slip}`)}</span>
            </label>
          ))}
        </div>
      ) : (
        ''
      )}
    </div>
    <div class="rule-ways">
      {(['acts', 'suggests'] as const).map((way) => (
        <label class="rule-radio">
          <input type="radio" name={name} value={way} checked={acts(name) === (way === 'acts')} />
          <span safe>{t(way === 'acts' ? 'rulesActs' : 'rulesSuggests')}</span>
        </label>
      ))}
    </div>
  </fieldset>
);

const LimitChoice = ({ name, base, form, t }: { name: Limit; base: Rules; form: FormState; t: Translate }): JSX.Element => {
  const { least, most, usual } = limitBounds[name];
  const range = say(t('rulesBetween'), { least: inCount(least), most: inCount(most), usual: inCount(usual) });
  return (
    <label class="rule-choice">
      <span class="rule-limit">
        <strong safe>{t(`limit_${name}`)}</strong>
        <span safe>{t(`limit_${name}_means`)}</span>
      </span>
      <span>
        <input
          name={name}
          type="number"
          inputmode="numeric"
          min={String(least)}
          max={String(most)}
          value={form.values[name] ?? String(base.limits[name])}
          required
          aria-invalid={name in form.errors ? 'true' : undefined}
        />
        <FieldNotes error={form.errors[name]} hint={range} />
      </span>
    </label>
  );
};
