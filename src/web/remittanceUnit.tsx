// One unit that hands over to the State budget: its fees as the monthly forms want them, lines still to hand over, and its slips.
import { declarationOf, isSlipOverdue, type Declaration, type DeclarationRow, type UnitMonth } from '../actions/seeRemittances';
import { zero } from '../domain/money';
import { remittanceStateOf } from '../domain/remittance';
import { percentOfPoints } from '../domain/retention';
import { can } from '../domain/role';
import { dayOf, type Day } from '../domain/time';
import { ActForm } from './cashParts';
import { say } from './counterLabels';
import { inDate, inDong } from './format';
import { emptyForm, FormErrors, TextField, type FormState } from './formFields';
import type { Translate } from './labels';
import { addressOf } from './parts';
import { inMonth, SlipWords } from './remittance';
import type { RemittanceForms } from './remittances';
import { Retentions } from './retentions';
import type { OfficerVisit } from './screen';

export function OneUnit({ visit, unit, forms }: { visit: OfficerVisit; unit: UnitMonth; forms: RemittanceForms }): JSX.Element {
  const { t } = visit;
  const declaration = declarationOf(unit);
  return (
    <>
      <h2 safe>{unit.unit.agency.name}</h2>
      {unit.fees.length === 0 ? (
        <p class="muted" safe>
          {t('remitNone')}
        </p>
      ) : (
        <>
          <Form title={t('remitPhi')} form={declaration.phi} t={t} />
          <Form title={t('remitLePhi')} form={declaration.lePhi} t={t} />
          <p class="small muted">
            <span safe>{`${say(t('remitDeclareBy'), { day: inDate(declaration.dueDay) })} · `}</span>
            <a href={addressOf('/papers/declaration', { month: unit.month, unit: unit.unit.agency.code })} safe>
              {t('remitForms')}
            </a>
          </p>
        </>
      )}
      <div class="two">
        <Open visit={visit} unit={unit} form={forms.draft ?? emptyForm} />
        <Slips unit={unit} today={dayOf(visit.ctx.now())} t={t} />
      </div>
      <Retentions visit={visit} unit={unit} form={forms.rate ?? emptyForm} />
    </>
  );
}

const Form = ({ title, form, t }: { title: string; form: Declaration['phi']; t: Translate }): JSX.Element =>
  form.rows.length === 0 ? (
    <></>
  ) : (
    <section>
      <h3 safe>{title}</h3>
      <table class="cards cash-sums">
        <thead>
          <tr>
            <th safe>{t('remitFee')}</th>
            <th class="amount" safe>
              {t('remitCollected')}
            </th>
            <th safe>{t('remitRate')}</th>
            <th class="amount" safe>
              {t('remitRetained')}
            </th>
            <th class="amount" safe>
              {t('remitToBudget')}
            </th>
          </tr>
        </thead>
        <tbody>
          {form.rows.map((row) => (
            <tr>
              <td class="name">
                <span safe>{row.name}</span>
                <span class="small muted block" safe>
                  {row.feeId}
                </span>
              </td>
              <Amounts row={row} rate={rateWords(row, t)} t={t} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td safe>{t('remitTotal')}</td>
            <Amounts row={form} rate="" t={t} />
          </tr>
        </tfoot>
      </table>
    </section>
  );

const rateWords = ({ isWithoutRate, retainedPoints }: DeclarationRow, t: Translate): string =>
  isWithoutRate ? t('remitNoRate') : retainedPoints.map((points) => `${percentOfPoints(points).replace('.', ',')} %`).join(' · ');

const Amounts = ({
  row,
  rate,
  t,
}: {
  row: Pick<DeclarationRow, 'collected' | 'retained' | 'toBudget'>;
  rate: string;
  t: Translate;
}): JSX.Element => (
  <>
    <td class="amount" data-label={t('remitCollected')} safe>
      {inDong(row.collected)}
    </td>
    <td class="rate" data-label={t('remitRate')} safe>
      {rate}
    </td>
    <td class="amount" data-label={t('remitRetained')} safe>
      {inDong(row.retained)}
    </td>
    <td class="amount strong" data-label={t('remitToBudget')} safe>
      {inDong(row.toBudget)}
    </td>
  </>
);

function Open({ visit, unit, form }: { visit: OfficerVisit; unit: UnitMonth; form: FormState }): JSX.Element {
  const { actor, t } = visit;
  const { outstanding, outstandingSum } = unit;
  return (
    <section class="stack">
      <h3 safe>{t('remitOpenLines')}</h3>
      {outstanding.length === 0 ? (
        <p class="muted" safe>
          {t('remitOpenLinesNone')}
        </p>
      ) : (
        <table>
          <tbody>
            {outstanding.map((line) => (
              <tr>
                <td>
                  <span safe>{line.name}</span>
                  <span class="small muted block" safe>
                    {[inMonth(line.month), line.amount.isPositive() ? `${t('remitDue')} ${inDate(line.dueDay)}` : t('remitAhead')].join(
                      ' · ',
                    )}
                  </span>
                </td>
                <td class="amount" safe>
                  {inDong(line.amount)}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td safe>{t(outstandingSum.compare(zero) < 0 ? 'remitAhead' : 'remitLeft')}</td>
              <td class="amount strong" safe>
                {inDong(outstandingSum)}
              </td>
            </tr>
          </tfoot>
        </table>
      )}
      {outstandingSum.isPositive() && can(actor, 'remit') ? <Drafts visit={visit} unit={unit} form={form} /> : ''}
    </section>
  );
}

/** A slip of everything with one key, or of a sum that is typed. */
function Drafts({ visit, unit, form }: { visit: OfficerVisit; unit: UnitMonth; form: FormState }): JSX.Element {
  const { t } = visit;
  const draft = { visit, action: '/remittances', hidden: { agency: unit.unit.agency.code, month: unit.month } };
  return (
    <>
      <ActForm {...draft} label={say(t('remitDraft'), { amount: inDong(unit.outstandingSum) })} isPrimary />
      <details open={Object.keys(form.errors).length > 0}>
        <summary safe>{t('remitPart')}</summary>
        <p class="small muted" safe>
          {t('remitPartHint')}
        </p>
        <FormErrors form={form} t={t} />
        <ActForm {...draft} label={t('remitPartDraft')}>
          <TextField form={form} name="amount" label={t('remitPartAmount')} maxlength={20} />
        </ActForm>
      </details>
    </>
  );
}

const Slips = ({ unit: { remittances }, today, t }: { unit: UnitMonth; today: Day; t: Translate }): JSX.Element => (
  <section>
    <h3 safe>{t('remitSlips')}</h3>
    {remittances.length === 0 ? (
      <p class="muted" safe>
        {t('remitSlipsNone')}
      </p>
    ) : (
      <table>
        <tbody>
          {[...remittances].reverse().map((slip) => (
            <tr>
              <td>
                <a href={`/remittances/${slip.id}`} safe>
                  {say(t('remitSlip'), { number: String(slip.number) })}
                </a>
                <span class="small muted block" safe>
                  {inMonth(slip.month)}
                </span>
              </td>
              <td class="amount">
                <span class="block" safe>
                  {inDong(slip.amount)}
                </span>
                <SlipWords state={remittanceStateOf(slip)} t={t} />
                {isSlipOverdue(slip, today) ? (
                  <span class="state state-expired" safe>
                    {t('remitOverdue')}
                  </span>
                ) : (
                  ''
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);
