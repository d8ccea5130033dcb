// The middle of the counter: how one obligation stands, its QR code while it waits, and what the officer can do next.
import type { SeenObligation } from '../actions/seeObligation';
import { isTax, outstandingOf } from '../domain/obligation';
import { epochMsOf } from '../domain/time';
import { say } from './counterLabels';
import type { Desk } from './desk';
import { inDate, inDong } from './format';
import { lookOf, type PanelFacts } from './panelFacts';
import { dossierAddress } from './parts';
import { PanelPayments } from './panelPayments';
import { CancelStep, CashStep, Renewal } from './panelSteps';
import { qrSvg } from './qr';
import type { OfficerVisit } from './screen';
import { hasNotice, Overdue } from './taxNoticeFacts';

export type Step = 'cash' | 'cancel' | '';

export interface PanelParts {
  visit: OfficerVisit;
  desk: Desk;
  seen: SeenObligation;
  facts: PanelFacts;
  step: Step;
  /** Why the last step was refused. */
  refused?: string;
}

/** What was paid can only be withdrawn. */
export const stepFor = ({ isPayable, status }: PanelFacts, step: Step): Step =>
  isPayable || (step === 'cancel' && (status === 'paid' || status === 'overpaid')) ? step : '';

export const stepIn = (text: unknown): Step => (text === 'cash' || text === 'cancel' ? text : '');

/** What tells two looks of the panel apart: a receipt comes after the money. */
export const panelLook = ({ receipts }: SeenObligation, facts: PanelFacts, step: Step): string =>
  `${lookOf(facts, step)}.${receipts.length}`;

/** Refreshed by the page's script at every event of the counter; the server answers "nothing new" to a look that it has already. */
export function CounterPanel(parts: PanelParts): JSX.Element {
  const { seen, facts, refused } = parts;
  const { obligation, status, isPayable, request, offer } = facts;
  const step = stepFor(facts, parts.step);
  return (
    <section
      id="panel"
      class={`panel panel-${isPayable && offer === 'expired' ? 'expired' : status}${isPayable ? '' : ' turns-green'}`}
      data-column
      data-refresh={`/counter/panel?obligation=${obligation.id}&step=${step}`}
      data-look={panelLook(seen, facts, step)}
      data-waits={isPayable}
      data-now={epochMsOf(facts.now)}
      data-again={isPayable && offer === 'open' && request ? epochMsOf(request.expiresAt) : undefined}
    >
      <StateLine {...parts} />
      {refused ? (
        <p class="fault" role="alert" safe>
          {refused}
        </p>
      ) : (
        ''
      )}
      <Subject {...parts} />
      <Body {...parts} step={step} />
    </section>
  );
}

/** Nothing chosen yet. */
export function IdlePanel({ visit: { t } }: { visit: OfficerVisit }): JSX.Element {
  return (
    <section id="panel" class="panel panel-idle" data-column>
      <h2 class="muted" safe>
        {t('idleTitle')}
      </h2>
      <p class="muted" safe>
        {t('idleHint')}
      </p>
    </section>
  );
}

function StateLine({ visit: { t }, seen, facts }: PanelParts): JSX.Element {
  const { obligation, status, offer, isPayable } = facts;
  const words: Record<PanelFacts['status'], string> = {
    open: t('status_open'),
    part_paid: say(t('partPaid'), { amount: inDong(outstandingOf(obligation)) }),
    paid: t('status_paid'),
    overpaid: say(t('overpaid'), { amount: inDong(obligation.excess) }),
    cancelled: t('status_cancelled'),
    free: t('status_free'),
  };
  const isExpired = isPayable && offer === 'expired';
  return (
    <div class="state-line">
      <h2 id="panel-state" class={`state ${isExpired ? 'state-expired' : `state-${status}`}`} tabindex="-1" role="status">
        <span safe>{isExpired ? t('qrExpired') : words[status]}</span>
      </h2>
      {hasNotice(seen) ? <Overdue seen={seen} now={facts.now} t={t} /> : ''}
      {isPayable && offer === 'open' ? (
        <p class="time-left">
          <span safe>{t('timeLeft')}</span>{' '}
          <span data-countdown safe>
            {minutesLeft(facts)}
          </span>
        </p>
      ) : (
        ''
      )}
    </div>
  );
}

