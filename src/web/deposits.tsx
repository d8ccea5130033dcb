// Cash on its way to the bank: what waits to be brought and by when, a form that records a deposit, and what became of each.
import { listDeposits, type Deposits, type SeenDeposit } from '../actions/listDeposits';
import { zero } from '../domain/money';
import { can } from '../domain/role';
import { dayOf } from '../domain/time';
import { grouped } from '../domain/grouping';
import { Refused } from './cashParts';
import { say } from './counterLabels';
import { inDate, inDong, inFigures } from './format';
import { emptyForm, FieldNotes, type FormState } from './formFields';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { askedText } from './query';
import type { OfficerVisit, Shown } from './screen';
import { ShiftLink } from './shifts';
import { unitOf } from './unit';

const mostShown = 100;

export const showDeposits = (visit: OfficerVisit): Promise<Shown> => depositsPage(visit, emptyForm);

export async function depositsPage(visit: OfficerVisit, form: FormState): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const seen = await listDeposits(ctx, actor, askedText(req, 'agency'), mostShown);
  const mayBring = can(actor, 'work_shift') || can(actor, 'remit');
  const agencies = grouped(seen.kept, (one) => one.seen.shift.agencyCode);
  return (
    <OfficerPage visit={visit} title={t('deposits')} unit={await unitOf(visit)} look="cash">
      <link rel="stylesheet" href="/assets/cash.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {t('depositsTitle')}
        </h1>
        <a class="button quiet" href="/shifts" safe>
          {t('shifts')}
        </a>
      </div>
      <Refused visit={visit} />
      <dl class="figures">
        <dt safe>{t('depositsKept')}</dt>
        <dd safe>{inDong(seen.keptSum)}</dd>
        <dt safe>{t('depositOnWay')}</dt>
        <dd safe>{inDong(seen.onItsWaySum)}</dd>
      </dl>
      {seen.kept.length === 0 ? (
        <p class="empty good" safe>
          {t('depositsKeptNone')}
        </p>
      ) : (
        [...agencies].map(([agencyCode, kept]) => (
          <Bring visit={visit} agencyCode={agencyCode} kept={kept} form={form} mayBring={mayBring} />
        ))
      )}
      <Done deposits={seen.deposits} t={t} />
    </OfficerPage>
  );
}

interface Bringing {
  visit: OfficerVisit;
  agencyCode: string;
  kept: Deposits['kept'];
  form: FormState;
  mayBring: boolean;
}

/** One form an agency: its shifts are chosen, and brought together. */
function Bring({ visit: { ctx, t, formToken }, agencyCode, kept, form, mayBring }: Bringing): JSX.Element {
  const own = form.values['agency'] === agencyCode ? form : emptyForm;
  const sum = kept.reduce((total, { amount }) => total.plus(amount), zero);
  const today = dayOf(ctx.now());
  return (
    <form method="post" action="/deposits" class="stack bring" data-once>
      <FormToken token={formToken} />
      <input type="hidden" name="agency" value={agencyCode} />
      <h2 safe>{kept[0]?.seen.agency?.name ?? agencyCode}</h2>
      <table class="cards">
        <thead>
          <tr>
            <th safe>{t('shiftCounter')}</th>
            <th safe>{t('shiftOfficer')}</th>
            <th safe>{t('depositDue')}</th>
            <th class="amount" safe>
              {t('depositAmount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {kept.map((one) => (
            <KeptRow one={one} isChosen={own === emptyForm || `shift.${one.seen.shift.id}` in own.values} t={t} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colspan="3" safe>
              {t('shiftsTotal')}
            </td>
            <td class="amount strong" safe>
              {inDong(sum)}
            </td>
          </tr>
        </tfoot>
      </table>
      {mayBring ? (
        <div class="row bring-fields">
          <Field form={own} name="amount" label={t('depositAmount')} hint={t('depositAmountHint')} value={inFigures(sum)} />
          <Field form={own} name="day" type="date" label={t('depositDay')} value={today} />
          <Field form={own} name="slip" label={t('depositSlip')} value="" />
          <button class="primary" safe>
            {t('depositRecord')}
          </button>
        </div>
      ) : (
        ''
      )}
    </form>
  );
}

const KeptRow = ({
  one: { seen, amount, due, isLate },
  isChosen,
  t,
}: {
  one: Deposits['kept'][number];
  isChosen: boolean;
  t: Translate;
}): JSX.Element => (
  <tr>
    <td class="name">
      <label class="choice">
        <input type="checkbox" name={`shift.${seen.shift.id}`} checked={isChosen} />
        <ShiftLink seen={seen} t={t} />
      </label>
    </td>
    <td data-label={t('shiftOfficer')} safe>
      {seen.officerName ?? seen.shift.officerId}
    </td>
    <td data-label={t('depositDue')}>
      <span safe>{inDate(due)}</span>
      {isLate ? (
        <span class="state state-expired" safe>
          {t('depositLate')}
        </span>
      ) : (
        ''
      )}
    </td>
    <td class="amount" data-label={t('depositAmount')} safe>
      {inDong(amount)}
    </td>
  </tr>
);

interface FieldGiven {
  form: FormState;
  name: string;
  label: string;
  value: string;
  type?: string;
  hint?: string;
}

const Field = ({ form, name, label, value, type = 'text', hint }: FieldGiven): JSX.Element => (
  <label>
    <span safe>{label}</span>
    <input name={name} type={type} required maxlength="40" autocomplete="off" value={form.values[name] ?? value} />
    <FieldNotes error={form.errors[name]} hint={hint} />
  </label>
);

const Done = ({ deposits, t }: { deposits: readonly SeenDeposit[]; t: Translate }): JSX.Element => (
  <section>
    <h2 safe>{t('depositsDone')}</h2>
    {deposits.length === 0 ? (
      <p class="muted" safe>
        {t('depositsNone')}
      </p>
    ) : (
      <table class="cards">
        <thead>
          <tr>
            <th class="amount" safe>
              {t('depositAmount')}
            </th>
            <th safe>{t('depositDay')}</th>
            <th safe>{t('depositSlip')}</th>
            <th safe>{t('depositCode')}</th>
            <th safe>{t('todayState')}</th>
          </tr>
        </thead>
        <tbody>
          {deposits.map((one) => (
            <tr>
              <td class="amount" data-label={t('depositAmount')}>
                <a class="strong" href={`/deposits/${one.deposit.id}`} data-row safe>
                  {inDong(one.deposit.amount)}
                </a>
              </td>
              <td data-label={t('depositDay')} safe>
                {inDate(one.deposit.day)}
              </td>
              <td class="break" data-label={t('depositSlip')} safe>
                {one.deposit.slipNumber}
              </td>
              <td data-label={t('depositCode')} safe>
                {one.deposit.code}
              </td>
              <td data-label={t('todayState')}>
                <DepositWords seen={one} t={t} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);

const looks = { waiting: 'open', arrived: 'paid', differs: 'part_paid', withdrawn: 'cancelled' } as const;

const stateOf = ({ deposit: { short }, state, onItsWay }: SeenDeposit, t: Translate): string =>
  state === 'arrived' && short.isPositive()
    ? say(t('depositStateShort'), { amount: inDong(short) })
    : say(t(`depositState_${state}`), { amount: inDong(onItsWay) });

/** Word, icon and colour together. */
export const DepositWords = ({ seen, t }: { seen: SeenDeposit; t: Translate }): JSX.Element => (
  <span class={`state state-${seen.isLate ? 'expired' : looks[seen.state]}`} safe>
    {stateOf(seen, t) + (seen.isLate ? ` · ${t('depositLate')}` : '')}
  </span>
);
