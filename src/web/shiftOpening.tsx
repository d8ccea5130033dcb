// Opening a shift at the counter: what lies in the drawer is asked first; Enter takes what the shift before left there.
import { demand } from '../actions/demand';
import { openShift } from '../actions/openShift';
import { openShiftAt } from '../actions/seeShift';
import { zero } from '../domain/money';
import { actedOn } from './cashParts';
import { say } from './counterLabels';
import { deskOf, type Desk } from './desk';
import { inDong, inFigures } from './format';
import { emptyForm, FieldNotes, FormErrors, type FormState } from './formFields';
import { FormToken, OfficerPage } from './layout';
import { refusedForm } from './refusedForm';
import type { Fields, OfficerVisit, Shown } from './screen';
import { amountOrNothing } from './typedAmount';
import { unitOf } from './unit';

export async function showShiftOpening(visit: OfficerVisit): Promise<Shown> {
  demand(visit.actor, 'work_shift');
  const desk = await deskOf(visit);
  return desk ? openingPage(visit, desk, emptyForm) : { redirect: '/counter/choose' };
}

/** Without a float: what the shift before left. */
export async function takeShiftOpening(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const desk = await deskOf(visit);
  if (!desk) return { redirect: '/counter/choose' };
  const { float: typed = '' } = sent;
  const float = amountOrNothing(typed);
  if (typed !== '' && !float) {
    visit.res.status(400);
    return openingPage(visit, desk, { values: sent, errors: { float: visit.t('amountShape') } });
  }
  const opening = { actor: visit.actor, counterId: desk.counter.id, ...(float ? { float } : {}) };
  let refused: FormState | undefined;
  const done = await actedOn(async () => {
    refused = await refusedForm(visit, openShift(visit.ctx, opening), sent, { shift_float_short: 'float' });
    return '/counter';
  }, '/counter');
  return refused ? openingPage(visit, desk, refused) : done;
}

async function openingPage(visit: OfficerVisit, { counter }: Desk, form: FormState): Promise<Shown> {
  const { ctx, t, formToken } = visit;
  const { open, last } = await openShiftAt(ctx.store.tables, counter.id);
  if (open) return { redirect: `/shifts/${open.shift.id}` };
  const left = last?.close?.handedOn ?? zero;
  const title = `${t('shiftOpenHere')} · ${counter.name}`;
  return (
    <OfficerPage visit={visit} title={title} unit={await unitOf(visit)} look="cash">
      <link rel="stylesheet" href="/assets/cash.css" />
      <form method="post" action="/counter/shift" class="stack opening" data-once>
        <FormToken token={formToken} />
        <h1 safe>{title}</h1>
        <FormErrors form={form} t={t} />
        <label>
          <span safe>{t('shiftFloat')}</span>
          <input
            name="float"
            inputmode="numeric"
            maxlength="20"
            autocomplete="off"
            value={form.values['float'] ?? inFigures(left)}
            data-grouped="yes"
            data-first
            data-select
            aria-invalid={form.errors['float'] ? 'true' : undefined}
          />
          <FieldNotes
            error={form.errors['float']}
            hint={left.isPositive() ? say(t('shiftFloatHint'), { amount: inDong(left) }) : t('shiftFloatNone')}
          />
        </label>
        <div class="row">
          <button class="primary">
            <kbd>Enter</kbd> <span safe>{t('shiftOpenHere')}</span>
          </button>
          <a class="button quiet" href="/counter" data-key="Escape">
            <kbd>Esc</kbd> <span safe>{t('back')}</span>
          </a>
        </div>
      </form>
    </OfficerPage>
  );
}
