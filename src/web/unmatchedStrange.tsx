// What banks told that is no money for an obligation: taken back by gateways, foreign accounts, unreadable messages, money that left, and test calls.
import type { StrangeMoney } from '../actions/listStrangeMoney';
import type { Account } from '../domain/agency';
import type { Transaction } from '../domain/transaction';
import { inDateTime, inDong } from './format';
import type { Label, Translate } from './labels';
import { providerWord } from './providerWords';
import { placeWords, strangeKindOf } from './transactionKind';
import { SeenNote, type Looking } from './unmatchedSeen';
import { UnreadableMessages } from './unmatchedMessages';

interface Given {
  strange: StrangeMoney;
  accounts: readonly Account[];
  looking: Looking;
  t: Translate;
}

export const Strange = ({ strange, accounts, looking, t }: Given): JSX.Element => {
  const { takenBack, foreign, unreadable, outgoing, tests } = strange;
  return (
    <>
      <TakenBackMoney takenBack={takenBack} t={t} />
      <Movements transactions={foreign} heading="foreignMoney" meaning="foreignMeaning" accounts={accounts} looking={looking} t={t} />
      {unreadable.length === 0 ? '' : <UnreadableMessages messages={unreadable} looking={looking} t={t} />}
      <Movements transactions={outgoing} heading="outgoingMoney" meaning="outgoingMeaning" accounts={accounts} looking={looking} t={t} />
      <Movements transactions={tests} heading="testCalls" meaning="testMeaning" accounts={accounts} looking={looking} t={t} />
    </>
  );
};

const TakenBackMoney = ({ takenBack: { count, list }, t }: Pick<StrangeMoney, 'takenBack'> & { t: Translate }): JSX.Element =>
  count === 0 ? (
    <></>
  ) : (
    <section class="strange">
      <h2 class="flag" safe>{`${t('takenBackMoney')} (${count})`}</h2>
      <p class="small muted" safe>
        {t('takenBackMeaning')}
      </p>
      <ul class="lines">
        {list.map(({ transaction, obligations }) => (
          <li>
            <a class="grow" href={`/transactions/${transaction.id}`} safe>
              {`${inDateTime(transaction.bankTime)} · ${providerWord(transaction.provider, t)}`}
            </a>
            <strong class="amount" safe>{`−${inDong(transaction.amount)}`}</strong>
            <span class="whole row tight small">
              {obligations.map(({ id, reference }) => (
                <a class="code" href={`/obligations/${id}`} safe>
                  {reference}
                </a>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );

interface MovementsGiven {
  transactions: readonly Transaction[];
  accounts: readonly Account[];
  looking: Looking;
  heading: Label;
  meaning: Label;
  t: Translate;
}

const Movements = ({ transactions, heading, meaning, accounts, looking, t }: MovementsGiven): JSX.Element =>
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
            <Movement transaction={transaction} accounts={accounts} looking={looking} t={t} />
          ))}
        </tbody>
      </table>
    </section>
  );

/** Why money is foreign that one might take for ours. */
const notes = { foreign_key: 'notByAccountKey', foreign_order: 'notByOrderKey' } as const;

function Movement({
  transaction,
  accounts,
  looking,
  t,
}: Pick<MovementsGiven, 'accounts' | 'looking' | 't'> & { transaction: Transaction }): JSX.Element {
  const kind = strangeKindOf(transaction, accounts);
  return (
    <tr>
      <td class="amount" data-label={t('amount')}>
        <a href={`/transactions/${transaction.id}`} safe>{`${transaction.direction === 'out' ? '−' : ''}${inDong(transaction.amount)}`}</a>
      </td>
      <td class="nowrap" data-label={t('bankTime')} safe>
        {inDateTime(transaction.bankTime)}
      </td>
      <td class="break" data-label={t('account')}>
        <span safe>{placeWords(transaction, t)}</span>
        {kind === 'foreign_key' || kind === 'foreign_order' ? (
          <span class="small muted block" safe>
            {t(notes[kind])}
          </span>
        ) : (
          ''
        )}
      </td>
      <td class="break" data-label={t('transferContent')} safe>
        {transaction.content || t('noContent')}
      </td>
      <td data-label={t('provider')}>
        <span safe>{providerWord(transaction.provider, t)}</span>
        <SeenNote id={transaction.id} looking={looking} />
      </td>
    </tr>
  );
}
