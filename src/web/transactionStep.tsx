// The form of one step with a transaction: what exactly will be done, how much of it, and why; nothing is done without a reason.
import { smaller, type Money } from '../domain/money';
import { outstandingOf } from '../domain/obligation';
import { amountOf } from '../domain/resolution';
import { say } from './counterLabels';
import { inDateTime, inDong, inFigures } from './format';
import { FieldNotes } from './formFields';
import type { Label, Translate } from './labels';
import { FormToken } from './layout';
import { State } from './parts';
import { PayeeFields } from './refundPayee';
import { signedAs } from './signedAs';
import type { Step } from './transactionSteps';
import type { TransactionView } from './transactionView';

interface Given {
  view: TransactionView;
  step: Step;
}

export const longestReason = 500;
export const shortestReason = 3;

export function StepForm({ view, step }: Given): JSX.Element {
  const { visit, resolutions } = view;
  const { t, formToken } = visit;
  return (
    <form method="post" action={view.address()} class="stack step" data-once>
      <FormToken token={formToken} />
      <input type="hidden" name="seen" value={String(resolutions.length)} />
      <input type="hidden" name="action" value={step.act} />
      {step.act === 'allocate' ? <input type="hidden" name="obligation" value={step.target.obligation.id} /> : ''}
      <h2 safe>{titleOf(step, t)}</h2>
      <Subject view={view} step={step} />
      {step.act === 'undo' ? '' : <AmountField step={step} most={mostOf(view, step)} t={t} />}
      <ReasonField step={step} t={t} />
      {step.act === 'refund' && view.transaction.accountId !== undefined ? (
        <fieldset class="stack">
          <legend safe>{t('refundPayeeNow')}</legend>
          <p class="small" safe>
            {t('refundPayeeLater')}
          </p>
          <PayeeFields transaction={view.transaction} form={step.form} isOptional t={t} />
        </fieldset>
      ) : (
        ''
      )}
      <div class="row">
        <button class="primary">
          <kbd>Enter</kbd> <span safe>{t(`act_${step.act}`)}</span>
        </button>
        <a class="button quiet" href={view.address()} data-key="Escape">
          <kbd>Esc</kbd> <span safe>{t('back')}</span>
        </a>
      </div>
      <datalist id="often">
        {oftenReasons[step.act].map((label) => (
          <option value={t(label)} />
        ))}
      </datalist>
    </form>
  );
}

const oftenReasons: Record<Step['act'], readonly Label[]> = {
  allocate: ['often_allocate_1', 'often_allocate_2', 'often_allocate_3'],
  refund: ['often_refund_1', 'often_refund_2'],
  not_ours: ['often_not_ours_1'],
  interest: ['often_interest_1'],
  own_transfer: ['often_own_transfer_1'],
  to_budget: ['often_to_budget_1'],
  undo: ['often_undo_1', 'often_undo_2'],
};

const titleOf = (step: Step, t: Translate): string =>
  step.act === 'allocate' ? say(t('step_allocate'), { reference: step.target.obligation.reference }) : t(`step_${step.act}`);

/** As much as fits: what has no home, and no more than the obligation owes. */
export const mostOf = ({ money }: Pick<TransactionView, 'money'>, step: Step): Money =>
  step.act === 'allocate' ? smaller(money.unapplied, outstandingOf(step.target.obligation)) : money.unapplied;

function Subject({ view, step }: Given): JSX.Element {
  const { t } = view.visit;
  if (step.act === 'undo') return <Undone view={view} undoable={step.undoable} />;
  if (step.act !== 'allocate') return <p safe>{t(`hint_${step.act}`)}</p>;
  const { obligation, dossier } = step.target;
  return (
    <dl class="facts">
      <dt safe>{t('dossier')}</dt>
      <dd safe>{obligation.dossierCode}</dd>
      <dt safe>{t('applicant')}</dt>
      <dd safe>{dossier.applicantName}</dd>
      <dt safe>{t('fee')}</dt>
      <dd safe>{obligation.feeItems.map((item) => item.name).join(' · ')}</dd>
      <dt safe>{t('outstanding')}</dt>
      <dd class="row tight">
        <strong safe>{inDong(outstandingOf(obligation))}</strong>
        <State of={obligation} t={t} />
      </dd>
    </dl>
  );
}

function Undone({ view, undoable }: { view: TransactionView; undoable: Extract<Step, { act: 'undo' }>['undoable'] }): JSX.Element {
  const { t } = view.visit;
  const { decision } = undoable;
  const amount = inDong(amountOf(undoable));
  const to = [...new Set(undoable.allocations.filter((one) => one.amount.isPositive()).map((one) => one.obligationId))]
    .map((id) => view.obligations.get(id)?.reference ?? t('otherAgencyObligation'))
    .join(', ');
  const what = decision ? say(t(`decided_${decision.action}`), { amount }) : say(t('hint_undo_match'), { amount });
  return (
    <>
      <p>
        <strong safe>{to ? `${what} · ${to}` : what}</strong>
        {decision ? (
          <span class="small muted block" safe>
            {`${signedAs(decision.by, view.names, t)}, ${inDateTime(decision.at)} · “${decision.reason}”`}
          </span>
        ) : (
          ''
        )}
      </p>
      <p safe>{t('hint_undo')}</p>
    </>
  );
}

function AmountField({ step: { form }, most, t }: Pick<Given, 'step'> & { most: Money; t: Translate }): JSX.Element {
  const shown = form.values['amount'] ?? inFigures(most);
  return (
    <label class="amount-field">
      <span safe>{t('amountField')}</span>
      <input
        name="amount"
        value={shown}
        inputmode="numeric"
        autocomplete="off"
        maxlength={20}
        required
        data-grouped="yes"
        aria-invalid={form.errors['amount'] ? 'true' : undefined}
        autofocus={form.errors['amount'] !== undefined}
      />
      <FieldNotes error={form.errors['amount']} hint={say(t('amountMost'), { amount: inDong(most) })} />
    </label>
  );
}

const ReasonField = ({ step: { form }, t }: Pick<Given, 'step'> & { t: Translate }): JSX.Element => (
  <label>
    <span safe>{t('reasonField')}</span>
    <input
      name="reason"
      value={form.values['reason'] ?? ''}
      list="often"
      autocomplete="off"
      minlength={shortestReason}
      maxlength={longestReason}
      required
      aria-invalid={form.errors['reason'] ? 'true' : undefined}
      autofocus={form.errors['amount'] === undefined}
    />
    <FieldNotes error={form.errors['reason']} hint={undefined} />
  </label>
);
