// The form of the first set-up.
import { agencyKinds } from '../domain/agency';
import { banks } from '../domain/banks';
import { ChoiceField, FormErrors, TextField, type FormState } from './formFields';
import { providerWord } from './providerWords';
import type { Visit } from './screen';
import { flags, hasDefaultSecret } from './setupFields';

interface Given {
  visit: Visit;
  form: FormState;
}

export const SetupForm = (given: Given): JSX.Element => (
  <form method="post" class="stack" autocomplete="off">
    <FormErrors form={given.form} t={given.visit.t} />
    <AgencyFields {...given} />
    <AccountFields {...given} />
    <AdministratorFields {...given} />
    <button class="primary" safe>
      {given.visit.t('setUp')}
    </button>
  </form>
);

const AgencyFields = ({ form, visit: { t } }: Given): JSX.Element => (
  <fieldset class="stack">
    <legend safe>{t('agency')}</legend>
    <div class="pair">
      <TextField form={form} name="agencyCode" label={t('agencyCode')} hint={t('agencyCodeHint')} />
      <TextField form={form} name="localityCode" label={t('provinceId')} hint={t('provinceIdHint')} maxlength={3} />
    </div>
    <TextField form={form} name="agencyName" label={t('agencyName')} />
    <TextField form={form} name="taxCode" label={t('setupTaxCode')} hint={t('setupTaxCodeHint')} maxlength={14} optional />
    <div class="pair">
      <ChoiceField form={form} name="agencyKind" label={t('agencyKind')} choices={agencyKinds.map((kind) => [kind, t(`kind_${kind}`)])} />
      <TextField form={form} name="counterName" label={t('counterName')} />
    </div>
    <ChoiceField
      form={form}
      name="dynamicQrFlag"
      label={t('dynamicQrFlag')}
      hint={t('dynamicQrHint')}
      choices={flags.map((flag) => [flag, t(`dynamicQr_${flag}`)])}
    />
  </fieldset>
);

function AccountFields({ form, visit: { ctx, t } }: Given): JSX.Element {
  const sorted = [...banks].sort((a, b) => a.shortName.localeCompare(b.shortName, 'vi'));
  return (
    <fieldset class="stack">
      <legend safe>{t('collectionAccount')}</legend>
      <ChoiceField
        form={form}
        name="bankBin"
        label={t('bank')}
        empty={t('choose')}
        choices={sorted.map((bank) => [bank.bin, `${bank.shortName} – ${bank.name}`])}
      />
      <div class="pair">
        <TextField form={form} name="accountNumber" label={t('accountNumber')} maxlength={19} />
        <TextField form={form} name="accountName" label={t('accountHolder')} />
      </div>
      <div class="pair">
        <ChoiceField
          form={form}
          name="provider"
          label={t('bankNews')}
          optional={hasDefaultSecret(ctx)}
          {...(hasDefaultSecret(ctx) ? { empty: t('noProvider') } : {})}
          choices={ctx.providerNames.map((name) => [name, providerWord(name, t)])}
        />
        <TextField
          form={form}
          name="secret"
          label={t('webhookSecret')}
          hint={t('webhookSecretHint')}
          type="password"
          optional={hasDefaultSecret(ctx)}
        />
      </div>
    </fieldset>
  );
}

const AdministratorFields = ({ form, visit: { t } }: Given): JSX.Element => (
  <fieldset class="stack">
    <legend safe>{t('administrator')}</legend>
    <div class="pair">
      <TextField form={form} name="login" label={t('login')} hint={t('loginHint')} maxlength={40} />
      <TextField form={form} name="name" label={t('personName')} />
    </div>
    <div class="pair">
      <TextField form={form} name="password" label={t('password')} hint={t('passwordHint')} type="password" autocomplete="new-password" />
      <TextField form={form} name="passwordAgain" label={t('passwordAgain')} type="password" autocomplete="new-password" />
    </div>
  </fieldset>
);
