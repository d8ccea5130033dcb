// The evidence on a finished panel: each payment with its time, bank and reference, how soon the counter knew, and the receipts.
import type { SeenPayment } from '../actions/seeObligation';
import { receiptNameOf } from '../domain/receiptName';
import { latestOf } from '../domain/receiptNeed';
import { epochMsOf } from '../domain/time';
import { say } from './counterLabels';
import type { PanelParts } from './counterPanel';
import { inDong, inTime } from './format';
import { receiptAddress } from './receiptParts';
import type { Visit } from './screen';

/** Longer than this the bank was late, or told us of an old day: no longer a number of seconds. */
const longestSeconds = 600;

export function PanelPayments({ visit, seen: { payments, receipts }, facts: { bankName } }: PanelParts): JSX.Element {
  return (
    <ul class="plain payments">
      {payments.map((payment) => (
        <li>
          <OnePayment visit={visit} payment={payment} bankName={bankName} />
        </li>
      ))}
      {latestOf(receipts).map((receipt) => (
        <li>
          <a href={receiptAddress(receipt)} safe>{`${visit.t('receipt')} ${receiptNameOf(receipt.content)}`}</a>
        </li>
      ))}
    </ul>
  );
}

function OnePayment({ visit: { t, language }, payment, bankName }: { visit: Visit; payment: SeenPayment; bankName: string }): JSX.Element {
  const { transaction } = payment;
  const brought = payment.amount.plus(payment.excess);
  const seconds = secondsOf(payment);
  return (
    <>
      <p class="payment">
        <strong safe>{inTime(payment.paidAt)}</strong>
        <span safe>{inDong(brought)}</span>
        <span safe>{transaction ? `${bankName} · ${t(`paidBy_${payment.method}`)}` : t('paidBy_cash')}</span>
        {seconds === undefined ? (
          ''
        ) : (
          <span title={t('heardAfterHint')} safe>
            {say(t('heardAfter'), { seconds: seconds.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB') })}
          </span>
        )}
      </p>
      <p class="small muted" safe>
        {[transaction?.provider, transaction?.bankReference, ...payment.flags.map((flag) => t(`flag_${flag}`))].filter(Boolean).join(' · ')}
      </p>
    </>
  );
}

/** From the bank's clock, which knows whole seconds only, to ours; never before it. */
function secondsOf({ transaction }: SeenPayment): number | undefined {
  if (!transaction) return undefined;
  const seconds = Math.max(0, Math.round((epochMsOf(transaction.receivedAt) - epochMsOf(transaction.bankTime)) / 100) / 10);
  return seconds > longestSeconds ? undefined : seconds;
}
