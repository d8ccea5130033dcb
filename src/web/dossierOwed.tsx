// One obligation on its dossier's page: what it is for, where it stands, where it is paid, and its code while it waits.
import type { OwedOfDossier } from '../actions/seeDossier';
import { bankOfBin } from '../domain/banks';
import { outstandingOf, statusOf } from '../domain/obligation';
import { paymentRequestStatus } from '../domain/paymentRequest';
import { can } from '../domain/role';
import { napasCeiling } from '../domain/vietqr';
import { say } from './counterLabels';
import { inDate, inDong } from './format';
import { FormToken } from './layout';
import { dossierAddress, Flags, State } from './parts';
import { qrSvg } from './qr';
import type { OfficerVisit } from './screen';
import { hasNotice, Overdue } from './taxNoticeFacts';

interface Given {
  visit: OfficerVisit;
  code: string;
  owed: OwedOfDossier;
}

export function DossierOwed({ visit, code, owed }: Given): JSX.Element {
  const { t, ctx } = visit;
  const { obligation, notice } = owed;
  const status = statusOf(obligation);
  const isPayable = status === 'open' || status === 'part_paid';
  return (
    <li id={obligation.id}>
      <span class="grow">
        <a href={`/obligations/${obligation.id}`} safe>
          {obligation.feeItems.map((item) => item.name).join(' + ')}
        </a>
        {notice ? (
          <span class="small muted block" safe>
            {[
              `${t('taxpayer')}: ${notice.taxpayerName}`,
              `${t('taxNoticeNumber')} ${notice.number}`,
              `${t('dueOn')} ${inDate(notice.dueOn)}`,
            ].join(' · ')}
          </span>
        ) : (
          ''
        )}
      </span>
      <strong class="amount" safe>
        {inDong(obligation.due)}
      </strong>
      <span class="whole row tight">
        <State of={obligation} t={t} />
        {hasNotice(owed) ? <Overdue seen={owed} now={ctx.now()} t={t} /> : ''}
        <Flags of={obligation.flags} t={t} />
      </span>
      {obligation.cancelled ? (
        <span class="whole small muted" safe>
          {obligation.cancelled.reason}
        </span>
      ) : (
        ''
      )}
      {isPayable ? <ToPay visit={visit} code={code} owed={owed} /> : ''}
    </li>
  );
}

function ToPay({ visit, code, owed }: Given): JSX.Element {
  const { t } = visit;
  const { obligation, account } = owed;
  if (!account) return <></>;
  return (
    <div class="whole to-pay">
      <Code visit={visit} code={code} owed={owed} />
      <div class="stack">
        <dl class="facts">
          <dt safe>{t('bank')}</dt>
          <dd safe>{bankOfBin(account.bankBin)?.shortName ?? account.bankBin}</dd>
          <dt safe>{t('accountNumber')}</dt>
          <dd safe>{account.accountNumber}</dd>
          <dt safe>{t('accountName')}</dt>
          <dd safe>{account.accountName}</dd>
          <dt safe>{t('content')}</dt>
          <dd>
            <strong safe>{obligation.reference}</strong>
          </dd>
        </dl>
        {owed.notice && obligation.paid.isZero() && can(visit.actor, 'cancel') ? (
          <Withdraw visit={visit} code={code} id={obligation.id} />
        ) : (
          ''
        )}
      </div>
    </div>
  );
}

/** The code for exactly what is outstanding; else the way to one. */
function Code({ visit: { ctx, actor, t, formToken }, code, owed: { obligation, request } }: Given): JSX.Element {
  const outstanding = outstandingOf(obligation);
  if (outstanding.compare(napasCeiling) >= 0)
    return (
      <p class="small" safe>
        {t('taxNoQr')}
      </p>
    );
  const isOpen = request && paymentRequestStatus(request, ctx.now()) === 'open' && request.amount.equals(outstanding);
  const safeQr = isOpen ? qrSvg(request.payload) : '';
  if (safeQr) return <div class="qr">{safeQr}</div>;
  if (!can(actor, 'issue')) return <></>;
  return (
    <form method="post" action={dossierAddress(code, '/codes')} data-once>
      <FormToken token={formToken} />
      <input type="hidden" name="obligation" value={obligation.id} />
      <button safe>{say(t('showAmountQr'), { amount: inDong(outstanding) })}</button>
    </form>
  );
}

const Withdraw = ({ visit: { t, formToken }, code, id }: { visit: OfficerVisit; code: string; id: string }): JSX.Element => (
  <details>
    <summary class="small" safe>
      {t('withdrawNotice')}
    </summary>
    <form method="post" action={dossierAddress(code, '/withdrawals')} class="stack" data-once>
      <FormToken token={formToken} />
      <input type="hidden" name="obligation" value={id} />
      <label>
        <span safe>{t('withdrawReason')}</span>
        <input name="reason" minlength="3" maxlength="500" required />
      </label>
      <button safe>{t('withdrawNotice')}</button>
    </form>
  </details>
);
