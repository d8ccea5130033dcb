// The counter: find or issue on the left, the obligation of the moment in the middle, today on the right; live.
import { eventTypes } from '../domain/event';
import { demand, obligationInSight } from '../actions/demand';
import { seeObligation } from '../actions/seeObligation';
import { refusals } from '../problems';
import { draftOf, proceduresNamed, standingOf, waitingOf, type Draft } from './counterDraft';
import { CounterForm, Matches, type FormParts } from './counterForm';
import { CounterPanel, IdlePanel, stepFor, stepIn, panelLook } from './counterPanel';
import { Preview } from './counterPreview';
import { CounterToday } from './counterToday';
import { deskOf, textIn, type Desk } from './desk';
import { feeChoices, pricingOf } from './feeChoices';
import { OfficerPage } from './layout';
import { panelFacts } from './panelFacts';
import type { Fields, OfficerVisit, Shown } from './screen';

const toChoose: Shown = { redirect: '/counter/choose' };

/** `?obligation=` shows one in the middle, `?dossier=` begins with one on the left. */
export async function showCounter(visit: OfficerVisit): Promise<Shown> {
  demand(visit.actor, 'issue');
  const desk = await deskOf(visit);
  if (!desk) return toChoose;
  const dossier = textIn(visit.req.query['dossier']);
  return counterPage(visit, await formParts(visit, await draftOf(visit, desk, dossier ? { dossier } : {})));
}

/** The page around a form, whatever is on it. */
export async function counterPage(visit: OfficerVisit, form: FormParts): Promise<string> {
  const { ctx, t, req } = visit;
  const { desk } = form.draft;
  const lastEventId = await ctx.store.tables.events.lastId(); // before what is read below, so that nothing falls between
  const safePanel = await panelAsked(visit, desk);
  const safeToday = await CounterToday({ visit, desk });
  return (
    <OfficerPage visit={visit} title={t('counter')} unit={`${desk.counter.name} · ${desk.agency.name}`} look="counter">
      <link rel="stylesheet" href="/assets/counter.css" />
      <link rel="stylesheet" href="/assets/counterPanel.css" />
      <p class="stream" data-stream hidden role="status" safe>
        {t('streamDown')}
      </p>
      <div
        class="columns"
        data-events={eventTypes.join(' ')}
        data-feed={`/counters/${desk.counter.id}/events`}
        data-last-event={String(lastEventId)}
        data-shows={textIn(req.query['obligation']) ? 'obligation' : ''}
      >
        <div class="left">
          <CounterForm {...form} />
        </div>
        <div class="middle">{safePanel}</div>
        <div class="right">{safeToday}</div>
      </div>
    </OfficerPage>
  );
}

export async function showPanel(visit: OfficerVisit): Promise<Shown> {
  const desk = await deskOf(visit);
  return desk ? panelAsked(visit, desk) : toChoose;
}

export async function showToday(visit: OfficerVisit): Promise<Shown> {
  const desk = await deskOf(visit);
  return desk ? CounterToday({ visit, desk }) : toChoose;
}

export async function showProcedures(visit: OfficerVisit): Promise<Shown> {
  const text = textIn(visit.req.query['procedure']);
  const { procedure, matches } = await proceduresNamed(visit, text);
  return <Matches visit={visit} matches={procedure ? [procedure] : matches} isAsked={text !== ''} />;
}

/** The fees of `?procedure=` in force, with their inputs: the form as it is after choosing it. */
export async function showFees(visit: OfficerVisit): Promise<Shown> {
  const desk = await deskOf(visit);
  if (!desk) return toChoose;
  const draft = await draftOf(visit, desk, { procedure: textIn(visit.req.query['procedure']) });
  return <CounterForm {...await formParts(visit, draft)} />;
}

/** Looks up the dossier and the procedure of the form. What was issued for the dossier is shown at once, what waits for money first; all else goes on in the form. */
export async function takeFind(visit: OfficerVisit, fields: Fields): Promise<Shown> {
  const desk = await deskOf(visit);
  if (!desk) return toChoose;
  const draft = await draftOf(visit, desk, fields);
  const shown = fields['procedure'] || fields['chosen'] ? undefined : (waitingOf(draft) ?? standingOf(draft));
  if (shown) return { redirect: `/counter?obligation=${shown.obligation.id}` };
  const form = await formParts(visit, draft);
  return visit.req.get('hx-request') ? <CounterForm {...form} /> : counterPage(visit, form);
}

export async function takePreview(visit: OfficerVisit, fields: Fields): Promise<Shown> {
  const desk = await deskOf(visit);
  return desk ? <Preview {...await formParts(visit, await draftOf(visit, desk, fields))} /> : toChoose;
}

export async function formParts(visit: OfficerVisit, draft: Draft): Promise<FormParts> {
  if (!draft.procedure) return { visit, draft, choices: [] };
  const choices = await feeChoices(visit, draft.desk, draft.procedure.code, draft.fields);
  return { visit, draft, choices, pricing: await pricingOf(visit, draft.desk, choices, draft.fields) };
}

/** The panel that an address asks for; empty, with 204, where the asking page shows exactly this already. */
async function panelAsked(visit: OfficerVisit, desk: Desk): Promise<string> {
  const { req } = visit;
  const id = textIn(req.query['obligation']);
  return id === '' ? <IdlePanel visit={visit} /> : panelOf(visit, desk, id, textIn(req.query['seen']));
}

export async function panelOf(visit: OfficerVisit, desk: Desk, obligationId: string, look = ''): Promise<string> {
  const { ctx, actor, req, res, language } = visit;
  const facts = await panelFacts(visit, await obligationInSight(ctx.store.tables, actor, obligationId));
  const step = stepFor(facts, stepIn(req.query['step']));
  const seen = await seeObligation(ctx, actor, obligationId);
  if (look === panelLook(seen, facts, step)) {
    res.status(204);
    return '';
  }
  const code = Object.entries(refusals).find(([known]) => known === req.query['refused']);
  const refused = code ? { refused: code[1][language] } : {};
  return <CounterPanel visit={visit} desk={desk} seen={seen} facts={facts} step={step} {...refused} />;
}
