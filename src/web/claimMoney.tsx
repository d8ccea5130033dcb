// The money that fits a claim, with what agrees, and the form by which the first of two persons confirms it.
import type { Fitting } from '../actions/fittingMoney';
import type { SeenClaim } from '../actions/listClaims';
import { isOpenClaim } from '../domain/claim';
import { shownPayer } from '../domain/shownPayer';
import { inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { FormToken } from './layout';
import type { OfficerVisit } from './screen';

interface Given {
  visit: OfficerVisit;
  seen: SeenClaim;
}

export function DeskMoney({ visit, seen }: Given): JSX.Element {
  const { t } = visit;
  const { claim, fitting, transaction, rivals } = seen;
  if (!isOpenClaim(claim)) return transaction ? <Fits fit={{ transaction, evidence: [] }} visit={visit} seen={seen} /> : <></>;
  return (
    <section class="stack">
      <h2 safe>{t('claimMoney')}</h2>
      {rivals.length > 0 ? <Warning words={t('claimRival')} /> : ''}
      {fitting.length > 1 ? <Warning words={t('claimSeveral')} /> : ''}
      {fitting.length === 0 ? <p safe>{t('claimNoMoney')}</p> : ''}
      {fitting.map((fit) => (
        <Fits fit={fit} visit={visit} seen={seen} />
      ))}
    </section>
  );
}

const Warning = ({ words }: { words: string }): JSX.Element => (
  <p class="care" safe>
    {words}
  </p>
);

function Fits({ fit: { transaction, evidence }, visit, seen: { claim } }: Given & { fit: Fitting }): JSX.Element {
  const { t, actor, formToken } = visit;
  const payer = shownPayer(transaction, actor);
  const isFree = isOpenClaim(claim) && claim.state !== 'confirmed';
  return (
    <article class="stack">
      <dl class="facts">
        <dt safe>{t('amount')}</dt>
        <dd>
          <a href={`/transactions/${transaction.id}`} safe>
            {inDong(transaction.amount)}
          </a>
        </dd>
        <dt safe>{t('bankTime')}</dt>
        <dd safe>{inDateTime(transaction.bankTime)}</dd>
        <dt safe>{t('payer')}</dt>
        <dd safe>{[payer?.name, payer?.account].filter(Boolean).join(' · ') || '–'}</dd>
        <dt safe>{t('transferContent')}</dt>
        <dd class="break" safe>
          {transaction.content || t('noContent')}
        </dd>
        <dt safe>{t('claimReference')}</dt>
        <dd class="break" safe>
          {transaction.bankReference ?? '–'}
        </dd>
        {evidence.length > 0 ? <Agrees fit={{ transaction, evidence }} t={t} /> : ''}
      </dl>
      {isFree ? (
        <form method="post" action={`/claims/${claim.id}/confirm`} class="row" data-once>
          <FormToken token={formToken} />
          <input type="hidden" name="version" value={String(claim.version)} />
          <input type="hidden" name="transactionId" value={transaction.id} />
          <button class="primary" safe>
            {t('claimConfirm')}
          </button>
          <span class="small muted" safe>
            {t('claimConfirmHint')}
          </span>
        </form>
      ) : (
        ''
      )}
    </article>
  );
}

const Agrees = ({ fit: { evidence }, t }: { fit: Fitting; t: Translate }): JSX.Element => (
  <>
    <dt safe>{t('claimAgrees')}</dt>
    <dd class="good" safe>
      {[t('agrees_always'), ...evidence.map((one) => t(`agrees_${one}`))].join(', ')}
    </dd>
  </>
);
