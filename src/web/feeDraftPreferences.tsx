// The preferences of a draft: kept as they are, with a new last day or value, dropped, or one more added.
import type { Exemption, Fee, Regime, ScheduleChannel } from '../domain/fee';
import { parseDay } from '../domain/time';
import { say } from './counterLabels';
import { ChoiceField, TextField, type FormState } from './formFields';
import type { Label, Translate } from './labels';
import type { Fields } from './screen';

const regimeKinds = ['percent_off', 'set_amount', 'waived', 'budget_supported'] as const;
const channelChoices: Readonly<Record<string, readonly ScheduleChannel[]>> = {
  all: ['truc_tiep', 'truc_tuyen', 'buu_chinh'],
  counter: ['truc_tiep'],
  online: ['truc_tuyen'],
  postal: ['buu_chinh'],
};

type Preferences = Pick<Fee, 'generalReductions' | 'onlineDiscount' | 'exemptions'>;

/** What the fields say of the preferences; what is wrong goes into `errors` by field. */
export function preferencesFrom(sent: Fields, base: Fee, errors: Record<string, Label>): Preferences {
  const kept = (list: readonly Regime[], name: string): Regime[] =>
    list.flatMap((regime, place) => (sent[`${name}.${place}.drop`] ? [] : [changedRegime(regime, `${name}.${place}`, sent, errors)]));
  const added = addedRegime(sent, base, errors);
  return {
    generalReductions: [...kept(base.generalReductions, 'general'), ...(added && added.channels.length > 1 ? [added] : [])],
    onlineDiscount: [...kept(base.onlineDiscount, 'online'), ...(added && added.channels.length === 1 ? [added] : [])],
    exemptions: base.exemptions.filter((_, place) => !sent[`exemption.${place}.drop`]),
  };
}

function changedRegime(regime: Regime, field: string, sent: Fields, errors: Record<string, Label>): Regime {
  const toText = sent[`${field}.to`];
  const valueText = sent[`${field}.value`];
  const effectiveTo = toText ? parseDay(toText) : null;
  if (effectiveTo === undefined) errors[`${field}.to`] = 'wrong_shape';
  const value = valueText === undefined ? regime.value : wholeIn(valueText);
  if (value === undefined) errors[`${field}.value`] = 'wrong_shape';
  else if (isTooMuch(regime.kind, value)) errors[`${field}.value`] = 'wrong_out_of_range';
  if (effectiveTo && effectiveTo < regime.effectiveFrom) errors[`${field}.to`] = 'wrong_out_of_range';
  return { ...regime, value: value ?? regime.value, effectiveTo: toText === undefined ? regime.effectiveTo : (effectiveTo ?? null) };
}

function addedRegime(sent: Fields, base: Fee, errors: Record<string, Label>): Regime | undefined {
  const regimeId = sent['new.code'] ?? '';
  if (regimeId === '' && !['new.value', 'new.from', 'new.to', 'new.law', 'new.condition'].some((field) => sent[field])) return undefined;
  const kind = regimeKinds.find((one) => one === sent['new.kind']);
  const channels = channelChoices[sent['new.channel'] ?? ''];
  const effectiveFrom = parseDay(sent['new.from'] ?? '');
  const effectiveTo = sent['new.to'] ? parseDay(sent['new.to']) : null;
  const value = kind === 'waived' ? 100 : wholeIn(sent['new.value'] ?? '');
  const legalBasis = sent['new.law'] ?? '';
  const isTaken = [...base.generalReductions, ...base.onlineDiscount, ...base.exemptions].some((one) => codeOf(one) === regimeId);
  if (!/^[\w.-]{2,40}$/.test(regimeId)) errors['new.code'] = regimeId === '' ? 'wrong_missing' : 'wrong_shape';
  if (isTaken) errors['new.code'] = 'wrong_twice';
  if (!kind) errors['new.kind'] = 'wrong_missing';
  if (!channels) errors['new.channel'] = 'wrong_missing';
  if (!effectiveFrom) errors['new.from'] = 'wrong_missing';
  if (effectiveTo === undefined) errors['new.to'] = 'wrong_shape';
  if (value === undefined) errors['new.value'] = 'wrong_missing';
  else if (kind && isTooMuch(kind, value)) errors['new.value'] = 'wrong_out_of_range';
  if (effectiveFrom && effectiveTo && effectiveTo < effectiveFrom) errors['new.to'] = 'wrong_out_of_range';
  if (legalBasis === '') errors['new.law'] = 'wrong_missing';
  if (!kind || !channels || !effectiveFrom || effectiveTo === undefined || value === undefined) return undefined;
  const conditions = sent['new.condition'] || null;
  const locality = base.localityCode;
  return { regimeId, kind, value, channels, locality, effectiveFrom, effectiveTo, legalBasis, conditions, confidence: 'high' };
}

