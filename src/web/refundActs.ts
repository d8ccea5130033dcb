// What people do with a refund on its page: each act ends there, with what was typed where it was refused.
import { z } from 'zod';
import { confirmRefund } from '../actions/confirmRefund';
import { approveRefund, refuseRefund } from '../actions/decideRefund';
import { failRefund } from '../actions/releaseRefund';
import { prepareRefund } from '../actions/requestRefund';
import { sendRefund } from '../actions/sendRefund';
import { bankOfBin } from '../domain/banks';
import type { RefundAct } from '../domain/refund';
import { Problem, refusals } from '../problems';
import { checkForm, emptyForm, lineField, nameField, type FormState } from './formFields';
import type { Label } from './labels';
import { refundPage } from './refundPage';
import type { Fields, OfficerVisit, Shown } from './screen';

const reasonShort: Label = 'reasonShort';
const reasonForm = z.object({ reason: lineField(500).min(3, reasonShort) });
/** What was left empty was not sent. */
const given = z.string().transform((text) => text || undefined);
const missing: Label = 'fieldRequired';
const shape: Label = 'refundAccountShape';

const payeeForm = z.object({
  bankBin: z.string({ error: missing }).refine((bin) => bankOfBin(bin) !== undefined, missing),
  accountNumber: given
    .transform((text) => text?.replace(/[\s.-]/g, ''))
    .refine((text) => text === undefined || /^[0-9A-Za-z]{4,32}$/.test(text), shape),
  accountName: given.pipe(nameField.optional()),
  evidence: given.pipe(lineField(500).min(3, reasonShort).optional()),
  treasury: z.string().optional(),
});

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
  const { bankBin, accountNumber, accountName, evidence, treasury } = read.value;
  const payee = {
    bankBin,
    ...(accountNumber ? { accountNumber } : {}),
    ...(accountName ? { accountName } : {}),
    ...(evidence ? { evidence } : {}),
    ...(treasury === 'yes' ? { isTreasury: true } : {}),
  };
  return done(visit, 'prepare', sent, () => prepareRefund(visit.ctx, { ...opening(visit, sent), payee }));
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
  return { redirect: `/refunds/${String(visit.req.params['id'])}?done=${act}` };
}

/** The form that was sent, open and filled; the others as they are. */
function sentBack(visit: OfficerVisit, act: RefundAct, status: number, form: FormState = emptyForm, refusal?: string): Promise<Shown> {
  visit.res.status(status);
  return refundPage(visit, { ...form, values: { ...form.values, step: act } }, refusal);
}
