// Citizens' reports of transfers that do not show: the list of the finance desk, the overdue ones first and marked.
import { listClaims, type ListedClaim } from '../actions/listClaims';
import { isOverdue, type Claim } from '../domain/claim';
import type { Instant } from '../domain/time';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { ObligationLink } from './parts';
import { askedText } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

export async function showClaims(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const isClosed = askedText(req, 'closed') !== undefined;
  const listed = await listClaims(ctx, actor, isClosed ? 'closed' : 'open');
  return (
    <OfficerPage visit={visit} title={t('claims')} unit={await unitOf(visit)} look="claims">
      <div class="row head">
        <h1 class="grow" safe>
          {t('claims')}
        </h1>
        <a href={isClosed ? '/claims' : '/claims?closed=1'} safe>
          {t(isClosed ? 'claimsOpen' : 'claimsClosed')}
        </a>
      </div>
      {listed.length === 0 ? (
        <p class={isClosed ? 'empty' : 'empty good'} safe>
          {t(isClosed ? 'claimsNoneClosed' : 'claimsNone')}
        </p>
      ) : (
        <Rows listed={listed} now={ctx.now()} t={t} />
      )}
    </OfficerPage>
  );
}

const looks: Record<Claim['state'], string> = {
  searching: 'open',
  proposed: 'part_paid',
  confirmed: 'part_paid',
  attached: 'paid',
  answered: 'free',
};

/** Word, icon and colour together. */
export const DeskState = ({ claim, t }: { claim: Claim; t: Translate }): JSX.Element => (
  <span class={`state state-${looks[claim.state]}`} safe>
    {t(`claimDeskState_${claim.state}`)}
  </span>
);

/** The day, and that it is over. */
export const Due = ({ claim, now, t }: { claim: Claim; now: Instant; t: Translate }): JSX.Element => (
  <>
    <span safe>{inDate(claim.answerBy)}</span>
    {isOverdue(claim, now) ? (
      <span class="state state-expired" safe>
        {t('claimOverdue')}
      </span>
    ) : (
      ''
    )}
  </>
);

const Rows = ({ listed, now, t }: { listed: readonly ListedClaim[]; now: Instant; t: Translate }): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th class="amount" safe>
          {t('amount')}
        </th>
        <th safe>{t('claimDue')}</th>
        <th safe>{t('claimStanding')}</th>
        <th safe>{t('claimDay')}</th>
        <th safe>{t('reference')}</th>
      </tr>
    </thead>
    <tbody>
      {listed.map(({ claim, obligation }, place) => (
        <tr>
          <td class="amount" data-label={t('amount')}>
            <a class="strong" href={`/claims/${claim.id}`} data-row data-first={place === 0} safe>
              {inDong(claim.amount)}
            </a>
          </td>
          <td data-label={t('claimDue')}>
            <Due claim={claim} now={now} t={t} />
          </td>
          <td data-label={t('claimStanding')}>
            <DeskState claim={claim} t={t} />
            <span class="small muted block" safe>
              {inDateTime(claim.raisedAt)}
            </span>
          </td>
          <td class="nowrap" data-label={t('claimDay')} safe>
            {inDate(claim.paidOn)}
          </td>
          <td data-label={t('reference')}>
            <ObligationLink obligation={obligation} t={t} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
