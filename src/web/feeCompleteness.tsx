// How complete the publication of fees is at a unit: the share of complete pages, and every gap with the procedures that have it.
import { seePublication, type PublishedProcedure } from '../actions/publishedFees';
import { gaps, type Gap } from '../domain/feePublication';
import { percentOf } from '../domain/ratio';
import { say } from './counterLabels';
import { inDate, inPercent } from './format';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { agenciesOn, UnitAndDay } from './publicFees';
import { feeAddress, publicationAsked } from './publicFeeView';
import { askedText } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

export async function showFeeCompleteness(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const { agency, on, complete, incomplete } = await seePublication(ctx, actor, publicationAsked(req, ctx.now()));
  const all = complete.length + incomplete.length;
  const wanted = gaps.find((gap) => gap === askedText(req, 'gap'));
  const asked = { agency: agency.code, on };
  const shown = wanted ? incomplete.filter((one) => one.gaps.includes(wanted)) : incomplete;
  return (
    <OfficerPage visit={visit} title={t('feeCompleteness')} unit={await unitOf(visit)} look="fee-report">
      <link rel="stylesheet" href="/assets/publicFees.css" />
      <h1 safe>{t('feeCompleteness')}</h1>
      <p class="muted" safe>
        {`${agency.name} · ${inDate(on)}`}
      </p>
      <form class="fee-question" action="/fee-publication">
        <UnitAndDay visit={visit} agencyCode={agency.code} agencies={await agenciesOn(visit, on)} on={on} />
        <button safe>{t('feeShow')}</button>
      </form>
      <p>
        <strong class="sum" safe>
          {inPercent(percentOf(complete.length, all))}
        </strong>
        <span class="block" safe>
          {say(t('feeCompleteShare'), { complete: String(complete.length), all: String(all) })}
        </span>
      </p>
      <h2 safe>{t('feeGaps')}</h2>
      <nav class="row tight" aria-label={t('feeGaps')}>
        <a class="chip" href={addressOf('/fee-publication', asked)} aria-current={wanted ? undefined : 'true'} safe>
          {`${t('feeGapAll')} (${incomplete.length})`}
        </a>
        {gaps.map((gap) => (
          <GapChip
            gap={gap}
            count={incomplete.filter((one) => one.gaps.includes(gap)).length}
            asked={asked}
            isWanted={gap === wanted}
            t={t}
          />
        ))}
      </nav>
      {shown.length === 0 ? (
        <p class="empty" safe>
          {t('feeAllComplete')}
        </p>
      ) : (
        <GapTable shown={shown} t={t} />
      )}
    </OfficerPage>
  );
}

interface GapChipGiven {
  gap: Gap;
  count: number;
  asked: { agency: string; on: string };
  isWanted: boolean;
  t: OfficerVisit['t'];
}

const GapChip = ({ gap, count, asked, isWanted, t }: GapChipGiven): JSX.Element =>
  count === 0 ? (
    <></>
  ) : (
    <a class="chip" href={addressOf('/fee-publication', { ...asked, gap })} aria-current={isWanted ? 'true' : undefined} safe>
      {`${t(`gap_${gap}`)} (${count})`}
    </a>
  );

const GapTable = ({ shown, t }: { shown: readonly PublishedProcedure[]; t: OfficerVisit['t'] }): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th safe>{t('procedure')}</th>
        <th safe>{t('feeGaps')}</th>
      </tr>
    </thead>
    <tbody>
      {shown.map(({ procedure, sectorName, agency, on, gaps: missing }) => (
        <tr>
          <td>
            <a href={feeAddress(procedure.code, { agency: agency.code, on })} safe>
              {procedure.name}
            </a>
            <span class="small muted block" safe>
              {`${procedure.code} · ${sectorName}`}
            </span>
          </td>
          <td data-label={t('feeGaps')} safe>
            {missing.map((gap) => t(`gap_${gap}`)).join('; ')}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
