// What the bank told of a transaction, and the proof of its match.
import { shownPayer } from '../domain/shownPayer';
import { epochMsOf, type Instant } from '../domain/time';
import { say } from './counterLabels';
import { dayAddress } from './dayPlace';
import { inDate, inMoment } from './format';
import type { Translate } from './labels';
import { ProofFacts, ReadContent } from './proof';
import { proofViewOf } from './proofView';
import { providerWord } from './providerWords';
import { accountWords } from './transactionKind';
import type { TransactionView } from './transactionView';
import { Fact } from './parts';

export function BankFacts({ view }: { view: TransactionView }): JSX.Element {
  const { visit, transaction, tellings, isOurs, account } = view;
  const { t } = visit;
  return (
    <>
      <section class="bank-facts">
        <h2 safe>{t('bankFacts')}</h2>
        <dl class="facts">
          <dt safe>{t('transferContent')}</dt>
          <dd class="content">
            <ReadContent transaction={transaction} t={t} />
          </dd>
          <dt safe>{t('bankTime')}</dt>
          <dd safe>{inMoment(transaction.bankTime)}</dd>
          {isOurs ? '' : <Fact label={t('direction')} value={t(transaction.direction === 'in' ? 'moneyIn' : 'moneyOut')} />}
          <dt safe>{t(transaction.direction === 'in' ? 'payer' : 'counterparty')}</dt>
          <dd>
            <Payer view={view} />
          </dd>
          <dt safe>{t(isOurs ? 'collectionAccount' : 'account')}</dt>
          <dd safe>{[accountWords(account, transaction, t), account?.accountName].filter(Boolean).join(' · ')}</dd>
          <Fact label={t('bankReference')} value={transaction.bankReference} />
          <Fact label={t('orderId')} value={transaction.orderId} />
          <Fact label={t('virtualAccount')} value={transaction.virtualAccount} />
          <dt safe>{t('toldBy')}</dt>
          <dd safe>{`${providerWord(transaction.provider, t)} (${t(`via_${transaction.via}`)})`}</dd>
          {tellings.map(({ provider, via, toldAt }) => (
            <>
              <dt safe>{t('alsoToldBy')}</dt>
              <dd safe>{`${providerWord(provider, t)} (${t(`via_${via}`)}), ${inMoment(toldAt)}`}</dd>
            </>
          ))}
          <dt safe>{t('heardAt')}</dt>
          <dd safe>
            {[inMoment(transaction.receivedAt), laterWords(transaction.bankTime, transaction.receivedAt, t)].filter(Boolean).join(', ')}
          </dd>
          <Covered view={view} />
        </dl>
      </section>
      {isOurs ? (
        <section class="proof-facts">
          <h2 safe>{t(proofViewOf(transaction)?.rule ? 'proofMatched' : 'proofUnmatched')}</h2>
          <dl class="facts proof">
            <ProofFacts transaction={transaction} t={t} />
          </dl>
        </section>
      ) : (
        ''
      )}
    </>
  );
}

const Covered = ({ view: { visit, close } }: { view: TransactionView }): JSX.Element =>
  close ? (
    <>
      <dt safe>{visit.t('coveredBy')}</dt>
      <dd>
        <a href={dayAddress(close, '/close')} safe>
          {`${inDate(close.day)} (${visit.t('closeNumber')} ${close.number})`}
        </a>
        <span class="small muted block" safe>
          {visit.t('coveredHint')}
        </span>
      </dd>
    </>
  ) : (
    <></>
  );

function Payer({ view: { visit, transaction } }: { view: TransactionView }): JSX.Element {
  const { t, actor } = visit;
  const payer = shownPayer(transaction, actor);
  if (!payer) {
    return (
      <span class="muted" safe>
        {t('payerUnknown')}
      </span>
    );
  }
  return (
    <>
      <span safe>{[payer.name, payer.account].filter(Boolean).join(' · ')}</span>
      {payer.isStated ? (
        <span class="small muted block" safe>
          {t('payerStated')}
        </span>
      ) : (
        ''
      )}
    </>
  );
}

const minute = 60;
const hour = 60 * minute;

/** How long after the bank's time we heard; nothing where the bank's clock is ahead. */
function laterWords(from: Instant, to: Instant, t: Translate): string {
  const seconds = Math.floor((epochMsOf(to) - epochMsOf(from)) / 1000);
  if (seconds < 1) return '';
  if (seconds < 2 * minute) return say(t('secondsLater'), { count: String(seconds) });
  if (seconds < 2 * hour) return say(t('minutesLater'), { count: String(Math.floor(seconds / minute)) });
  return say(t('hoursLater'), { count: String(Math.floor(seconds / hour)) });
}
