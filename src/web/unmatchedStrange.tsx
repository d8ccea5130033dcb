// What banks told that is no money for an obligation: foreign accounts, unreadable messages, money that left, and test calls.
import type { StrangeMoney } from '../actions/listStrangeMoney';
import type { Transaction } from '../domain/transaction';
import { inDateTime, inDong } from './format';
import type { Label, Translate } from './labels';
import { providerWord } from './providerWords';

/** Of a message's bytes: enough for a person to see what it is. */
const longestText = 4_000;

export const Strange = ({ strange: { foreign, unreadable, outgoing, tests }, t }: { strange: StrangeMoney; t: Translate }): JSX.Element => (
  <>
    <Movements transactions={foreign} heading="foreignMoney" meaning="foreignMeaning" t={t} />
    {unreadable.length === 0 ? '' : <Unreadable deliveries={unreadable} t={t} />}
    <Movements transactions={outgoing} heading="outgoingMoney" meaning="outgoingMeaning" t={t} />
    <Movements transactions={tests} heading="testCalls" meaning="testMeaning" t={t} />
  </>
);

interface MovementsGiven {
  transactions: readonly Transaction[];
  heading: Label;
  meaning: Label;
  t: Translate;
}

const Movements = ({ transactions, heading, meaning, t }: MovementsGiven): JSX.Element =>
  transactions.length === 0 ? (
    <></>
  ) : (
    <section class="strange">
      <h2 safe>{t(heading)}</h2>
      <p class="small muted" safe>
        {t(meaning)}
      </p>
      <table class="cards">
        <thead>
          <tr>
            <th class="amount" safe>
              {t('amount')}
            </th>
            <th safe>{t('bankTime')}</th>
            <th safe>{t('account')}</th>
            <th safe>{t('transferContent')}</th>
            <th safe>{t('provider')}</th>
          </tr>
        </thead>
        <tbody>
          {transactions.map((transaction) => (
            <Movement transaction={transaction} t={t} />
          ))}
        </tbody>
      </table>
    </section>
  );

const Movement = ({ transaction, t }: { transaction: Transaction; t: Translate }): JSX.Element => (
  <tr>
    <td class="amount" data-label={t('amount')}>
      <a href={`/transactions/${transaction.id}`} safe>{`${transaction.direction === 'out' ? '−' : ''}${inDong(transaction.amount)}`}</a>
    </td>
    <td class="nowrap" data-label={t('bankTime')} safe>
      {inDateTime(transaction.bankTime)}
    </td>
    <td class="break" data-label={t('account')} safe>
      {transaction.accountNumber}
    </td>
    <td class="break" data-label={t('transferContent')} safe>
      {transaction.content || t('noContent')}
    </td>
    <td data-label={t('provider')} safe>
      {providerWord(transaction.provider, t)}
    </td>
  </tr>
);

const Unreadable = ({ deliveries, t }: { deliveries: StrangeMoney['unreadable']; t: Translate }): JSX.Element => (
  <section class="strange">
    <h2 safe>{t('unreadableDeliveries')}</h2>
    <p class="small muted" safe>
      {t('unreadableMeaning')}
    </p>
    <ul class="lines">
      {deliveries.map((delivery) => (
        <li>
          <span class="grow" safe>{`${inDateTime(delivery.receivedAt)} · ${providerWord(delivery.provider, t)}`}</span>
          <span class="whole small muted break" safe>{`${t('problem')}: ${delivery.problem ?? delivery.state}`}</span>
          <details class="whole">
            <summary safe>{t('originalText')}</summary>
            <pre safe>{Buffer.from(delivery.body).toString('utf8').slice(0, longestText)}</pre>
          </details>
        </li>
      ))}
    </ul>
  </section>
);
