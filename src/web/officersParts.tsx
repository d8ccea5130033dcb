// The parts of the officers' page: the list of people, and the two forms.
import type { Agency, Counter } from '../domain/agency';
import type { Officer } from '../domain/officer';
import { roles } from '../domain/role';
import { ChoiceField, FormErrors, TextField, type FormState } from './formFields';
import type { Translate } from './labels';
import { FormToken } from './layout';
import type { OfficerVisit } from './screen';

/** What an administrator sees. */
export interface Office {
  agencies: readonly Agency[];
  counters: readonly Counter[];
  officers: readonly Officer[];
}

const agencyName = ({ agencies }: Office, code: string): string => agencies.find((agency) => agency.code === code)?.name ?? code;

export const OfficerTable = ({ office, t }: { office: Office; t: Translate }): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th safe>{t('login')}</th>
        <th safe>{t('personName')}</th>
        <th safe>{t('role')}</th>
        <th safe>{t('agency')}</th>
        <th safe>{t('counterOfOfficer')}</th>
      </tr>
    </thead>
    <tbody>
      {office.officers.map((officer) => (
        <tr>
          <td class="name break" safe>
            {officer.login}
          </td>
          <td class="break" data-label={t('personName')} safe>
            {officer.name}
          </td>
          <td data-label={t('role')} safe>
            {t(`role_${officer.role}`)}
          </td>
          <td data-label={t('agency')} safe>
            {agencyName(office, officer.agencyCode)}
          </td>
          <td data-label={t('counterOfOfficer')} safe>
            {office.counters.find((counter) => counter.id === officer.counterId)?.name ?? '–'}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

interface FormGiven {
  visit: OfficerVisit;
  form: FormState;
  office: Office;
}

export const OfficerForm = ({ visit: { t, formToken, ctx }, form, office }: FormGiven): JSX.Element => (
  <form method="post" action="/officers" class="stack wide" autocomplete="off">
    <h2 safe>{t('addOfficer')}</h2>
    <FormErrors form={form} t={t} />
    <FormToken token={formToken} />
    <div class="pair">
      <TextField form={form} name="login" label={t('login')} hint={t('loginHint')} maxlength={40} />
      <TextField form={form} name="name" label={t('personName')} />
    </div>
    <div class="pair">
      <ChoiceField form={form} name="role" label={t('role')} choices={roles.map((role) => [role, t(`role_${role}`)])} />
      <TextField
        form={form}
        name="password"
        label={t('initialPassword')}
        type="password"
        autocomplete="new-password"
        {...(ctx.config.mode === 'demo' ? {} : { hint: t('passwordHint') })}
      />
    </div>
    <AgencyField form={form} office={office} t={t} />
    <ChoiceField
      form={form}
      name="counterId"
      label={t('counterOfOfficer')}
      empty={t('noCounter')}
      optional
      choices={office.counters.map((counter) => [counter.id, `${counter.name} · ${agencyName(office, counter.agencyCode)}`])}
    />
    <button class="primary" safe>
      {t('addOfficer')}
    </button>
  </form>
);

export const CounterForm = ({ visit: { t, formToken }, form, office }: FormGiven): JSX.Element => (
  <section class="stack wide">
    <form method="post" action="/officers/counters" class="stack" autocomplete="off">
      <h2 safe>{t('addCounter')}</h2>
      <FormErrors form={form} t={t} />
      <FormToken token={formToken} />
      <AgencyField form={form} office={office} t={t} />
      <TextField form={form} name="name" label={t('newCounterName')} />
      <button safe>{t('addCounter')}</button>
    </form>
    <h2 safe>{t('countersInSight')}</h2>
    {office.counters.length === 0 ? (
      <p class="muted" safe>
        {t('noCountersYet')}
      </p>
    ) : (
      <ul class="lines">
        {office.counters.map((counter) => (
          <li>
            <span class="grow">
              <span safe>{counter.name}</span>
              <span class="small muted block" safe>
                {agencyName(office, counter.agencyCode)}
              </span>
            </span>
            <a href={`/display/${counter.displayToken}`} safe>
              {t('citizenDisplay')}
            </a>
          </li>
        ))}
      </ul>
    )}
  </section>
);

const AgencyField = ({ form, office, t }: { form: FormState; office: Office; t: Translate }): JSX.Element => (
  <ChoiceField form={form} name="agencyCode" label={t('agency')} choices={office.agencies.map((agency) => [agency.code, agency.name])} />
);
