// What closes carried to a later day and is still open, so that nothing is forgotten behind a signature.
import { listCarried, type CarriedDay } from '../actions/listCarried';
import { can } from '../domain/role';
import { bankOfBin } from '../domain/banks';
import { DifferenceRow } from './dayDifferences';
import { dayAddress } from './dayPlace';
import { inDate } from './format';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedDay } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

export async function showCarried(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const { days, next } = await listCarried(ctx, actor, askedDay(req, 'before'));
  const names = await ctx.store.tables.officers.listNames();
  return (
    <OfficerPage visit={visit} title={t('carriedTitle')} unit={await unitOf(visit)} look="days">
      <link rel="stylesheet" href="/assets/days.css" />
      <script src="/assets/day.js" defer></script>
      <p>
        <a href="/days" data-key="Escape" safe>
          {t('daysTitle')}
        </a>
      </p>
      <h1 safe>{t('carriedTitle')}</h1>
      {days.length === 0 ? (
        <p class="empty good" safe>
          {t('carriedNone')}
        </p>
      ) : (
        days.map((day) => <OfDay day={day} names={names} visit={visit} />)
      )}
      {next ? (
        <p class="row pages">
          <a class="button" href={addressOf('/days/carried', { before: next })} safe>
            {t('nextPage')}
          </a>
        </p>
      ) : (
        ''
      )}
    </OfficerPage>
  );
}

interface Given {
  day: CarriedDay;
  names: ReadonlyMap<string, string>;
  visit: OfficerVisit;
}

function OfDay({ day: { account, day, differences }, names, visit }: Given): JSX.Element {
  const place = { accountId: account.id, day };
  return (
    <section>
      <h2>
        <a href={dayAddress(place)} safe>
          {`${inDate(day)} · ${bankOfBin(account.bankBin)?.shortName ?? account.bankBin} ${account.accountNumber}`}
        </a>
      </h2>
      <table class="cards day-differences">
        <tbody>
          {differences.map((difference) => (
            <DifferenceRow
              difference={difference}
              isFirst={false}
              hasWays={can(visit.actor, 'import_statements')}
              place={place}
              from={dayAddress(place)}
              names={names}
              visit={visit}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}
