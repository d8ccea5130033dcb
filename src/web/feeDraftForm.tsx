// The draft form of a fee: its rate by the kind of its rule, its days, its law and the reason, each field with what is wrong with it.
import type { Fee } from '../domain/fee';
import { caseTableOf, type FeeRule } from '../domain/feeRule';
import { say } from './counterLabels';
import { capitalised } from './feeChoices';
import { PreferenceFields } from './feeDraftPreferences';
import { casePlaces, lawPlaces, tierPlaces, type DraftableRule } from './feeDraftValues';
import { feeLabel } from './feeLabels';
import { ChoiceField, FormErrors, TextField, type FormState } from './formFields';
import type { Translate } from './labels';
import { FormToken } from './layout';
import type { OfficerVisit } from './screen';

interface FormGiven {
  fee: Fee;
  type: DraftableRule;
  /** What the draft is of, in hidden fields. */
  ground: Readonly<Record<string, string>>;
  /** The provinces to choose from for a new fee. */
  localities: readonly (readonly [code: string, words: string])[];
  form: FormState;
  visit: OfficerVisit;
}

const units = [
  'ho_so',
  'lan',
  'truong_hop',
  'ban',
  'ban_sao',
  'trang_ban_chinh',
  'phieu',
  'giay',
  'giay_phep',
  'giao_dich',
  'van_ban',
  'chung_chi',
  'the',
  'nguoi_lan',
  'lan_nguoi',
  'xe_lan',
  'tai_san_lan',
];
const bases = ['gia_tri_chuyen_nhuong', 'gia_tri_quyen_su_dung_dat', 'gia_chuyen_nhuong'];

