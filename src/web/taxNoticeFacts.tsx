// What a tax notice says, how it stands, and the document that the tax yields once it is paid, beside its obligation.
import { taxDocumentOf, type SeenNotice } from '../actions/seeNotices';
import type { SeenObligation } from '../actions/seeObligation';
import { bankOfBin } from '../domain/banks';
import { isOverdue } from '../domain/taxNotice';
import { dayOf, type Instant } from '../domain/time';
import { inDate, inDong, inMoment } from './format';
import type { Translate } from './labels';
import { Facts, type NamedFact } from './parts';

interface Given {
  seen: SeenObligation & { notice: SeenNotice };
  now: Instant;
  t: Translate;
}

export const hasNotice = (seen: SeenObligation): seen is SeenObligation & { notice: SeenNotice } => seen.notice !== undefined;

/** `Quá hạn nộp`, as a word beside the state. */
export const Overdue = ({ seen: { obligation, notice }, now, t }: Given): JSX.Element =>
  isOverdue(notice, obligation, dayOf(now)) ? (
    <span class="flag" title={t('overdueHint')} safe>
      {t('overdue')}
    </span>
  ) : (
    <></>
  );

export function TaxNoticeFacts({ seen, now, t }: Given): JSX.Element {
  const { notice, obligation } = seen;
  const { account, replacedBy } = notice;
  const facts: readonly NamedFact[] = [
    [t('taxNoticeNumber'), notice.number],
    [t('taxNoticeIssuer'), notice.issuer],
    [t('taxNoticeIssuedOn'), inDate(notice.issuedOn)],
    [t('taxpayer'), notice.taxpayerName],
    [t('dueOn'), inDate(notice.dueOn)],
    [t('subItem'), `${notice.subItem} · ${t('chapter')} ${notice.chapter}`],
    [t('treasuryNumber'), `${bankOfBin(account.bankBin)?.shortName ?? account.bankBin} ${account.accountNumber}`],
    [t('treasuryName'), account.accountName],
    [t('revenueBody'), notice.revenueBody],
    [t('treasuryCode'), notice.treasuryCode],
    [t('replacesNotice'), notice.replaces],
  ];
  return (
    <section>
      <h2 safe>{t('taxNotice')}</h2>
      <Facts facts={facts} />
      {isOverdue(notice, obligation, dayOf(now)) ? (
        <p class="small" safe>
          {t('overdueHint')}
        </p>
      ) : (
        ''
      )}
      {replacedBy ? (
        <p class="small">
          <span safe>{t('replacedByNotice')}</span>{' '}
          <a href={`/obligations/${replacedBy.obligationId}`} safe>
            {replacedBy.number}
          </a>
        </p>
      ) : (
        ''
      )}
      {replacedBy && !obligation.cancelled ? (
        <p class="flag" safe>
          {t('replacedYetPaid')}
        </p>
      ) : (
        ''
      )}
    </section>
  );
}

/** In place of receipts: a tax yields none of ours. */
export function TaxDocumentFacts({ seen, t }: Pick<Given, 'seen' | 't'>): JSX.Element {
  const document = taxDocumentOf(seen);
  return (
    <section>
      <h2 safe>{t('taxDocument')}</h2>
      {document ? (
        <ul class="lines">
          {document.payments.map(({ transactionId, bankReference, amount, paidAt }) => (
            <li>
              <span class="grow" safe>{`${t('taxNoticeNumber')} ${document.noticeNumber}`}</span>
              <strong class="amount" safe>
                {inDong(amount)}
              </strong>
              <span class="whole small" safe>
                {`${t('bankReference')} ${bankReference ?? transactionId} · ${t('taxDocumentPaid')} ${inMoment(paidAt)}`}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p class="muted" safe>
          {t('taxDocumentWhenPaid')}
        </p>
      )}
      <p class="small muted" safe>
        {t('taxDocumentBy')}
      </p>
    </section>
  );
}
