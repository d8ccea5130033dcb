// What a finance officer does with a transaction: each act ends on its page, with what was typed where it was refused.
import { demand } from '../actions/demand';
import { requestRefund } from '../actions/requestRefund';
import { resolveTransaction, type Decision } from '../actions/resolveTransaction';
import { undoResolution } from '../actions/undoResolution';
import type { Money } from '../domain/money';
import type { ResolutionAction } from '../domain/resolution';
import { Problem, refusals } from '../problems';
import { checkForm, type FormState } from './formFields';
import { isPayeeGiven, payeeForm } from './refundPayee';
import type { Fields, OfficerVisit, Shown } from './screen';
import { transactionPage } from './transaction';
import { longestReason, shortestReason } from './transactionStep';
import { acts, stepOf, type Act } from './transactionSteps';
import { transactionAddress, viewOf } from './transactionView';
import { typedAmount } from './typedAmount';

/** One form, four acts: `action` says which. */
export async function takeDecision(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  demand(visit.actor, 'resolve');
  const act = acts.find((one) => one === sent['action']);
  if (!act) throw new Problem('request_invalid', 'action');
  const amount = typedAmount(sent['amount'] ?? '');
  const payee = act === 'refund' && isPayeeGiven(sent) ? checkForm(payeeForm, sent, visit.t) : undefined;
  const errors = { ...errorsIn(visit, act, sent, amount), ...(payee?.ok === false ? payee.form.errors : {}) };
  if (Object.keys(errors).length > 0) return sentBack(visit, act, { values: sent, errors }, 400);
  try {
    if (act === 'undo') await undoResolution(visit.ctx, common(visit, sent));
    else if (payee?.ok) await requestRefund(visit.ctx, { ...common(visit, sent), ...(amount ? { amount } : {}), payee: payee.value });
    else await resolveTransaction(visit.ctx, decisionOf(visit, act, sent, amount));
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'transaction_unknown' || error.code === 'bug') throw error;
    return sentBack(visit, act, { values: sent, errors: {} }, error.status, wordsOf(error, visit));
  }
  return { redirect: transactionAddress(visit.req, { done: act }) };
}

const wordsOf = ({ code, detail }: Problem, { language }: OfficerVisit): string =>
  detail ? `${refusals[code][language]} (${detail})` : refusals[code][language];

const decisionOf = (visit: OfficerVisit, action: ResolutionAction, sent: Fields, amount: Money | undefined): Decision => ({
  ...common(visit, sent),
  action,
  ...(action === 'allocate' ? { obligationId: sent['obligation'] ?? '' } : {}),
  ...(amount ? { amount } : {}),
});

/** `seen`: how many decisions stood on the page that was sent. */
const common = ({ actor, req }: OfficerVisit, { reason = '', seen = '' }: Fields) => ({
  actor,
  transactionId: String(req.params['id']),
  reason,
  ...(/^\d{1,6}$/.test(seen) ? { decisionsSeen: Number(seen) } : {}),
});

function errorsIn(
  { t }: OfficerVisit,
  what: Act,
  { reason = '', amount: typed = '' }: Fields,
  amount: Money | undefined,
): FormState['errors'] {
  return {
    ...(what !== 'undo' && !amount ? { amount: t(typed === '' ? 'fieldRequired' : 'amountShape') } : {}),
    ...(reason.length < shortestReason ? { reason: t('reasonShort') } : {}),
    ...(reason.length > longestReason ? { reason: t('fieldTooLong') } : {}),
  };
}

/** The same page: the step where it may still be done, with what was typed, and why it was not done. */
async function sentBack(visit: OfficerVisit, what: Act, form: FormState, status: number, refusal?: string): Promise<Shown> {
  visit.res.status(status);
  const view = await viewOf(visit);
  const step = await stepOf(view, what, form.values['obligation'], form);
  return transactionPage(view, { ...(step ? { step } : {}), ...(refusal ? { refusal } : {}) });
}
