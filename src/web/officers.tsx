// The officers' page, for administrators: who works here, and forms to add a person or a counter.
import { z } from 'zod';
import { addCounter } from '../actions/addCounter';
import { addOfficer } from '../actions/addOfficer';
import { demand, sightOf } from '../actions/demand';
import { roles } from '../domain/role';
import { checkForm, choiceField, emptyForm, lineField, loginField, nameField, type FormState } from './formFields';
import { OfficerPage } from './layout';
import { CounterForm, OfficerForm, OfficerTable, type Office } from './officersParts';
import { askedText } from './query';
import { refusedForm } from './refusedForm';
import type { Fields, OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const identifier = lineField(64, /^[\w.:-]+$/);

const officerFields = z.object({
  login: loginField,
  name: nameField,
  role: choiceField(roles),
  agencyCode: identifier,
  counterId: z.string().max(64).default(''),
  password: lineField(200),
});

const counterFields = z.object({ agencyCode: identifier, name: nameField });

export const showOfficers = (visit: OfficerVisit): Promise<Shown> => page(visit, {});

export async function takeOfficer(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  demand(visit.actor, 'administer');
  const checked = checkForm(officerFields, sent, visit.t);
  if (!checked.ok) return sentBack(visit, { officer: checked.form });
  const { counterId, ...officer } = checked.value;
  const act = addOfficer(visit.ctx, { actor: visit.actor, ...officer, ...(counterId ? { counterId } : {}) });
  const places = { login_taken: 'login', password_too_short: 'password', counter_unknown: 'counterId', agency_unknown: 'agencyCode' };
  const form = await refusedForm(visit, act, sent, places);
  return form ? sentBack(visit, { officer: form }) : { redirect: '/officers?added=officer' };
}

export async function takeCounter(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  demand(visit.actor, 'administer');
  const checked = checkForm(counterFields, sent, visit.t);
  if (!checked.ok) return sentBack(visit, { counter: checked.form });
  const act = addCounter(visit.ctx, { actor: visit.actor, ...checked.value });
  const form = await refusedForm(visit, act, sent, { counter_exists: 'name', agency_unknown: 'agencyCode' });
  return form ? sentBack(visit, { counter: form }) : { redirect: '/officers?added=counter' };
}

interface SentForms {
  officer?: FormState;
  counter?: FormState;
}

function sentBack(visit: OfficerVisit, forms: SentForms): Promise<Shown> {
  if (visit.res.statusCode === 200) visit.res.status(400);
  return page(visit, forms);
}

async function page(visit: OfficerVisit, { officer = emptyForm, counter = emptyForm }: SentForms): Promise<Shown> {
  const { req, actor, t } = visit;
  demand(actor, 'administer');
  const office = await officeInSight(visit);
  const added = req.method === 'GET' ? askedText(req, 'added') : undefined;
  return (
    <OfficerPage visit={visit} title={t('officers')} unit={await unitOf(visit)} look="officers">
      {added === 'officer' || added === 'counter' ? (
        <p class="done" role="status" safe>
          {t(added === 'officer' ? 'officerAdded' : 'counterAdded')}
        </p>
      ) : (
        ''
      )}
      <h1 safe>{t('officersInSight')}</h1>
      <OfficerTable office={office} t={t} />
      <div class="two forms">
        <OfficerForm visit={visit} form={officer} office={office} />
        <CounterForm visit={visit} form={counter} office={office} />
      </div>
    </OfficerPage>
  );
}

async function officeInSight({ ctx, actor }: OfficerVisit): Promise<Office> {
  const { agencies, officers } = ctx.store.tables;
  const all = await agencies.list();
  const seen = (await sightOf(ctx.store.tables, actor)) ?? all.map((agency) => agency.code);
  return {
    agencies: all.filter((agency) => seen.includes(agency.code)),
    counters: await agencies.listCounters(seen),
    officers: await officers.list(seen),
  };
}
