// What a finance officer does about an error in a receipt: replace it, ask for a notice, or decide one that somebody else asked for.
import { z } from 'zod';
import { correctReceipt } from '../actions/correctReceipt';
import { demand } from '../actions/demand';
import { decideNotice, requestNotice } from '../actions/noticeMoneyTakenBack';
import { replacingGrounds } from '../domain/receiptNotice';
import { receiptNameOf } from '../domain/receiptName';
import { Problem, refusals } from '../problems';
import { checkForm, choiceField, emptyForm, lineField, nameField, type FormState } from './formFields';
import type { Label } from './labels';
import { receiptPage } from './receipt';
import type { Fields, OfficerVisit, Shown } from './screen';

const longestReason = 500;
const shortReason: Label = 'reasonShort';
const required: Label = 'fieldRequired';
const reasonField = lineField(longestReason).refine((text) => text.length >= 3, shortReason);

const replaceFields = z
  .object({ ground: choiceField(replacingGrounds), reason: reasonField, payerName: z.union([z.literal(''), nameField]).default('') })
  .refine(({ ground, payerName }) => ground !== 'payer_name' || payerName !== '', {
    path: ['payerName'],
    message: required,
    when: () => true,
  });
const noticeFields = z.object({ reason: reasonField });

/** One form, four acts: `act` says which. */
export async function takeCorrection(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  demand(actor, 'correct_receipts');
  const name = String(req.params['number']);
  const act = sent['act'];
  if (act === 'replace') {
    const checked = checkForm(replaceFields, sent, t);
    return checked.ok
      ? done(visit, sent, async () => receiptNameOf((await correctReceipt(ctx, { actor, name, ...checked.value })).content))
      : sentBack(visit, checked.form);
  }
  if (act === 'notice') {
    const checked = checkForm(noticeFields, sent, t);
    if (!checked.ok) return sentBack(visit, checked.form);
    return done(visit, sent, () => requestNotice(ctx, { actor, name, reason: checked.value.reason }).then(() => name));
  }
  if (act !== 'confirmed' && act !== 'refused') throw new Problem('request_invalid', 'act');
  return done(visit, sent, () => decideNotice(ctx, { actor, name, decision: act }).then(() => name));
}

/** Leads to the receipt that `work` names; a refusal stands on the page that was sent. */
async function done(visit: OfficerVisit, sent: Fields, work: () => Promise<string>): Promise<Shown> {
  try {
    return { redirect: `/receipts/${await work()}` };
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'receipt_unknown') throw error;
    visit.res.status(error.status);
    return receiptPage(visit, { ...emptyForm, values: sent }, refusals[error.code][visit.language]);
  }
}

function sentBack(visit: OfficerVisit, form: FormState): Promise<Shown> {
  visit.res.status(400);
  return receiptPage(visit, form);
}
