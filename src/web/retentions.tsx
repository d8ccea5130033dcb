// Retention rates of a unit: those in force with their law, those that wait for a second person, and a form that proposes one.
import type { UnitMonth } from '../actions/seeRemittances';
import { percentOfPoints, remitDays, type Retention } from '../domain/retention';
import { can, signatureOf } from '../domain/role';
import { ActForm } from './cashParts';
import { inDate } from './format';
import { ChoiceField, FormErrors, TextField, type FormState } from './formFields';
import { FormToken } from './layout';
import type { OfficerVisit } from './screen';

interface Given {
  visit: OfficerVisit;
  unit: UnitMonth;
  form: FormState;
}

export function Retentions({ visit, unit, form }: Given): JSX.Element {
  const { actor, t } = visit;
  const shown = unit.retentions.filter(({ decision }) => decision?.decision !== 'refused');
  return (
    <section class="stack retentions" id="retentions">
      <h2 safe>{t('retentions')}</h2>
      <p class="small muted" safe>
        {t('remitNoRateHint')}
      </p>
      {shown.length === 0 ? (
        <p class="muted" safe>
          {t('retentionNone')}
        </p>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th safe>{t('retentionFee')}</th>
              <th safe>{t('remitUnit')}</th>
              <th class="amount" safe>
                {t('retentionPercent')}
              </th>
              <th safe>{t('retentionBasis')}</th>
              <th safe>{t('retentionFrom')}</th>
              <th safe>{t('retentionDay')}</th>
              <th safe>{t('todayState')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <Rate visit={visit} one={one} unit={unit} />
            ))}
          </tbody>
        </table>
      )}
      {can(actor, 'remit') ? <Propose visit={visit} unit={unit} form={form} /> : ''}
    </section>
  );
}

function Rate({ visit, one, unit }: { visit: OfficerVisit; one: Retention; unit: UnitMonth }): JSX.Element {
  const { actor, t } = visit;
  const state = one.decision ? 'approved' : 'proposed';
  const hidden = { agency: unit.unit.agency.code, month: unit.month };
  const mayDecide = !one.decision && can(actor, 'approve_remittance');
  return (
    <tr>
      <td data-label={t('retentionFee')} safe>
        {one.feeId}
      </td>
      <td data-label={t('remitUnit')} safe>
        {one.agencyCode}
      </td>
      <td class="amount" data-label={t('retentionPercent')} safe>
        {`${percentOfPoints(one.retainedPoints).replace('.', ',')} %`}
      </td>
      <td class="break" data-label={t('retentionBasis')} safe>
        {one.legalBasis}
      </td>
      <td class="nowrap" data-label={t('retentionFrom')} safe>
        {one.validTo ? `${inDate(one.validFrom)} – ${inDate(one.validTo)}` : inDate(one.validFrom)}
      </td>
      <td data-label={t('retentionDay')} safe>
        {t(`retentionDay_${one.remitByDay}`)}
      </td>
      <td data-label={t('todayState')}>
        <span class={`state state-${state === 'approved' ? 'paid' : 'open'}`} safe>
          {t(`retentionState_${state}`)}
        </span>{' '}
        {mayDecide && one.proposedBy !== signatureOf(actor) ? (
          <ActForm visit={visit} action={`/retentions/${one.id}/approve`} label={t('remitApprove')} isPrimary hidden={hidden} />
        ) : (
          ''
        )}
        {mayDecide ? <ActForm visit={visit} action={`/retentions/${one.id}/refuse`} label={t('remitRefuse')} hidden={hidden} /> : ''}
      </td>
    </tr>
  );
}

function Propose({ visit: { t, formToken }, unit, form }: Given): JSX.Element {
  const fees = unit.fees.map(({ feeId, name }) => [feeId, `${feeId} · ${name}`] as const);
  return (
    <details open={Object.keys(form.errors).length > 0}>
      <summary safe>{t('retentionPropose')}</summary>
      <form method="post" action="/retentions" class="stack propose" data-once>
        <FormToken token={formToken} />
        <input type="hidden" name="agency" value={unit.unit.agency.code} />
        <input type="hidden" name="month" value={unit.month} />
        <FormErrors form={form} t={t} />
        {fees.length > 0 ? (
          <ChoiceField form={form} name="fee" label={t('retentionFee')} choices={fees} />
        ) : (
          <TextField form={form} name="fee" label={t('retentionFee')} maxlength={64} />
        )}
        <div class="pair">
          <TextField form={form} name="percent" label={t('retentionPercent')} maxlength={6} />
          <ChoiceField
            form={form}
            name="day"
            label={t('retentionDay')}
            choices={remitDays.map((day) => [String(day), t(`retentionDay_${day}`)] as const)}
          />
        </div>
        <TextField form={form} name="basis" label={t('retentionBasis')} />
        <div class="pair">
          <TextField form={form} name="from" type="date" label={t('retentionFrom')} />
          <TextField form={form} name="to" type="date" label={t('retentionTo')} optional />
        </div>
        <button class="primary" safe>
          {t('retentionPropose')}
        </button>
      </form>
    </details>
  );
}
