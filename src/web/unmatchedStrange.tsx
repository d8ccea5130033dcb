// What belongs to no agency: money for accounts that are not ours, and bank messages that nobody could read.
import type { StrangeMoney } from '../actions/listUnapplied';
import { inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { providerWord } from './obligationMoney';

/** Of a message's bytes: enough for a person to see what it is. */
const longestText = 4_000;

export const Strange = ({ strange: { foreign, unreadable }, t }: { strange: StrangeMoney; t: Translate }): JSX.Element => (
  <>
    {foreign.length === 0 ? '' : <Foreign transactions={foreign} t={t} />}
    {unreadable.length === 0 ? '' : <Unreadable deliveries={unreadable} t={t} />}
  </>
);

const Foreign = ({ transactions, t }: { transactions: StrangeMoney['foreign']; t: Translate }): JSX.Element => (
  <section class="strange">
    <h2 safe>{t('foreignMoney')}</h2>
    <p class="small muted" safe>
      {t('foreignMeaning')}
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
          <tr>
            <td class="amount" data-label={t('amount')} safe>
              {inDong(transaction.amount)}
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
        ))}
      </tbody>
    </table>
  </section>
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
