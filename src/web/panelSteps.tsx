// Steps of the counter's panel that write: cash and cancellation with a confirmation, and a new code for what is outstanding.
import { sumOf } from '../domain/money';
import { outstandingOf } from '../domain/obligation';
import { say } from './counterLabels';
import type { PanelParts } from './counterPanel';
import { inDong } from './format';
import { FormToken } from './layout';

/** The amount is shown, never typed; the form says which amount the officer saw. */
export function CashStep({ visit: { t, formToken }, facts: { obligation } }: PanelParts): JSX.Element {
  const outstanding = outstandingOf(obligation);
  const amount = inDong(outstanding);
  return (
    <form method="post" action="/counter/cash" class="stack step" data-once>
      <FormToken token={formToken} />
      <input type="hidden" name="obligation" value={obligation.id} />
      <input type="hidden" name="seen" value={outstanding.toString()} />
      <p class="sum" safe>
        {amount}
      </p>
      <h3 safe>{say(t('cashTitle'), { amount })}</h3>
      <p safe>{t('cashHint')}</p>
      <div class="row">
        <button class="primary" data-key="Enter" autofocus data-focused>
          <kbd>Enter</kbd> <span safe>{say(t('cashConfirm'), { amount })}</span>
        </button>
        <Back t={t} obligationId={obligation.id} />
      </div>
    </form>
  );
}

/** Without money it is cancelled; with money a refund is asked for too; cash goes back over the counter, once another person approved. */
export function CancelStep(parts: PanelParts): JSX.Element {
  const { visit, facts, seen } = parts;
  const { t, formToken } = visit;
  const { obligation } = facts;
  const held = obligation.paid.plus(obligation.excess);
  if (seen.payments.some(({ method }) => method === 'cash')) return <CashReturnStep {...parts} />;
  return (
    <form method="post" action="/counter/cancel" class="stack step" data-once>
      <FormToken token={formToken} />
      <input type="hidden" name="obligation" value={obligation.id} />
      {held.isPositive() ? (
        <>
          <input type="hidden" name="refund" value="yes" />
          <h3 safe>{say(t('withdrawTitle'), { amount: inDong(held) })}</h3>
          <p safe>{t('withdrawHint')}</p>
        </>
      ) : (
        ''
      )}
      <label>
        <span safe>{t('cancelReason')}</span>
        <input name="reason" minlength="3" maxlength="500" required autofocus data-focused />
      </label>
      <div class="row">
        <button safe>{held.isPositive() ? t('withdrawConfirm') : t('cancel')}</button>
        <Back t={t} obligationId={obligation.id} />
      </div>
    </form>
  );
}

function CashReturnStep({ visit: { t, formToken }, facts: { obligation }, seen: { payments } }: PanelParts): JSX.Element {
  const cash = sumOf(payments.filter(({ method }) => method === 'cash').map(({ amount }) => amount));
  return (
    <form method="post" action="/counter/cancel" class="stack step" data-once>
      <FormToken token={formToken} />
      <input type="hidden" name="obligation" value={obligation.id} />
      <input type="hidden" name="refund" value="cash" />
      <h3 safe>{say(t('returnTitle'), { amount: inDong(cash) })}</h3>
      <p safe>{t('returnHint')}</p>
      <label>
        <span safe>{t('cancelReason')}</span>
        <input name="reason" minlength="3" maxlength="500" required autofocus data-focused />
      </label>
      <div class="row">
        <button safe>{t('returnConfirm')}</button>
        <Back t={t} obligationId={obligation.id} />
      </div>
    </form>
  );
}

/** What stands in place of a code that has expired, or that is for another amount than what is outstanding now. */
export function Renewal({ visit: { t, formToken }, facts: { obligation, offer, request } }: PanelParts): JSX.Element {
  const isPart = obligation.paid.isPositive() && offer === 'none' && request !== undefined;
  return (
    <form
      method="post"
      action="/counter/renew"
      class="stack renewal"
      hx-post="/counter/renew"
      hx-trigger={isPart ? 'load, submit' : 'submit'}
      hx-target="#panel"
      hx-swap="outerHTML"
    >
      <FormToken token={formToken} />
      <input type="hidden" name="obligation" value={obligation.id} />
      <p safe>{t(offer === 'expired' ? 'qrExpiredHint' : 'qrNone')}</p>
      <button class="primary" data-key="Enter">
        <kbd>Enter</kbd>{' '}
        <span safe>{offer === 'expired' ? t('renew') : say(t('showAmountQr'), { amount: inDong(outstandingOf(obligation)) })}</span>
      </button>
    </form>
  );
}

function Back({ t, obligationId }: { t: PanelParts['visit']['t']; obligationId: string }): JSX.Element {
  return (
    <a
      class="button quiet"
      href={`/counter?obligation=${obligationId}`}
      hx-get={`/counter/panel?obligation=${obligationId}`}
      hx-target="#panel"
      hx-swap="outerHTML"
      data-key="Escape"
    >
      <kbd>Esc</kbd> <span safe>{t('back')}</span>
    </a>
  );
}
