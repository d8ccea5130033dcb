// The pay form of the pretend bank, as a banking app shows a code that it has read, and the screen after paying.
import type { PretendMoved } from '../actions/movePretendMoney';
import { bankOfBin } from '../domain/banks';
import type { VietQr } from '../domain/vietqr';
import { inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { pretendMemoNames } from './pretendMemos';
import type { Fields } from './screen';

interface PayGiven {
  code: VietQr;
  payload: string;
  accountName: string | undefined;
  /** What was sent and could not be taken. */
  sent: Fields | undefined;
  t: Translate;
}

const bankWords = (code: VietQr): string => {
  const bank = bankOfBin(code.bankBin);
  return bank ? `${bank.shortName} – ${bank.name}` : code.bankBin;
};

const awkward = [
  ['toldTwice', 'tellTwice'],
  ['paidTwice', 'payTwice'],
  ['late', 'payLate'],
  ['untold', 'neverTell'],
] as const;

export const PayForm = ({ code, payload, accountName, sent, t }: PayGiven): JSX.Element => (
  <form class="stack" method="post" action="/pretend-bank">
    <input type="hidden" name="payload" value={payload} />
    <section class="payee">
      <h2 class="small muted" safe>
        {t('transferTo')}
      </h2>
      <p class="account-name" safe>
        {accountName ?? t('nameUnknown')}
      </p>
      <p class="account-number" safe>
        {code.accountNumber}
      </p>
      <p class="small muted" safe>
        {bankWords(code)}
      </p>
    </section>
    <label>
      <span safe>{t('amount')}</span>
      <input
        class="pay-amount"
        name="amount"
        inputmode="numeric"
        value={sent?.['amount'] ?? code.amount?.toString() ?? ''}
        required
        aria-invalid={sent ? 'true' : undefined}
      />
      {sent ? (
        <p class="field-error" role="alert" safe>
          {t('amountInvalid')}
        </p>
      ) : (
        ''
      )}
    </label>
    <label>
      <span safe>{t('transferContent')}</span>
      <input name="content" maxlength="200" value={sent?.['content'] ?? code.purpose ?? ''} />
    </label>
    <Awkward t={t} />
    <button class="primary" autofocus safe>
      {t('pay')}
    </button>
    <a class="quiet" href="/pretend-bank" safe>
      {t('backToCodes')}
    </a>
  </form>
);

const Awkward = ({ t }: { t: Translate }): JSX.Element => (
  <details>
    <summary safe>{t('makeTrouble')}</summary>
    <div class="stack">
      <label>
        <span safe>{t('mangleAs')}</span>
        <select name="memo">
          {pretendMemoNames.map((name) => (
            <option value={name} safe>
              {t(`mangle_${name}`)}
            </option>
          ))}
        </select>
      </label>
      {awkward.map(([name, label]) => (
        <label class="tick">
          <input type="checkbox" name={name} value="yes" />
          <span safe>{t(label)}</span>
        </label>
      ))}
    </div>
  </details>
);

export const Transferred = ({ results, to, t }: { results: readonly PretendMoved[]; to: VietQr; t: Translate }): JSX.Element => (
  <section class="stack transferred" role="status">
    <p class="state state-paid state-big turns-green" safe>
      {t('transferred')}
    </p>
    {results.map(({ transfer, answers }) => (
      <div class="stack">
        <p class="sum" safe>
          {inDong(transfer.amount)}
        </p>
        <dl class="facts">
          <dt safe>{t('transferTo')}</dt>
          <dd safe>{`${transfer.accountNumber} · ${bankOfBin(to.bankBin)?.shortName ?? to.bankBin}`}</dd>
          <dt safe>{t('transferContent')}</dt>
          <dd class="break" safe>
            {transfer.content || t('noContent')}
          </dd>
          <dt safe>{t('transactionNumber')}</dt>
          <dd class="break" safe>
            {transfer.bankReference}
          </dd>
          <dt safe>{t('bankTime')}</dt>
          <dd safe>{inDateTime(transfer.bankTime)}</dd>
          <dt safe>{t('serviceAnswered')}</dt>
          <dd>
            {answers.length === 0 ? <span safe>{t('neverTold')}</span> : ''}
            {answers.map((answer) => (
              <code class="block break" safe>{`${answer.status} ${answer.body}`}</code>
            ))}
          </dd>
        </dl>
      </div>
    ))}
    <a class="button" href="/pretend-bank" safe>
      {t('payAnother')}
    </a>
  </section>
);
