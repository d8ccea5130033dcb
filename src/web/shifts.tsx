// Shifts of a day: through the tree of agencies with sums, what waits for a second person, cash that goes back, and every shift.
import { listOpenReturns } from '../actions/listCashReturns';
import { seeShifts, type Overview, type SeenShift } from '../actions/seeShift';
import { zero, type Money } from '../domain/money';
import { can, signatureOf } from '../domain/role';
import { differenceOf, isOpen, waitsForConfirmation, type Shift } from '../domain/shift';
import type { ShiftSums } from '../domain/shiftOverview';
import { addDays, dayOf } from '../domain/time';
import { CashReturns } from './cashReturns';
import { Refused } from './cashParts';
import { say } from './counterLabels';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedDay, askedText } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

export async function showShifts(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const day = askedDay(req, 'day') ?? dayOf(ctx.now());
  const agencyCode = askedText(req, 'agency');
  const seen = await seeShifts(ctx, actor, { day, ...(agencyCode ? { agencyCode } : {}) });
  const returns = await listOpenReturns(ctx, actor, agencyCode);
  const to = (on: typeof day): string => addressOf('/shifts', { day: on, agency: agencyCode });
  const safeReturns = await CashReturns({ visit, returns, back: to(day) });
  const title = say(t('shiftsOfDay'), { day: inDate(day) });
  return (
    <OfficerPage visit={visit} title={t('shifts')} unit={await unitOf(visit)} look="cash">
      <link rel="stylesheet" href="/assets/cash.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {title}
        </h1>
        <a class="button quiet" href={to(addDays(day, -1))} safe>
          {t('shiftsDayBefore')}
        </a>
        <a class="button quiet" href={to(addDays(day, 1))} safe>
          {t('shiftsDayAfter')}
        </a>
        {can(actor, 'work_shift') && !seen.shifts.some(({ shift }) => isOpen(shift) && shift.officerId === signatureOf(actor)) ? (
          <a class="button" href="/counter/shift" safe>
            {t('shiftOpenHere')}
          </a>
        ) : (
          ''
        )}
        <a class="button" href={addressOf('/cash-book', { day, agency: agencyCode })} safe>
          {t('cashBook')}
        </a>
        <a class="button" href={addressOf('/deposits', { agency: agencyCode })} safe>
          {t('deposits')}
        </a>
      </div>
      <Refused visit={visit} />
      {seen.rows.length === 0 ? (
        <p class="empty" safe>
          {t('shiftsNone')}
        </p>
      ) : (
        <Tree seen={seen} t={t} />
      )}
      <Unconfirmed seen={seen} canSign={can(actor, 'sign_close')} t={t} />
      {safeReturns}
      <AllShifts seen={seen} t={t} />
    </OfficerPage>
  );
}

/** Kept sums open the list of their agency. */
const Tree = ({ seen, t }: { seen: Overview; t: Translate }): JSX.Element => (
  <table class="cards cash-sums">
    <thead>
      <tr>
        <th safe>{t('shiftsUnit')}</th>
        <th class="amount" safe>
          {t('shiftsCount')}
        </th>
        <th class="amount" safe>
          {t('shiftCash')}
        </th>
        <th class="amount" safe>
          {t('shiftReturned')}
        </th>
        <th class="amount" safe>
          {t('shiftTransfer')}
        </th>
        <th class="amount" safe>
          {t('shiftOnline')}
        </th>
        <th class="amount" safe>
          {t('shiftOver')}
        </th>
        <th class="amount" safe>
          {t('shiftShort')}
        </th>
        <th class="amount" safe>
          {t('shiftPutAside')}
        </th>
      </tr>
    </thead>
    <tbody>
      {seen.rows.map(({ agency, depth, sums }) => (
        <tr>
          <td class={`name depth-${Math.min(depth, 4)}`}>
            <a href={addressOf('/shifts', { day: seen.day, agency: agency.code })} safe>
              {agency.name}
            </a>
          </td>
          <SumCells sums={sums} t={t} />
        </tr>
      ))}
    </tbody>
    <tfoot>
      <tr>
        <td safe>{t('shiftsTotal')}</td>
        <SumCells sums={seen.total} t={t} />
      </tr>
    </tfoot>
  </table>
);

