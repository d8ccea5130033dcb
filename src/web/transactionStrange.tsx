// A movement that is no money for an obligation: how much, what it is, what to do, and the payment that a gateway took back with it.
import { inDateTime, inDong } from './format';
import type { StrangeKind } from './transactionKind';
import type { TransactionView } from './transactionView';

export const StrangeAmount = ({ view: { visit, transaction } }: { view: TransactionView }): JSX.Element => (
  <dl class="sums">
    <div>
      <dt safe>{visit.t(transaction.direction === 'in' ? 'moneyIn' : 'moneyOut')}</dt>
      <dd safe>{`${transaction.direction === 'out' ? '−' : ''}${inDong(transaction.amount)}`}</dd>
    </div>
  </dl>
);

export function StrangeMeaning({ view, kind }: { view: TransactionView; kind: StrangeKind }): JSX.Element {
  const { t } = view.visit;
  return (
    <section class="strange-meaning stack">
      <h2 safe>{t('whatItMeans')}</h2>
      <p safe>{t(`meaning_${kind}`)}</p>
      {view.paymentsBehind.length === 0 ? '' : <PaymentsBehind view={view} />}
    </section>
  );
}

const PaymentsBehind = ({ view: { visit, paymentsBehind } }: { view: TransactionView }): JSX.Element => (
  <>
    <h3 safe>{visit.t('paymentsBehind')}</h3>
    <ul class="plain-list">
      {paymentsBehind.map((payment) => (
        <li>
          <a href={`/transactions/${payment.id}`} safe>
            {`${inDong(payment.amount)} · ${inDateTime(payment.bankTime)}`}
          </a>{' '}
          <span class="small muted" safe>
            {payment.bankReference ?? payment.providerId}
          </span>
        </li>
      ))}
    </ul>
  </>
);