/** A percentage has a hundred parts. */
const isTooMuch = (kind: Regime['kind'], value: number): boolean => kind !== 'set_amount' && value > 100;

const codeOf = (one: Regime | Exemption): string => ('regimeId' in one ? one.regimeId : one.code);

function wholeIn(text: string): number | undefined {
  return /^\d{1,3}(\.\d{3})+$|^\d{1,11}$/.test(text) ? Number(text.replaceAll('.', '')) : undefined;
}

export function preferenceValues(fee: Fee): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, list] of [['general', fee.generalReductions] as const, ['online', fee.onlineDiscount] as const]) {
    for (const [place, { value, effectiveTo }] of list.entries()) {
      values[`${name}.${place}.value`] = String(value);
      values[`${name}.${place}.to`] = effectiveTo ?? '';
    }
  }
  return values;
}

export const PreferenceFields = ({ fee, form, t }: { fee: Fee; form: FormState; t: Translate }): JSX.Element => (
  <fieldset>
    <legend safe>{t('draftPreferences')}</legend>
    <p class="muted" safe>
      {t('draftPreferencesKept')}
    </p>
    {fee.exemptions.map((one, place) => (
      <div class="preference-row">
        <span class="grow" safe>{`${one.code} · ${one.label}`}</span>
        <Drop name={`exemption.${place}.drop`} form={form} t={t} />
      </div>
    ))}
    {fee.generalReductions.map((regime, place) => (
      <RegimeRow regime={regime} field={`general.${place}`} form={form} t={t} />
    ))}
    {fee.onlineDiscount.map((regime, place) => (
      <RegimeRow regime={regime} field={`online.${place}`} form={form} t={t} />
    ))}
    <details open={isAddedWrong(form)}>
      <summary data-first={isAddedWrong(form) || undefined} safe>
        {t('addRegime')}
      </summary>
      <AddedRegime form={form} t={t} />
    </details>
  </fieldset>
);

const isAddedWrong = ({ errors }: FormState): boolean => Object.keys(errors).some((field) => field.startsWith('new.'));

const RegimeRow = ({ regime, field, form, t }: { regime: Regime; field: string; form: FormState; t: Translate }): JSX.Element => (
  <div class="preference-row">
    <TextField
      form={form}
      name={`${field}.value`}
      label={say(t('regimeValue'), { code: regime.regimeId })}
      hint={t(`regime_${regime.kind}`)}
    />
    <TextField form={form} name={`${field}.to`} type="date" label={say(t('regimeTo'), { code: regime.regimeId })} optional />
    <Drop name={`${field}.drop`} form={form} t={t} />
  </div>
);

const Drop = ({ name, form, t }: { name: string; form: FormState; t: Translate }): JSX.Element => (
  <label class="tick">
    <input type="checkbox" name={name} value="yes" checked={form.values[name] !== undefined} /> <span safe>{t('dropIt')}</span>
  </label>
);

const AddedRegime = ({ form, t }: { form: FormState; t: Translate }): JSX.Element => (
  <div class="stack">
    <div class="pair">
      <TextField form={form} name="new.code" label={t('regimeCode')} maxlength={40} optional />
      <ChoiceField
        form={form}
        name="new.kind"
        label={t('regimeKind')}
        choices={regimeKinds.map((kind) => [kind, t(`regime_${kind}`)])}
        optional
      />
    </div>
    <div class="pair">
      <TextField form={form} name="new.value" label={t('regimeNewValue')} optional />
      <ChoiceField
        form={form}
        name="new.channel"
        label={t('regimeChannel')}
        choices={[
          ['all', t('regimeAllChannels')],
          ['counter', t('channel_counter')],
          ['online', t('channel_online')],
          ['postal', t('channel_postal')],
        ]}
        optional
      />
    </div>
    <div class="pair">
      <TextField form={form} name="new.from" type="date" label={t('regimeFrom')} optional />
      <TextField form={form} name="new.to" type="date" label={t('regimeNewTo')} optional />
    </div>
    <TextField form={form} name="new.law" label={t('regimeLaw')} maxlength={300} optional />
    <TextField form={form} name="new.condition" label={t('regimeCondition')} maxlength={300} optional />
  </div>
);
