// The ways to pay on the citizen's page: the QR with the rows to copy, banking apps that fill a transfer in, and sessions at gateways.
import type { SeenPayPage } from '../actions/openPayPage';
import type { Account } from '../domain/agency';
import { bankAppLinks } from '../domain/bankApps';
import { bankOfBin } from '../domain/banks';
import type { PaymentRequest } from '../domain/paymentRequest';
import { say } from './counterLabels';
import { inDong } from './format';
import type { Translate } from './labels';
import { qrSvg } from './qr';
import type { Visit } from './screen';

interface Given {
  visit: Visit;
  page: SeenPayPage;
  token: string;
}

export function WaysToPay({ visit: { t }, page, token }: Given): JSX.Element {
  const { qr, account, ways, live } = page;
  if (!(qr && account) && ways.methods.length === 0)
    return (
      <p class="pay-warning" safe>
        {t('payNoWay')}
      </p>
    );
  return (
    <>
      {qr && account ? <ByQr t={t} qr={qr} account={account} /> : ''}
      <Online t={t} ways={ways} live={live} token={token} />
    </>
  );
}

/** The code, the account's name to compare, and the rows to copy. */
export function ByQr({ t, qr, account }: { t: Translate; qr: PaymentRequest; account: Account }): JSX.Element {
  const safeQr = qrSvg(qr.payload);
  const bank = bankOfBin(account.bankBin);
  return (
    <section class="stack">
      <h2 safe>{t('payByQr')}</h2>
      <div class="pay-qr">{safeQr}</div>
      <p class="pay-warning" safe>
        {say(t('payWarning'), { account: account.accountName })}
      </p>
      <p class="row">
        <a class="button" href={`/payment-requests/${qr.id}.png`} download={`${qr.reference}.png`} safe>
          {t('saveQr')}
        </a>
      </p>
      <p class="small muted" safe>
        {t('payByQrHint')}
      </p>
      <dl class="pay-copy">
        <Row t={t} label={t('bank')} shown={bank?.shortName ?? account.bankBin} />
        <Row t={t} label={t('accountName')} shown={account.accountName} />
        <Row t={t} label={t('accountNumber')} shown={account.accountNumber} copied={account.accountNumber} />
        <Row t={t} label={t('amount')} shown={inDong(qr.amount)} copied={qr.amount.toString()} />
        <Row t={t} label={t('content')} shown={qr.reference} copied={qr.reference} />
      </dl>
      <details>
        <summary safe>{t('bankApps')}</summary>
        <p class="small muted" safe>
          {t('bankAppsHint')}
        </p>
        <p class="row">
          {bankAppLinks(qr, account).map(({ name, url }) => (
            <a class="button" href={url} rel="noreferrer" safe>
              {name}
            </a>
          ))}
        </p>
      </details>
    </section>
  );
}

/** `copied` is what a banking app takes; without it nothing is to be copied. */
const Row = ({ t, label, shown, copied }: { t: Translate; label: string; shown: string; copied?: string }): JSX.Element => (
  <>
    <dt safe>{label}</dt>
    <dd>
      <strong safe>{shown}</strong>
      {copied === undefined ? (
        ''
      ) : (
        <button type="button" class="small" data-copy={copied} data-copied={t('copied')} aria-label={`${t('copy')}: ${label}`} hidden safe>
          {t('copy')}
        </button>
      )}
    </dd>
  </>
);

interface OnlineGiven extends Pick<SeenPayPage, 'ways' | 'live'> {
  t: Translate;
  token: string;
}

/** Nothing where no gateway is connected. */
export function Online({ t, ways: { methods, unfit }, live, token }: OnlineGiven): JSX.Element {
  if (methods.length + unfit.length === 0) return <></>;
  const going = live.findLast(({ redirectUrl }) => redirectUrl !== undefined);
  return (
    <section class="stack">
      <h2 safe>{t('payOnline')}</h2>
      {going ? (
        <div class="pay-live">
          <p safe>{t('payLive')}</p>
          <a class="button" href={going.redirectUrl} rel="noreferrer" safe>
            {say(t('payContinue'), { gateway: t(`method_${going.method}`) })}
          </a>
        </div>
      ) : (
        ''
      )}
      {methods.length > 0 ? (
        <form method="post" action={`/pay/${token}/sessions`} class="stack">
          {methods.map((method) => (
            <button name="method" value={method} safe>
              {t(`payBy_${method}`)}
            </button>
          ))}
        </form>
      ) : (
        ''
      )}
      {unfit.map(({ method, why, limit }) => (
        <p class="small" safe>
          {say(t(why === 'too_small' ? 'payTooSmall' : 'payTooLarge'), { gateway: t(`payBy_${method}`), limit: inDong(limit) })}
        </p>
      ))}
      {methods.length > 0 ? (
        <p class="small muted" safe>
          {t('payOnlineHint')}
        </p>
      ) : (
        ''
      )}
    </section>
  );
}
