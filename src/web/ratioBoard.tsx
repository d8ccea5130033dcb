// The ratio board: both ratios of a period by sector, agency or procedure; every number opens to the dossiers that make it.
import { reportRatios, type RatioReport } from '../actions/reportRatios';
import { inDateTime } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { boardAddress, groupings, nearPeriods, periodWords, ratioAsked, type RatioAsked } from './ratioQuestion';
import { RatioTable } from './ratioTable';
import type { OfficerVisit, Shown } from './screen';

export async function showRatioBoard(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const asked = ratioAsked(req, ctx.now());
  const report = await reportRatios(ctx, { actor, ...asked });
  const { narrowed, unit } = await placesOf(visit, asked);
  return (
    <OfficerPage visit={visit} title={t('ratioTitle')} unit={unit} look="ratios">
      <header class="row head">
        <div class="grow">
          <h1 safe>{t('ratioTitle')}</h1>
          <p safe>{[`${t('period')} ${periodWords(asked)}`, unit, ...narrowed].join(' · ')}</p>
          <p class="small muted" safe>
            {`${t('asOf')} ${inDateTime(report.asOf)}`}
          </p>
        </div>
      </header>
      <Questions asked={asked} visit={visit} />
      {narrowed.length > 0 ? (
        <p class="no-print">
          <a href={boardAddress({ from: asked.from, to: asked.to, by: 'sector' })} safe>
            {t('seeAll')}
          </a>
        </p>
      ) : (
        ''
      )}
      {report.rows.length === 0 ? (
        <p class="empty" safe>
          {t('noRatios')}
        </p>
      ) : (
        <RatioTable report={report} asked={asked} t={t} />
      )}
      <Definitions report={report} t={t} />
      <p class="only-print small" safe>{`${t('printedBy')}: ${actor.name} · ${inDateTime(ctx.now())}`}</p>
    </OfficerPage>
  );
}

/** The officer's own unit, and the names of what the board is narrowed to. */
async function placesOf({ ctx, actor }: OfficerVisit, { agency, sector }: RatioAsked): Promise<{ unit: string; narrowed: string[] }> {
  const agencies = await ctx.store.tables.agencies.list();
  const sectors = await ctx.store.tables.agencies.listSectors();
  const named = (places: readonly { code: string; name: string }[], code: string): string =>
    places.find((place) => place.code === code)?.name ?? code;
  return {
    unit: named(agencies, actor.agencyCode),
    narrowed: [...(agency ? [named(agencies, agency)] : []), ...(sector ? [named(sectors, sector)] : [])],
  };
}

function Questions({ asked, visit: { ctx, t } }: { asked: RatioAsked; visit: OfficerVisit }): JSX.Element {
  return (
    <div class="questions no-print">
      <nav class="row tight" aria-label={t('period')}>
        {nearPeriods(ctx.now()).map(([label, period]) => (
          <a
            class="chip"
            href={boardAddress({ ...asked, ...period })}
            aria-current={period.from === asked.from && period.to === asked.to ? 'true' : undefined}
            safe
          >
            {t(label)}
          </a>
        ))}
      </nav>
      <form class="row" action="/ratios">
        <label>
          <span safe>{t('from')}</span>
          <input type="date" name="from" value={asked.from} required />
        </label>
        <label>
          <span safe>{t('to')}</span>
          <input type="date" name="to" value={asked.to} required />
        </label>
        <label>
          <span safe>{t('groupBy')}</span>
          <select name="by">
            {groupings.map((by) => (
              <option value={by} selected={by === asked.by} safe>
                {t(`by_${by}`)}
              </option>
            ))}
          </select>
        </label>
        {asked.agency ? <input type="hidden" name="agency" value={asked.agency} /> : ''}
        {asked.sector ? <input type="hidden" name="sector" value={asked.sector} /> : ''}
        <button safe>{t('show')}</button>
      </form>
    </div>
  );
}

/** Printed with every report: what is counted, by which version, and when. */
const Definitions = ({ report, t }: { report: RatioReport; t: Translate }): JSX.Element => (
  <section class="definitions small">
    <h2 class="small" safe>
      {t('howCounted')}
    </h2>
    <p safe>{t('cashlessDefinition')}</p>
    <p safe>{t('onlineDefinition')}</p>
    <p class="muted" safe>{`${t('definitionVersion')} ${report.definitionVersion} · ${t('asOf')} ${inDateTime(report.asOf)}`}</p>
  </section>
);
