// One account and one day: where it stands, the flow of its money, and what does not agree.
import { seeBeside } from '../actions/listBook';
import { reconcileDay } from '../actions/reconcileDay';
import { blockingOf, dayStandingOf, type Expected, type Reconciliation } from '../domain/reconciliation';
import { can } from '../domain/role';
import { addDays, dayOf } from '../domain/time';
import { say } from './counterLabels';
import { DayDifferences, DifferenceRow } from './dayDifferences';
import { filterAsked } from './dayFilter';
import { DayFlow } from './dayFlow';
import { dayAddress, dayPlaceIn, type DayPlace } from './dayPlace';
import { AccountName, standingLooks, standingWords } from './days';
import { inDate, inMoment, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedText } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

export async function showDay(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const place = dayPlaceIn(visit);
  const filter = filterAsked(req);
  const reconciliation = await reconcileDay(ctx, actor, place.accountId, place.day);
  const account = await ctx.store.tables.accounts.find(place.accountId);
  const names = await ctx.store.tables.officers.listNames();
  return (
    <OfficerPage visit={visit} title={say(t('dayTitle'), { day: inDate(place.day) })} unit={await unitOf(visit)} look="days">
      <link rel="stylesheet" href="/assets/days.css" />
      <script src="/assets/day.js" defer></script>
      <p class="row day-steps no-print">
        <a href="/days" safe>
          {t('daysTitle')}
        </a>
        <span class="grow"></span>
        <a href={dayAddress({ ...place, day: addDays(place.day, -1) })} safe>
          {t('dayPrevious')}
        </a>
        {place.day < dayOf(ctx.now()) ? (
          <a href={dayAddress({ ...place, day: addDays(place.day, 1) })} safe>
            {t('dayNext')}
          </a>
        ) : (
          ''
        )}
      </p>
      <div class="row head">
        <div class="grow">
          <h1 safe>{say(t('dayTitle'), { day: inDate(place.day) })}</h1>
          {account ? <AccountName account={account} /> : ''}
        </div>
        <DayState reconciliation={reconciliation} visit={visit} />
      </div>
      <DayFlow reconciliation={reconciliation} beside={await seeBeside(ctx, { actor, ...place })} t={t} />
      <DayDifferences
        differences={reconciliation.differences}
        filter={filter}
        after={askedText(req, 'after')}
        place={place}
        isCompared={reconciliation.statement === 'final'}
        names={names}
        visit={visit}
      />
      {reconciliation.late.length > 0 ? <Late reconciliation={reconciliation} names={names} visit={visit} /> : ''}
      <Carried title={t('dayExpected')} hint={t('dayExpectedHint')} rows={reconciliation.expected} place={place} t={t} />
      <Carried title={t('dayFromBefore')} rows={reconciliation.bookedFromBefore} place={place} t={t} />
    </OfficerPage>
  );
}

/** The one thing that one came to know, and what to do next. */
function DayState({ reconciliation, visit: { ctx, actor, t } }: { reconciliation: Reconciliation; visit: OfficerVisit }): JSX.Element {
  const { accountId, day, statement, statementId } = reconciliation;
  const standing = dayStandingOf(reconciliation);
  const blocking = blockingOf(reconciliation).length;
  const isImporter = can(actor, 'import_statements');
  if (day > dayOf(ctx.now()))
    return (
      <p class="day-state state state-big state-free" safe>
        {t('dayNotYet')}
      </p>
    );
  return (
    <div class="day-state">
      <span class={`state state-big state-${standingLooks[standing]}`} safe>
        {standingWords({ standing, blocking }, t)}
      </span>
      <span class="small muted block" safe>
        {t(`dayStatement_${statement}`) + (standing === 'closed' ? ` · ${t('dayOfNow')}` : '')}
      </span>
      <span class="row tight">
        {statementId ? (
          <a href={`/statements/${statementId}`} safe>
            {t('dayOpenStatement')}
          </a>
        ) : (
          ''
        )}
        {isImporter && standing !== 'closed' && statement !== 'final' ? (
          <a class="button primary" href={addressOf('/statements', { account: accountId })} safe>
            {t('dayStatements')}
          </a>
        ) : (
          ''
        )}
        {standing === 'closed' || day < dayOf(ctx.now()) ? (
          <a class={`button ${standing === 'ready' ? 'primary' : ''}`} href={dayAddress({ accountId, day }, '/close')} safe>
            {t(standing === 'closed' ? 'daySeeClose' : 'closeDay')}
          </a>
        ) : (
          ''
        )}
      </span>
    </div>
  );
}

/** Of what comes from other days. */
const mostShown = 100;

interface LateGiven {
  reconciliation: Reconciliation;
  names: ReadonlyMap<string, string>;
  visit: OfficerVisit;
}

/** Each row leads to the closed day that it is of, where all of them are. */
const Late = ({ reconciliation: { accountId, day, late }, names, visit }: LateGiven): JSX.Element => (
  <section>
    <h2 safe>{`${visit.t('dayLate')} ${late.length}`}</h2>
    <p class="small muted" safe>
      {visit.t('dayLateHint')}
    </p>
    <table class="cards day-differences">
      <tbody>
        {late.slice(0, mostShown).map((difference) => (
          <DifferenceRow
            difference={difference}
            isFirst={false}
            hasWays
            place={{ accountId, day: difference.day }}
            from={dayAddress({ accountId, day })}
            names={names}
            visit={visit}
          />
        ))}
      </tbody>
    </table>
  </section>
);

interface CarriedGiven {
  title: string;
  hint?: string;
  rows: readonly Expected[];
  place: DayPlace;
  t: Translate;
}

function Carried({ title, hint, rows, place, t }: CarriedGiven): JSX.Element {
  if (rows.length === 0) return <></>;
  return (
    <section>
      <h2 safe>{`${title} ${rows.length}`}</h2>
      {hint ? (
        <p class="small muted" safe>
          {hint}
        </p>
      ) : (
        ''
      )}
      <table class="cards">
        <tbody>
          {rows.slice(0, mostShown).map(({ transactionId, amount, bankReference, bankTime, expectedOn, isBooked }) => (
            <tr>
              <td class="amount">
                <a href={addressOf(`/transactions/${transactionId}`, { from: dayAddress(place) })} safe>
                  {inDong(amount)}
                </a>
              </td>
              <td class="nowrap" safe>
                {inMoment(bankTime)}
              </td>
              <td class="break" safe>
                {bankReference ?? ''}
              </td>
              <td safe>{say(t(isBooked ? 'dayBookedOn' : 'dayExpectedOn'), { day: inDate(expectedOn) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
