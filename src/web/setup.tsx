// The first run of an empty installation: behind a link that works once, the first agency, account and administrator.
import { isSetupToken, setUpOffice } from '../actions/setUpOffice';
import { Problem } from '../problems';
import { checkForm, emptyForm, type FormState } from './formFields';
import { LanguageSwitch, Page } from './layout';
import type { Fields, Shown, Visit } from './screen';
import { isForeign } from './session';
import { SetupForm } from './setupForm';
import { setupFields, toOffice } from './setupFields';

/** Throws route_unknown for a wrong or used link: it looks as if there were nothing here. */
export async function showSetup(visit: Visit): Promise<Shown> {
  await tokenOf(visit);
  return setupPage(visit, { ...emptyForm, values: { agencyKind: 'commune_centre', counterName: 'Quầy 1' } });
}

export async function takeSetup(visit: Visit, fields: Fields): Promise<Shown> {
  const { ctx, req, res, t } = visit;
  if (isForeign(req)) throw new Problem('form_expired');
  const token = await tokenOf(visit);
  const checked = checkForm(setupFields(ctx), fields, t);
  if (!checked.ok) {
    res.status(400);
    return setupPage(visit, checked.form);
  }
  const { apiKey } = await setUpOffice(ctx, token, toOffice(checked.value), ctx.legalSchedule());
  return donePage(visit, apiKey);
}

async function tokenOf({ ctx, req }: Visit): Promise<string> {
  const token = String(req.params['token']);
  if (!(await isSetupToken(ctx, token))) throw new Problem('route_unknown');
  return token;
}

const setupPage = (visit: Visit, form: FormState): JSX.Element => (
  <Page visit={visit} title={visit.t('setup')} look="alone">
    <main class="card setup">
      <header class="row">
        <h1 class="grow" safe>
          {visit.t('setup')}
        </h1>
        <LanguageSwitch visit={visit} />
      </header>
      <p class="muted" safe>
        {visit.t('setupIntro')}
      </p>
      <SetupForm visit={visit} form={form} />
    </main>
  </Page>
);

const donePage = (visit: Visit, apiKey: string): JSX.Element => (
  <Page visit={visit} title={visit.t('setupDone')} look="alone">
    <main class="card setup">
      <h1 class="state state-paid" safe>
        {visit.t('setupDone')}
      </h1>
      <div>
        <p class="small muted" safe>
          {visit.t('apiKeyOnce')}
        </p>
        <p>
          <code class="key break" safe>
            {apiKey}
          </code>
        </p>
      </div>
      <p safe>{visit.t('setupDoneNext')}</p>
      <a class="button primary" href="/sign-in?to=/officers" safe>
        {visit.t('signIn')}
      </a>
    </main>
  </Page>
);
