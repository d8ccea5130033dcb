// The money of an obligation: its lines with how each amount came about, and its payments with why they were matched.
import type { SeenPayment } from '../actions/seeObligation';
import { shownEvidence } from '../domain/evidence';
import { reliefOf } from '../domain/feeRelief';
import type { FeeItem } from '../domain/obligation';
import { sumOf } from '../domain/money';
import type { Transaction } from '../domain/transaction';
import { inDong, inMoment } from './format';
import type { Translate } from './labels';
import { Flags } from './parts';
import { FoldedProof } from './proof';
import { providerWord } from './providerWords';

export const FeeLines = ({ items, t }: { items: readonly FeeItem[]; t: Translate }): JSX.Element => (
  <section>
    <h2 safe>{t('feeLines')}</h2>
    <table class="cards">
      <thead>
        <tr>
          <th safe>{t('fee')}</th>
          <th class="amount" safe>
            {t('quantity')}
          </th>
          <th class="amount" safe>
            {t('grossAmount')}
          </th>
          <th class="amount" safe>
            {t('amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <FeeLine item={item} t={t} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colspan={3} class="name" safe>
            {t('total')}
          </td>
          <td class="amount" data-label={t('amount')} safe>
            {inDong(sumOf(items.map((item) => item.amount)))}
          </td>
        </tr>
      </tfoot>
    </table>
  </section>
);

/** Free by law, exempted and paid by the budget are three things, though the payer owes nothing in each. */
function Relieved({ item, t }: { item: FeeItem; t: Translate }): JSX.Element {
  const relief = reliefOf(item);
  if (relief === 'full') return <></>;
  const spared = item.grossAmount.minus(item.amount);
  return (
    <span class="small block" safe>
      {spared.isZero() ? t(`relief_${relief}`) : `${t(`relief_${relief}`)}: ${inDong(spared)}`}
    </span>
  );
}

const FeeLine = ({ item, t }: { item: FeeItem; t: Translate }): JSX.Element => (
  <tr>
    <td class="fee">
      <span safe>{item.name}</span>
      <span class="small muted block" safe>{`${t(`kind_${item.kind}`)} · ${item.feeId}`}</span>
      <Relieved item={item} t={t} />
      <details>
        <summary safe>{t('howAmount')}</summary>
        <ol class="trace" lang="vi">
          {item.trace.map((sentence) => (
            <li safe>{sentence}</li>
          ))}
        </ol>
        {item.preference?.evidence ? (
          <p safe>{`${t('preferenceEvidence')}: ${item.preference.code} · ${shownEvidence(item.preference.evidence)}`}</p>
        ) : (
          ''
        )}
        <p class="small" safe>{`${t('fullLegalBasis')}:`}</p>
        <ul class="trace small" lang="vi">
          {item.legalBasis.map((law) => (
            <li safe>{law}</li>
          ))}
        </ul>
      </details>
    </td>
    <td class="amount" data-label={t('quantity')} safe>
      {String(item.quantity)}
    </td>
    <td class="amount" data-label={t('grossAmount')} safe>
      {inDong(item.grossAmount)}
    </td>
    <td class="amount" data-label={t('amount')} safe>
      {inDong(item.amount)}
    </td>
  </tr>
);

interface PaymentsGiven {
  payments: readonly SeenPayment[];
  takenBack: readonly Transaction[];
  /** Whether the reader may open the transactions behind them. */
  mayOpen: boolean;
  t: Translate;
}

export const Payments = ({ payments, takenBack, mayOpen, t }: PaymentsGiven): JSX.Element => (
  <section>
    <h2 safe>{t('payments')}</h2>
    {payments.length === 0 ? (
      <p class="muted" safe>
        {t('noPayments')}
      </p>
    ) : (
      <ol class="lines">
        {payments.map((payment) => (
          <PaymentLine payment={payment} mayOpen={mayOpen} t={t} />
        ))}
      </ol>
    )}
    {takenBack.map(({ provider, bankTime, amount }) => (
      <p class="flag" safe>
        {`${t('takenBack')} ${inDong(amount)} · ${providerWord(provider, t)} · ${inMoment(bankTime)}`}
      </p>
    ))}
  </section>
);

const PaymentLine = ({ payment, mayOpen, t }: { payment: SeenPayment; mayOpen: boolean; t: Translate }): JSX.Element => (
  <li>
    <span class="grow" safe>{`${inMoment(payment.paidAt)} · ${t(`method_${payment.method}`)}`}</span>
    <strong class="amount" safe>
      {inDong(payment.amount)}
    </strong>
    {payment.excess.isPositive() ? <span class="whole amount flag" safe>{`${t('excess')} ${inDong(payment.excess)}`}</span> : ''}
    <span class="whole row tight small">
      {payment.transaction ? (
        <a class="break" href={mayOpen ? `/transactions/${payment.transaction.id}` : undefined} safe>
          {originOf(payment.transaction, t)}
        </a>
      ) : (
        ''
      )}
      <Flags of={payment.flags} t={t} />
    </span>
    {payment.transaction ? <FoldedProof transaction={payment.transaction} t={t} /> : ''}
  </li>
);

type BankTransaction = NonNullable<SeenPayment['transaction']>;

const originOf = ({ provider, bankReference }: BankTransaction, t: Translate): string =>
  [providerWord(provider, t), bankReference && `${t('bankReference')} ${bankReference}`].filter(Boolean).join(' · ');