function SumCells({ sums, t }: { sums: ShiftSums; t: Translate }): JSX.Element {
  const amounts: readonly (readonly [string, Money])[] = [
    [t('shiftCash'), sums.cashTaken],
    [t('shiftReturned'), sums.cashReturned],
    [t('shiftTransfer'), sums.transferTaken],
    [t('shiftOnline'), sums.onlineTaken],
    [t('shiftOver'), sums.over],
    [t('shiftShort'), sums.short],
    [t('shiftPutAside'), sums.putAside],
  ];
  return (
    <>
      <td class="amount" data-label={t('shiftsCount')}>
        <span safe>{String(sums.shifts)}</span>
        {sums.open > 0 ? (
          <span class="small muted block" safe>
            {say(t('shiftsOpenCount'), { count: String(sums.open) })}
          </span>
        ) : (
          ''
        )}
      </td>
      {amounts.map(([label, amount]) => (
        <td class={amount.isZero() ? 'amount muted' : 'amount'} data-label={label} safe>
          {inDong(amount)}
        </td>
      ))}
    </>
  );
}

const Unconfirmed = ({ seen: { unconfirmed }, canSign, t }: { seen: Overview; canSign: boolean; t: Translate }): JSX.Element =>
  unconfirmed.length === 0 ? (
    <></>
  ) : (
    <section class={canSign ? 'look-at' : ''}>
      <h2 safe>{t('shiftUnconfirmed')}</h2>
      <ul class="plain">
        {unconfirmed.map((one) => (
          <li class="row tight">
            <ShiftLink seen={one} t={t} />
            <DifferenceWords shift={one.shift} t={t} />
            <span class="muted" safe>
              {one.shift.close?.reason ?? ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );

const AllShifts = ({ seen, t }: { seen: Overview; t: Translate }): JSX.Element =>
  seen.shifts.length === 0 ? (
    <></>
  ) : (
    <section>
      <h2 safe>{t('shiftsAll')}</h2>
      <table class="cards">
        <thead>
          <tr>
            <th safe>{t('shiftCounter')}</th>
            <th safe>{t('shiftOfficer')}</th>
            <th safe>{t('shiftOpened')}</th>
            <th safe>{t('shiftClosed')}</th>
            <th class="amount" safe>
              {t('shiftFloat')}
            </th>
            <th class="amount" safe>
              {t('shiftCash')}
            </th>
            <th class="amount" safe>
              {t('shiftExpected')}
            </th>
            <th safe>{t('shiftDifference')}</th>
          </tr>
        </thead>
        <tbody>
          {seen.shifts.map((one, place) => (
            <ShiftRow seen={one} isFirst={place === 0} t={t} />
          ))}
        </tbody>
      </table>
    </section>
  );

const ShiftRow = ({ seen, isFirst, t }: { seen: SeenShift; isFirst: boolean; t: Translate }): JSX.Element => {
  const { shift, takings, expected, officerName } = seen;
  return (
    <tr>
      <td class="name">
        <ShiftLink seen={seen} t={t} isFirst={isFirst} />
        <span class="small muted block" safe>
          {seen.agency?.name ?? ''}
        </span>
      </td>
      <td data-label={t('shiftOfficer')} safe>
        {officerName ?? shift.officerId}
      </td>
      <td class="nowrap" data-label={t('shiftOpened')} safe>
        {inDateTime(shift.openedAt)}
      </td>
      <td class="nowrap" data-label={t('shiftClosed')} safe>
        {shift.close ? inDateTime(shift.close.at) : t('shiftState_open')}
      </td>
      <td class="amount" data-label={t('shiftFloat')} safe>
        {inDong(shift.openingFloat)}
      </td>
      <td class="amount" data-label={t('shiftCash')} safe>
        {inDong(takings.cashTaken)}
      </td>
      <td class="amount" data-label={t('shiftExpected')} safe>
        {inDong(expected)}
      </td>
      <td data-label={t('shiftDifference')}>
        <DifferenceWords shift={shift} t={t} />
      </td>
    </tr>
  );
};

export const ShiftLink = ({ seen: { shift, counter }, t, isFirst }: { seen: SeenShift; t: Translate; isFirst?: boolean }): JSX.Element => (
  <a class="strong" href={`/shifts/${shift.id}`} data-row data-first={isFirst} safe>
    {say(t('shiftAt'), { number: String(shift.number), counter: counter?.name ?? shift.counterId })}
  </a>
);

/** Word, icon and colour together. */
export function DifferenceWords({ shift, t }: { shift: Shift; t: Translate }): JSX.Element {
  if (!shift.close)
    return (
      <span class="state state-open" safe>
        {t('shiftState_open')}
      </span>
    );
  const difference = differenceOf(shift.close);
  const look = difference.isZero() ? 'paid' : waitsForConfirmation(shift) ? 'expired' : 'part_paid';
  return (
    <span class={`state state-${look}`} safe>
      {difference.isZero() ? t('shiftNoDifference') : differenceText(difference, t)}
    </span>
  );
}

export const differenceText = (difference: Money, t: Translate): string =>
  difference.isPositive() ? `${t('shiftOver')} ${inDong(difference)}` : `${t('shiftShort')} ${inDong(zero.minus(difference))}`;