function minutesLeft({ request, now }: PanelFacts): string {
  const seconds = request ? Math.max(0, Math.round((epochMsOf(request.expiresAt) - epochMsOf(now)) / 1000)) : 0;
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Whose dossier, and for what. */
function Subject({ visit: { t }, seen: { obligation, dossier, notice } }: PanelParts): JSX.Element {
  return (
    <div class="subject">
      <p class="subject-name">
        <a href={`/obligations/${obligation.id}`} title={t('details')} safe>
          {dossier.code}
        </a>
        <span safe>{dossier.applicantName}</span>
      </p>
      {notice ? (
        <p class="small" safe>
          {`${t('taxpayer')}: ${notice.taxpayerName} · ${t('dueOn')} ${inDate(notice.dueOn)}`}
        </p>
      ) : (
        ''
      )}
      <ul class="plain small muted">
        {obligation.feeItems.map((item) => (
          <li class="line-name" title={item.trace.join(' · ')}>
            <span class="one-line" safe>
              {item.name}
            </span>
            {obligation.feeItems.length > 1 ? (
              <span class="amount" safe>
                {inDong(item.amount)}
              </span>
            ) : (
              ''
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Body(parts: PanelParts): JSX.Element {
  const { facts, step } = parts;
  if (step === 'cash') return <CashStep {...parts} />;
  if (step === 'cancel') return <CancelStep {...parts} />;
  return facts.isPayable ? <Waiting {...parts} /> : <Finished {...parts} />;
}

function Waiting(parts: PanelParts): JSX.Element {
  const { visit, facts } = parts;
  const { t } = visit;
  const { obligation, request, offer, account, bankName } = facts;
  const safeQr = request && offer === 'open' ? qrSvg(request.payload) : '';
  const { paid, due } = obligation;
  return (
    <>
      <p class="sum" safe>
        {inDong(outstandingOf(obligation))}
      </p>
      {paid.isPositive() ? (
        <p class="small" safe>
          {say(t('partPaidHint'), { paid: inDong(paid), due: inDong(due) })}
        </p>
      ) : (
        ''
      )}
      <div class="offer">
        <div class={safeQr ? 'qr' : 'qr qr-gone'}>{safeQr || <Renewal {...parts} />}</div>
        {account ? (
          <dl class="pay-to">
            <dt safe>{t('bank')}</dt>
            <dd safe>{bankName}</dd>
            <dt safe>{t('accountNumber')}</dt>
            <dd safe>{account.accountNumber}</dd>
            <dt safe>{t('accountName')}</dt>
            <dd safe>{account.accountName}</dd>
            <dt safe>{t('content')}</dt>
            <dd class="content">
              <strong id="content" safe>
                {obligation.reference}
              </strong>
              <button type="button" class="small" data-copy="#content" data-copied={t('copied')} safe>
                {t('copy')}
              </button>
            </dd>
          </dl>
        ) : (
          ''
        )}
      </div>
      <WaitingKeys {...parts} />
    </>
  );
}

function WaitingKeys({ visit: { t }, desk, facts: { obligation } }: PanelParts): JSX.Element {
  const to = (step: Step) => ({
    href: `/counter?obligation=${obligation.id}&step=${step}`,
    'hx-get': `/counter/panel?obligation=${obligation.id}&step=${step}`,
    'hx-target': '#panel',
    'hx-swap': 'outerHTML',
  });
  return (
    <div class="row keys">
      {isTax(obligation) ? (
        ''
      ) : (
        <a class="button" {...to('cash')} data-key="F8">
          <kbd>F8</kbd> <span safe>{t('cash')}</span>
        </a>
      )}
      <a class="button" href={`/obligations/${obligation.id}/slip?print`} target="_blank" data-key="F9">
        <kbd>F9</kbd> <span safe>{t('print')}</span>
      </a>
      <a class="button opens" href={`/display/${desk.counter.displayToken}`} target="_blank">
        <span safe>{t('openDisplay')}</span>
      </a>
      <span class="row quiet-row">
        <a class="quiet small" href={`/counter?dossier=${encodeURIComponent(obligation.dossierCode)}`} safe>
          {t('issueMore')}
        </a>
        <a class="quiet small" href={dossierAddress(obligation.dossierCode)} safe>
          {t('dossierAll')}
        </a>
        {isTax(obligation) ? (
          ''
        ) : (
          <a class="quiet small" href={`/baskets?with=${encodeURIComponent(obligation.reference)}`} safe>
            {t('basketShort')}
          </a>
        )}
        <a class="quiet small" {...to('cancel')} safe>
          {t('cancel')}
        </a>
      </span>
      <noscript>
        <a class="button" href={`/counter?obligation=${obligation.id}`} safe>
          {t('reload')}
        </a>
      </noscript>
    </div>
  );
}

function Finished(parts: PanelParts): JSX.Element {
  const { visit, facts } = parts;
  const { t } = visit;
  const { obligation, status } = facts;
  const hints = { overpaid: t('overpaidHint'), free: t('freeHint'), cancelled: t('cancelledHint'), paid: '', open: '', part_paid: '' };
  return (
    <>
      <p class="sum" safe>
        {inDong(obligation.due)}
      </p>
      {hints[status] ? <p safe>{hints[status]}</p> : ''}
      <PanelPayments {...parts} />
      <div class="row keys">
        <a class="button primary" href="/counter" data-key="Enter">
          <kbd>Enter</kbd> <span safe>{t('next')}</span>
        </a>
        <a class="button" href={`/obligations/${obligation.id}/slip?print`} target="_blank" data-key="F9">
          <kbd>F9</kbd> <span safe>{t('print')}</span>
        </a>
        <a class="quiet small" href={`/counter?dossier=${encodeURIComponent(obligation.dossierCode)}`} safe>
          {t('issueMore')}
        </a>
        <a class="quiet small" href={dossierAddress(obligation.dossierCode)} safe>
          {t('dossierAll')}
        </a>
        {stepFor(facts, 'cancel') && !isTax(obligation) ? (
          <a class="quiet small" href={`/counter?obligation=${obligation.id}&step=cancel`} safe>
            {t('withdraw')}
          </a>
        ) : (
          ''
        )}
      </div>
    </>
  );
}