export const DraftForm = ({ fee, type, ground, localities, form, visit }: FormGiven): JSX.Element => {
  const { t, formToken } = visit;
  return (
    <form method="post" action="/fee-schedule/draft" class="stack draft" autocomplete="off">
      <FormErrors form={form} t={t} />
      <FormToken token={formToken} />
      {Object.entries(ground).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="rule" value={type} />
      <fieldset class="stack">
        <legend safe>{`${t('feeRates')}: ${t(`rule_${type}`)}`}</legend>
        <RuleFields rule={fee.rule} type={type} form={form} visit={visit} />
      </fieldset>
      <SpanFields form={form} t={t} />
      <FeeFields fee={fee} localities={localities} form={form} t={t} />
      <PreferenceFields fee={fee} form={form} t={t} />
      <p class="muted" safe>
        {t('draftNoJson')}
      </p>
      <button class="primary" safe>
        {t('keepDraft')}
      </button>
    </form>
  );
};

/** From when on, by which law, and why. */
const SpanFields = ({ form, t }: { form: FormState; t: Translate }): JSX.Element => (
  <fieldset class="stack">
    <legend safe>{t('validSpan')}</legend>
    <div class="pair">
      <TextField form={form} name="validFrom" type="date" label={t('draftFrom')} />
      <TextField form={form} name="validTo" type="date" label={t('draftTo')} hint={t('draftToHint')} optional />
    </div>
    <TextField form={form} name="reason" label={t('draftReason')} hint={t('draftReasonHint')} maxlength={1000} />
    {placesFor('law', lawPlaces, 1, form).map((place) => (
      <TextField
        form={form}
        name={`law.${place}`}
        label={say(t('draftLaw'), { place: String(place + 1) })}
        maxlength={500}
        optional={place > 0}
      />
    ))}
  </fieldset>
);

const FeeFields = ({ fee, localities, form, t }: Pick<FormGiven, 'fee' | 'localities' | 'form'> & { t: Translate }): JSX.Element => (
  <fieldset class="stack">
    <legend safe>{t('fee')}</legend>
    <TextField form={form} name="name" label={t('draftName')} maxlength={500} />
    <div class="pair">
      <ChoiceField
        form={form}
        name="collectWhen"
        label={t('draftCollect')}
        choices={(['khi_nop_ho_so', 'khi_tra_ket_qua'] as const).map((when) => [when, t(`collect_${when}`)])}
      />
      {localities.length > 0 ? <ChoiceField form={form} name="locality" label={t('locality')} choices={localities} /> : ''}
    </div>
    <div class="pair">
      <TextField form={form} name="budgetSubItem" label={t('draftSubItem')} hint={t('draftSubItemHint')} maxlength={4} optional />
      {fee.kind === 'phi' ? (
        <TextField form={form} name="retentionPercent" label={t('draftRetention')} hint={t('draftRetentionHint')} maxlength={8} optional />
      ) : (
        ''
      )}
    </div>
  </fieldset>
);

/** The places of a list that are filled, and a few more. */
function placesFor(name: string, places: readonly number[], more: number, form: FormState): readonly number[] {
  const isFilled = (place: number): boolean =>
    Object.entries(form.values).some(
      ([field, text]) => text !== '' && (field === `${name}.${place}` || field.startsWith(`${name}.${place}.`)),
    );
  return places.slice(0, Math.max(-1, ...places.filter(isFilled)) + 1 + more);
}

interface RuleGiven {
  rule: FeeRule;
  type: DraftableRule;
  form: FormState;
  visit: OfficerVisit;
}

const RuleFields = (given: RuleGiven): JSX.Element => {
  const { type, form, visit } = given;
  const { t } = visit;
  const amount = <TextField form={form} name="amount" label={t('draftAmount')} maxlength={20} />;
  const unit = <CodeField name="unit" label={t('draftUnit')} codes={units} form={form} visit={visit} />;
  switch (type) {
    case 'fixed':
    case 'per_unit':
      return (
        <div class="pair">
          {amount}
          {unit}
        </div>
      );
    case 'tiered_per_unit':
      return <TierFields {...given} unit={unit} />;
    case 'fixed_plus_extra':
      return (
        <>
          <div class="pair">
            {amount}
            {unit}
          </div>
          <div class="pair">
            <TextField form={form} name="extraFrom" label={t('draftExtraFrom')} maxlength={6} />
            <TextField form={form} name="extraPrice" label={t('draftExtraPrice')} maxlength={20} />
          </div>
          <CodeField name="extraUnit" label={t('draftExtraUnit')} codes={units} form={form} visit={visit} />
        </>
      );
    case 'percentage':
      return <ShareFields {...given} unit={unit} />;
    case 'conditional':
      return <CaseFields {...given} unit={unit} />;
    case 'matrix':
      return <MatrixFields {...given} unit={unit} />;
    case 'free':
      return <p safe>{t('warning_becomes_free')}</p>;
  }
};

type WithUnit = RuleGiven & { unit: JSX.Element };

const TierFields = ({ form, visit, unit }: WithUnit): JSX.Element => (
  <>
    <div class="pair">
      {unit}
      <CodeField name="itemUnit" label={visit.t('draftItemUnit')} codes={units} form={form} visit={visit} />
    </div>
    {placesFor('tier', tierPlaces, 2, form).map((place) => (
      <div class="pair tier" role="group" aria-label={say(visit.t('draftTier'), { place: String(place + 1) })}>
        <TextField
          form={form}
          name={`tier.${place}.to`}
          label={`${say(visit.t('draftTier'), { place: String(place + 1) })}: ${visit.t('draftTierTo')}`}
          maxlength={6}
          optional
          {...(place === 0 ? { hint: visit.t('draftTierToHint') } : {})}
        />
        <TextField form={form} name={`tier.${place}.price`} label={visit.t('draftTierPrice')} maxlength={20} optional={place > 0} />
      </div>
    ))}
    <TextField form={form} name="cap" label={visit.t('draftCap')} maxlength={20} optional />
  </>
);

const ShareFields = ({ form, visit, unit }: WithUnit): JSX.Element => (
  <>
    <div class="pair">
      <TextField form={form} name="percent" label={visit.t('draftPercent')} maxlength={12} />
      <CodeField name="base" label={visit.t('draftBase')} codes={bases} form={form} visit={visit} />
    </div>
    <div class="pair">
      <TextField form={form} name="min" label={visit.t('draftMin')} maxlength={20} optional />
      <TextField form={form} name="max" label={visit.t('draftMax')} maxlength={20} optional />
    </div>
    {unit}
  </>
);

const CaseFields = ({ form, visit, unit }: WithUnit): JSX.Element => (
  <>
    <div class="pair">
      <TextField form={form} name="dimension" label={visit.t('draftDimension')} hint={visit.t('draftCaseHint')} maxlength={64} />
      {unit}
    </div>
    {placesFor('case', casePlaces, 2, form).map((place) => (
      <div class="pair">
        <TextField
          form={form}
          name={`case.${place}.when`}
          label={say(visit.t('draftCase'), { place: String(place + 1) })}
          maxlength={64}
          optional={place > 0}
          {...(form.values[`case.${place}.when`] ? { hint: feeLabel(form.values[`case.${place}.when`] ?? '', visit.language) } : {})}
        />
        <TextField form={form} name={`case.${place}.amount`} label={visit.t('draftAmount')} maxlength={20} optional />
      </div>
    ))}
  </>
);

/** The table of cases stays; its amounts may change. */
const MatrixFields = ({ rule, form, visit, unit }: WithUnit): JSX.Element => {
  const rows = rule.type === 'matrix' ? caseTableOf(rule).rows : [];
  return (
    <>
      {rows.map(({ values }, place) => (
        <TextField
          form={form}
          name={`row.${place}`}
          label={`${capitalised(values.map((value) => feeLabel(value, visit.language)).join(' · '))} (₫)`}
          maxlength={20}
          optional
        />
      ))}
      {unit}
    </>
  );
};

interface CodeGiven {
  name: string;
  label: string;
  codes: readonly string[];
  form: FormState;
  visit: OfficerVisit;
}

/** One of the codes of the schedule, by its words; the one that the fee has is among them. */
const CodeField = ({ name, label, codes, form, visit }: CodeGiven): JSX.Element => {
  const own = form.values[name];
  const all = own && !codes.includes(own) ? [own, ...codes] : codes;
  return (
    <ChoiceField form={form} name={name} label={label} choices={all.map((code) => [code, capitalised(feeLabel(code, visit.language))])} />
  );
};
