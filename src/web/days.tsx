// The first screen of the finance desk: where every account stands on the last days, and the đồng that nobody has found a home for.
import { listDays, type DayList, type DayRow } from '../actions/listDays';
import { listWaitingCloses } from '../actions/seeClose';
import { seeHomeless, type Homeless } from '../actions/seeHomeless';
import type { Account } from '../domain/agency';
import { bankOfBin } from '../domain/banks';
import type { DayStanding } from '../domain/reconciliation';
import { can } from '../domain/role';
import { addDays, dayOf, type Day } from '../domain/time';
import { say } from './counterLabels';
import { dayAddress } from './dayPlace';
import { DaySearchForm } from './daySearchForm';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedDay } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';
import { WaitingCloses } from './waitingCloses';

const shownDays = 7;

export async function showDays(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const today = dayOf(ctx.now());
  const to = askedDay(req, 'to') ?? today;
  const from = addDays(to, 1 - shownDays);
  const listed = await listDays(ctx, actor, { from, to });
  return (
    <OfficerPage visit={visit} title={t('daysTitle')} unit={await unitOf(visit)} look="days">
      <link rel="stylesheet" href="/assets/days.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {t('daysTitle')}
        </h1>
        {can(actor, 'import_statements') ? (
          <a class="button primary" href="/statements" safe>
            {t('dayStatements')}
          </a>
        ) : (
          ''
        )}
      </div>
      <WaitingCloses waiting={await listWaitingCloses(ctx, actor)} names={await ctx.store.tables.officers.listNames()} t={t} />
      <HomelessSum homeless={await seeHomeless(ctx, actor)} isLinked={can(actor, 'see_transactions')} t={t} />
      {can(actor, 'see_transactions') ? <DaySearchForm t={t} /> : ''}
      {listed.accounts.length === 0 ? (
        <p class="empty" safe>
          {t('daysNoAccount')}
        </p>
      ) : (
        <Grid listed={listed} days={Array.from({ length: shownDays }, (_, place) => addDays(to, -place))} today={today} t={t} />
      )}
      <p>
        <a href="/days/carried" safe>
          {t('carriedTitle')}
        </a>
      </p>
      <p class="row pages">
        <a class="button" href={addressOf('/days', { to: addDays(from, -1) })} safe>
          {t('daysOlder')}
        </a>
        {to < today ? (
          <a class="button" href={addressOf('/days', { to: addDays(to, shownDays) < today ? addDays(to, shownDays) : undefined })} safe>
            {t('daysNewer')}
          </a>
        ) : (
          ''
        )}
      </p>
    </OfficerPage>
  );
}

function HomelessSum({
  homeless: { sum, count, since },
  isLinked,
  t,
}: {
  homeless: Homeless;
  isLinked: boolean;
  t: Translate;
}): JSX.Element {
  if (count === 0)
    return (
      <p class="empty good homeless" safe>
        {t('homelessNone')}
      </p>
    );
  const words = [
    count === 1 ? t('homelessOne') : say(t('homelessCount'), { count: String(count) }),
    ...(since ? [say(t('homelessSince'), { time: inDateTime(since) })] : []),
  ];
  return (
    <p class="homeless">
      <span class="muted block" safe>
        {t('homelessSum')}
      </span>
      {isLinked ? (
        <a class="sum care" href="/unmatched" safe>
          {inDong(sum)}
        </a>
      ) : (
        <span class="sum care" safe>
          {inDong(sum)}
        </span>
      )}{' '}
      <span class="muted" safe>
        {words.join(' · ')}
      </span>
    </p>
  );
}

interface GridGiven {
  listed: DayList;
  days: readonly Day[];
  today: Day;
  t: Translate;
}

/** One row an account, one column a day, the newest first. */
const Grid = ({ listed: { accounts, rows }, days, today, t }: GridGiven): JSX.Element => (
  <div class="scroll">
    <table class="day-grid">
      <thead>
        <tr>
          <th safe>{t('dayAccount')}</th>
          {days.map((day) => (
            <th>
              <span safe>{inDate(day).slice(0, 5)}</span>
              {day === today ? <span safe>{` ${t('dayToday')}`}</span> : ''}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr>
            <th scope="row">
              <AccountName account={account} />
            </th>
            {days.map((day) => (
              <Cell row={rows.find((row) => row.accountId === account.id && row.day === day)} t={t} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

export const AccountName = ({ account: { bankBin, accountNumber, accountName } }: { account: Account }): JSX.Element => (
  <>
    <span class="strong block" safe>{`${bankOfBin(bankBin)?.shortName ?? bankBin} ${accountNumber}`}</span>
    <span class="small muted block" safe>
      {accountName}
    </span>
  </>
);

export const standingLooks: Record<DayStanding, string> = {
  no_statement: 'free',
  differences: 'part_paid',
  ready: 'paid',
  closed: 'cancelled closed',
};

export function standingWords({ standing, blocking }: Pick<DayRow, 'standing' | 'blocking'>, t: Translate): string {
  if (standing !== 'differences') return t(`dayStanding_${standing}`);
  if (blocking === 0) return t('dayStandingWaits');
  return blocking === 1 ? t('dayStandingOne') : say(t('dayStandingCount'), { count: String(blocking) });
}

function Cell({ row, t }: { row: DayRow | undefined; t: Translate }): JSX.Element {
  if (!row) return <td></td>;
  return (
    <td>
      <a class={`day-cell state state-${standingLooks[row.standing]}`} href={dayAddress(row)} data-row>
        <span safe>{standingWords(row, t)}</span>
      </a>
      {row.waitsForStatement ? (
        <span class="small care block" safe>
          {t('dayWaitsForStatement')}
        </span>
      ) : (
        ''
      )}
      {row.standing === 'closed' && row.blocking > 0 ? <OpenAgain row={row} t={t} /> : ''}
      {row.blocking > 0 ? (
        <span class="small muted block" safe>
          {inDong(row.unexplained)}
        </span>
      ) : (
        ''
      )}
    </td>
  );
}

const OpenAgain = ({ row, t }: { row: DayRow; t: Translate }): JSX.Element => (
  <a class="small care block" href={addressOf(dayAddress(row), { state: 'blocking' })} safe>
    {row.blocking === 1 ? t('dayOpenAgainOne') : say(t('dayOpenAgainCount'), { count: String(row.blocking) })}
  </a>
);
