// What people do with a refund on its page: each act ends there, with what was typed where it was refused.
import { z } from 'zod';
import { confirmRefund } from '../actions/confirmRefund';
import { approveRefund, refuseRefund } from '../actions/decideRefund';
import { failRefund } from '../actions/releaseRefund';
import { prepareRefund } from '../actions/requestRefund';
import { sendRefund } from '../actions/sendRefund';
import { takeBackConfirmation } from '../actions/takeBackConfirmation';
import type { RefundAct } from '../domain/refund';
import { Problem, refusals } from '../problems';
import { dayListBehind } from './dayPlace';
import { checkForm, emptyForm, lineField, type FormState } from './formFields';
import type { Label } from './labels';
import { addressOf } from './parts';
import { refundPage } from './refundPage';
import { payeeForm } from './refundPayee';
import type { Fields, OfficerVisit, Shown } from './screen';

const reasonShort: Label = 'reasonShort';
export const reasonForm = z.object({ reason: lineField(500).min(3, reasonShort) });
/** `version`: how far the refund was on the page that was sent. */
const opening = ({ actor, req }: OfficerVisit, { version = '' }: Fields) => ({
  actor,
  refundId: String(req.params['id']),
  ...(/^\d{1,6}$/.test(version) ? { version: Number(version) } : {}),
});

export const takeRefundApproval = (visit: OfficerVisit, sent: Fields): Promise<Shown> =>
  done(visit, 'approve', sent, () => approveRefund(visit.ctx, opening(visit, sent)));

export const takeRefundRefusal = (visit: OfficerVisit, sent: Fields): Promise<Shown> =>
  reasoned(visit, 'refuse', sent, (reason) => refuseRefund(visit.ctx, { ...opening(visit, sent), reason }));

export const takeRefundFailure = (visit: OfficerVisit, sent: Fields): Promise<Shown> =>
  reasoned(visit, 'fail', sent, (reason) => failRefund(visit.ctx, { ...opening(visit, sent), reason }));

export const takeRefundTakingBack = (visit: OfficerVisit, sent: Fields): Promise<Shown> =>
  reasoned(visit, 'take_back', sent, (reason) => takeBackConfirmation(visit.ctx, { ...opening(visit, sent), reason }));

export const takeRefundSending = (visit: OfficerVisit, sent: Fields): Promise<Shown> =>
  sent['reason'] === undefined
    ? done(visit, 'send', sent, () => sendRefund(visit.ctx, opening(visit, sent)))
    : reasoned(visit, 'send', sent, (reason) => sendRefund(visit.ctx, { ...opening(visit, sent), reason }));

export const takeRefundConfirmation = (visit: OfficerVisit, sent: Fields): Promise<Shown> => {
  const { transactionId, evidence } = sent;
  const by = { ...(transactionId ? { transactionId } : {}), ...(evidence ? { evidence } : {}) };
  return done(visit, 'confirm', sent, () => confirmRefund(visit.ctx, { ...opening(visit, sent), ...by }));
};

export async function takeRefundPayee(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const read = checkForm(payeeForm, sent, visit.t);
  if (!read.ok) return sentBack(visit, 'prepare', 400, read.form);
  return done(visit, 'prepare', sent, () => prepareRefund(visit.ctx, { ...opening(visit, sent), payee: read.value }));
}

async function reasoned(visit: OfficerVisit, act: RefundAct, sent: Fields, work: (reason: string) => Promise<unknown>): Promise<Shown> {
  const read = checkForm(reasonForm, sent, visit.t);
  return read.ok ? done(visit, act, sent, () => work(read.value.reason)) : sentBack(visit, act, 400, read.form);
}

async function done(visit: OfficerVisit, act: RefundAct, sent: Fields, work: () => Promise<unknown>): Promise<Shown> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'refund_unknown' || error.code === 'bug') throw error;
    return sentBack(visit, act, error.status, { values: sent, errors: {} }, refusals[error.code][visit.language]);
  }
  const { req } = visit;
  return { redirect: addressOf(`/refunds/${String(req.params['id'])}`, { done: act, from: dayListBehind(req) }) };
}

/** The form that was sent, open and filled; the others as they are. */
function sentBack(visit: OfficerVisit, act: RefundAct, status: number, form: FormState = emptyForm, refusal?: string): Promise<Shown> {
  visit.res.status(status);
  return refundPage(visit, { ...form, values: { ...form.values, step: act } }, refusal);
}
