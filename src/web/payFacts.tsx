// What the citizen's page tells: where the payment stands, what it is for and by which law, and the receipts at the end.
import type { SeenPayPage } from '../actions/openPayPage';
import type { SeenObligation } from '../actions/seeObligation';
import { statusOf, type ObligationStatus } from '../domain/obligation';
import { receiptNameOf } from '../domain/receiptName';
import { dayOf } from '../domain/time';
import { say } from './counterLabels';
import { inDate, inDateTime, inDong, masked } from './format';
import type { Translate } from './labels';
import { lookOf, ReceiptState } from './receiptParts';
import type { Visit } from './screen';

interface Given {
  visit: Visit;
  page: SeenPayPage;
}

export const PayState = ({ status, t }: { status: ObligationStatus; t: Translate }): JSX.Element => (
  <span class={`state state-${status}`} safe>
    {t(`status_${status}`)}
  </span>
);

/** What has happened so far, and what that means for the payer. */
export function Outcome({ visit: { t, ctx }, page: { obligation, refunds } }: Given): JSX.Element {
  const { paid, excess, due, settledAt } = obligation;
  const sentences: Record<ObligationStatus, string> = {
    open: t('payWaiting'),
    part_paid: say(t('payPartHint'), { paid: inDong(paid) }),
    paid: settledAt ? say(t('payReceived'), { amount: inDong(due), time: inDateTime(settledAt) }) : '',
    overpaid: say(t('payOverHint'), { amount: inDong(excess) }),
    cancelled: t('payCancelledHint'),
    free: t('payFreeHint'),
  };
  return (
    <>
      <p safe>{sentences[statusOf(obligation)]}</p>
      {refunds.map(({ amount, requestedAt }) => (
        <p safe>{say(t('payRefund'), { amount: inDong(amount), date: inDate(dayOf(requestedAt)) })}</p>
      ))}
      <p class="small muted">
        <span safe>{say(t('payUpdated'), { time: inDateTime(ctx.now()) })}</span>{' '}
        <noscript>
          <a href="" safe>
            {t('payReload')}
          </a>
        </noscript>
      </p>
    </>
  );
}

/** The dossier, whose it is, and each line with its legal basis. */
export function ItsFor({ visit: { t }, page: { obligation, dossier, agency, notice } }: Given): JSX.Element {
  return (
    <section class="stack">
      <h2 safe>{t('payFor')}</h2>
      <dl class="pay-facts">
        <dt safe>{t('dossier')}</dt>
        <dd safe>{dossier.code}</dd>
        <dt safe>{t('payApplicant')}</dt>
        <dd safe>{masked(dossier.applicantName)}</dd>
        <dt safe>{t('payTo')}</dt>
        <dd safe>{agency?.name ?? ''}</dd>
      </dl>
      <ul class="plain pay-lines">
        {obligation.feeItems.map((item) => (
          <li>
            <p class="pay-line">
              <span safe>{item.name}</span>
              <span class="amount" safe>
                {inDong(item.amount)}
              </span>
            </p>
            <details class="small">
              <summary safe>{t('howAmount')}</summary>
              <ul class="plain">
                {item.trace.map((sentence) => (
                  <li safe>{sentence}</li>
                ))}
                <li safe>{item.legalBasis.join('; ')}</li>
              </ul>
            </details>
          </li>
        ))}
      </ul>
      {notice ? (
        <p class="small" safe>
          {say(t('payNotice'), { number: notice.number, date: inDate(notice.issuedOn) })}
        </p>
      ) : (
        ''
      )}
    </section>
  );
}

/** The receipts, with their files once they are signed. */
export function Receipts({ visit: { t }, page, token }: { visit: Visit; page: SeenObligation; token: string }): JSX.Element {
  const { receipts, obligation } = page;
  const isPaid = ['paid', 'overpaid'].includes(statusOf(obligation));
  if (!isPaid && receipts.length === 0) return <></>;
  return (
    <section class="stack">
      <h2 safe>{t('payReceipts')}</h2>
      {receipts.length === 0 && page.notice === undefined ? <p safe>{t('payReceiptSoon')}</p> : ''}
      <ul class="plain pay-receipts">
        {receipts.map((receipt) => (
          <li>
            <p class="pay-line">
              <strong safe>{receiptNameOf(receipt.content)}</strong>
              <ReceiptState look={lookOf(receipt)} label={t(`receipt_${lookOf(receipt)}`)} />
            </p>
            <p class="row">
              {receipt.signedAt ? (
                <a class="button" href={`/pay/${token}/receipts/${receipt.content.lookupCode}`}>
                  PDF
                </a>
              ) : (
                ''
              )}
              <a class="button" href={`/receipt/${receipt.content.lookupCode}`} safe>
                {t('payReceiptCheck')}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
