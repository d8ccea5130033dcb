// What is handed over to the State budget in a month: every unit in sight with its sums, and one of them in full.
import { seeRemittances, type UnitMonth } from '../actions/seeRemittances';
import { sumOf, type Money } from '../domain/money';
import { addDays, dayOf, daysOfMonth } from '../domain/time';
import { Problem } from '../problems';
import { Refused } from './cashParts';
import { say } from './counterLabels';
import { inDate, inDong } from './format';
import type { FormState } from './formFields';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedText } from './query';
import { inMonth } from './remittance';
import { OneUnit } from './remittanceUnit';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

export const showRemittances = (visit: OfficerVisit): Promise<Shown> => {
  const agencyCode = askedText(visit.req, 'agency');
  const month = askedText(visit.req, 'month') ?? dayOf(visit.ctx.now()).slice(0, 7);
  return remittancesPage(visit, {}, { month, ...(agencyCode ? { agencyCode } : {}) });
};

/** Those of the unit that were sent back. */
export interface RemittanceForms {
  draft?: FormState;
  rate?: FormState;
}

interface Question {
  month: string;
  agencyCode?: string;
}

/** With `agencyCode`: one unit in full; else the units in sight, and that one in full which is alone. */
export async function remittancesPage(visit: OfficerVisit, forms: RemittanceForms, { month, agencyCode }: Question): Promise<Shown> {
  const { ctx, actor, t } = visit;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new Problem('request_invalid', 'month');
  const all = await seeRemittances(ctx, actor, month);
  const unit = agencyCode === undefined ? (all.length === 1 ? all[0] : undefined) : all.find((one) => one.unit.agency.code === agencyCode);
  if (agencyCode !== undefined && !unit) throw new Problem('agency_unknown', agencyCode);
  const to = (of: string): string => addressOf('/remittances', { month: of, agency: agencyCode });
  return (
    <OfficerPage visit={visit} title={t('remittances')} unit={await unitOf(visit)} look="cash">
      <link rel="stylesheet" href="/assets/cash.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {say(t('remittancesTitle'), { month: inMonth(month) })}
        </h1>
        <a class="button quiet" href={to(addDays(daysOfMonth(month).from, -1).slice(0, 7))} safe>
          {t('remitMonthBefore')}
        </a>
        <a class="button quiet" href={to(addDays(daysOfMonth(month).to, 1).slice(0, 7))} safe>
          {t('remitMonthAfter')}
        </a>
      </div>
      <Refused visit={visit} />
      <Units all={all} month={month} shown={unit?.unit.agency.code} t={t} />
      {unit ? <OneUnit visit={visit} unit={unit} forms={forms} /> : ''}
    </OfficerPage>
  );
}

/** Each unit opens what makes its numbers; the last line is the sum. */
const Units = ({
  all,
  month,
  shown,
  t,
}: {
  all: readonly UnitMonth[];
  month: string;
  shown: string | undefined;
  t: Translate;
}): JSX.Element => (
  <table class="cards cash-sums">
    <thead>
      <tr>
        <th safe>{t('remitUnit')}</th>
        <th class="amount" safe>
          {t('remitCollected')}
        </th>
        <th class="amount" safe>
          {t('remitRetained')}
        </th>
        <th class="amount" safe>
          {t('remitToBudget')}
        </th>
        <th class="amount" safe>
          {t('remitLeft')}
        </th>
        <th safe>{t('remitDue')}</th>
      </tr>
    </thead>
    <tbody>
      {all.map((one) => (
        <UnitRow one={one} month={month} isShown={one.unit.agency.code === shown} t={t} />
      ))}
    </tbody>
    {all.length > 1 ? (
      <tfoot>
        <tr>
          <td safe>{t('remitTotal')}</td>
          <UnitSums of={all} t={t} />
          <td></td>
        </tr>
      </tfoot>
    ) : (
      ''
    )}
  </table>
);

const UnitRow = ({ one, month, isShown, t }: { one: UnitMonth; month: string; isShown: boolean; t: Translate }): JSX.Element => (
  <tr class={isShown ? 'shown' : ''}>
    <td class="name">
      <a href={addressOf('/remittances', { month, agency: one.unit.agency.code })} data-row safe>
        {one.unit.agency.name}
      </a>
    </td>
    <UnitSums of={[one]} t={t} />
    <td data-label={t('remitDue')}>
      {one.outstandingSum.isPositive() ? <span safe>{inDate(one.dueDay)}</span> : ''}
      {one.isOverdue ? (
        <span class="state state-expired" safe>
          {t('remitOverdue')}
        </span>
      ) : (
        ''
      )}
    </td>
  </tr>
);

function UnitSums({ of, t }: { of: readonly UnitMonth[]; t: Translate }): JSX.Element {
  const fees = of.flatMap((one) => one.fees);
  const sums: readonly (readonly [string, Money])[] = [
    [t('remitCollected'), sumOf(fees.map(({ collected }) => collected))],
    [t('remitRetained'), sumOf(fees.map(({ retained }) => retained))],
    [t('remitToBudget'), sumOf([...fees.map(({ toBudget }) => toBudget), ...of.flatMap(({ owed }) => owed.map(({ amount }) => amount))])],
    [t('remitLeft'), sumOf(of.map(({ outstandingSum }) => outstandingSum))],
  ];
  return (
    <>
      {sums.map(([label, amount]) => (
        <td class={amount.isZero() ? 'amount muted' : 'amount'} data-label={label} safe>
          {inDong(amount)}
        </td>
      ))}
    </>
  );
}
