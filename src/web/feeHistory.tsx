// One fee with all its versions: what is in force when, who drafted and who decided, and what was withdrawn.
import { seeFee, type HistoryEntry, type SeenFee } from '../actions/seeFees';
import { can } from '../domain/role';
import { isBetween, dayOf, type Day } from '../domain/time';
import { localityWords, Rates, Signed, spanWords, VersionState, versionAddress } from './feeParts';
import { inDateTime } from './format';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

export async function showFeeHistory(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const seen = await seeFee(ctx, actor, String(req.params['id']));
  const today = dayOf(ctx.now());
  const now = seen.history.find((entry) => entry.counts && isBetween(today, entry.fee.validFrom, entry.fee.validTo)) ?? seen.history[0];
  const fee = now?.fee;
  return (
    <OfficerPage visit={visit} title={fee?.name ?? seen.feeId} unit={await unitOf(visit)} look="fee-desk">
      <link rel="stylesheet" href="/assets/feeDesk.css" />
      <p>
        <a href="/fee-schedule" safe>
          {t('feeSchedule')}
        </a>
      </p>
      <div class="row head">
        <h1 class="grow" safe>
          {fee?.name ?? seen.feeId}
        </h1>
        {fee && can(actor, 'draft_fees') && fee.collectWhen !== 'theo_thong_bao_thue' ? (
          <a class="button primary" href={addressOf('/fee-schedule/draft', { fee: seen.feeId })} safe>
            {t(fee.localityCode === 'province' ? 'draftOwn' : 'draftChange')}
          </a>
        ) : (
          ''
        )}
      </div>
      <p class="muted" safe>
        {[
          seen.procedure ? `${seen.procedure.code} ${seen.procedure.name}` : '',
          fee ? `${t(`kind_${fee.kind}`)} · ${localityWords(fee.localityCode, visit)} · ${t(`collect_${fee.collectWhen}`)}` : '',
          seen.feeId,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <h2 safe>{t('feeHistory')}</h2>
      <History seen={seen} today={today} visit={visit} />
    </OfficerPage>
  );
}

const History = ({ seen, today, visit }: { seen: SeenFee; today: Day; visit: OfficerVisit }): JSX.Element => {
  const { t } = visit;
  return (
    <table class="cards history">
      <thead>
        <tr>
          <th safe>{t('validSpan')}</th>
          <th safe>{t('feeRates')}</th>
          <th safe>{t('versionState')}</th>
          <th safe>{t('legalBasis')}</th>
          <th safe>{t('versionDraftedBy')}</th>
          <th safe>{t('versionDecidedBy')}</th>
        </tr>
      </thead>
      <tbody>
        {seen.history.map((entry) => (
          <Entry entry={entry} names={seen.names} today={today} visit={visit} />
        ))}
      </tbody>
    </table>
  );
};

type EntryGiven = { entry: HistoryEntry; names: SeenFee['names']; today: Day; visit: OfficerVisit };

function Entry({ entry: { fee, version, counts }, names, today, visit }: EntryGiven): JSX.Element {
  const { t } = visit;
  const isNow = counts && isBetween(today, fee.validFrom, fee.validTo);
  return (
    <tr class={isNow ? 'is-now' : counts ? '' : 'is-past'}>
      <td class="name">
        {version ? (
          <a href={versionAddress(version.id)} safe>
            {spanWords(fee, visit)}
          </a>
        ) : (
          <span safe>{spanWords(fee, visit)}</span>
        )}
      </td>
      <td data-label={t('feeRates')}>
        <Rates fee={fee} words={visit} />
      </td>
      <td data-label={t('versionState')}>
        {version ? <VersionState version={version} words={visit} /> : <span safe>{t('version_first')}</span>}
        {!counts && (!version || version.decision?.verdict === 'approved') ? (
          <span class="small muted block" safe>
            {t('version_replaced')}
          </span>
        ) : (
          ''
        )}
      </td>
      <td class="break" data-label={t('legalBasis')} safe>
        {fee.legalBasis.join('; ')}
      </td>
      <td data-label={t('versionDraftedBy')}>
        {version ? <Signed by={version.draftedBy} at={inDateTime(version.draftedAt)} names={names} visit={visit} /> : ''}
      </td>
      <td data-label={t('versionDecidedBy')}>
        {version?.decision ? <Signed by={version.decision.by} at={inDateTime(version.decision.at)} names={names} visit={visit} /> : ''}
        {version?.decision?.note ? (
          <span class="small muted block" safe>
            {version.decision.note}
          </span>
        ) : (
          ''
        )}
      </td>
    </tr>
  );
}
