// What the citizen's page tells: where the payment stands, what it is for and by which law, and the receipts at the end.
import type { SeenPayPage } from '../actions/openPayPage';
import type { SeenObligation } from '../actions/seeObligation';
import { statusOf, type ObligationStatus } from '../domain/obligation';
import { receiptNameOf } from '../domain/receiptName';
import type { Refund } from '../domain/refund';
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
      {refunds.filter(isNews).map((refund) => (
        <p safe>{refundWords(refund, t)}</p>
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

/** What came to nothing is not told once it is asked for again. */
const isNews = (refund: Refund, place: number, all: readonly Refund[]): boolean =>
  !isBroken(refund) || !all.slice(place + 1).some((later) => later.transactionId === refund.transactionId);

const isBroken = ({ state }: Refund): boolean => state === 'refused' || state === 'failed';

/** How far a refund is, and what happens next. */
function refundWords(refund: Refund, t: Translate): string {
  const amount = inDong(refund.amount);
  if (isBroken(refund)) return say(t('payRefundWaits'), { amount });
  if (refund.confirmedAt) return say(t('payRefundDone'), { amount, date: inDate(dayOf(refund.confirmedAt)) });
  if (refund.state !== 'requested') return say(t('payRefundApproved'), { amount });
  return say(t('payRefund'), { amount, date: inDate(dayOf(refund.requestedAt)) });
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
    <section class="stack" id="receipts">
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
