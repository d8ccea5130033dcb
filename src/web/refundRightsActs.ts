// What people change of the right to approve refunds: a limit, a delegation, its end.
import { z } from 'zod';
import { delegateRefunds, endDelegation } from '../actions/delegateRefunds';
import { setRefundLimit } from '../actions/setRefundLimit';
import { approverRoles, refundLevels } from '../domain/refundRights';
import { parseDay } from '../domain/time';
import { Problem, refusals } from '../problems';
import { checkForm, choiceField, emptyForm, lineField, type FormState } from './formFields';
import type { Label } from './labels';
import { rightsPage } from './refundRights';
import type { Fields, OfficerVisit, Shown } from './screen';
import { typedAmount } from './typedAmount';

const reasonShort: Label = 'reasonShort';
const amountShape: Label = 'amountShape';
const fieldShape: Label = 'fieldShape';
const reason = lineField(500).min(3, reasonShort);
const amount = z.string().transform((text, check) => typedAmount(text) ?? (check.addIssue(amountShape), z.NEVER));
const day = z.string().transform((text, check) => parseDay(text) ?? (check.addIssue(fieldShape), z.NEVER));

const limitForm = z.object({
  role: choiceField(approverRoles),
  level: choiceField(refundLevels),
  amount: z
    .string()
    .transform((text) => text || undefined)
    .pipe(amount.optional()),
  reason,
});
const delegationForm = z.object({ to: lineField(40), first: day, last: day, amount, reason });
const endForm = z.object({ reason });

export async function takeRefundLimit(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const read = checkForm(limitForm, sent, visit.t);
  if (!read.ok) return sentBack(visit, 'limit', 400, read.form);
  const { amount: limit, ...setting } = read.value;
  return done(visit, 'limit', sent, () =>
    setRefundLimit(visit.ctx, { actor: visit.actor, ...setting, ...(limit ? { amount: limit } : {}) }),
  );
}

export async function takeDelegation(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const read = checkForm(delegationForm, sent, visit.t);
  if (!read.ok) return sentBack(visit, 'delegate', 400, read.form);
  const { first: validFrom, last: validTo, ...lent } = read.value;
  return done(visit, 'delegate', sent, () => delegateRefunds(visit.ctx, { actor: visit.actor, ...lent, validFrom, validTo }));
}

export async function takeDelegationEnd(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const read = checkForm(endForm, sent, visit.t);
  if (!read.ok) return sentBack(visit, 'end', 400, read.form, visit.t('reasonShort'));
  const delegationId = String(visit.req.params['id']);
  return done(visit, 'end', sent, () => endDelegation(visit.ctx, { actor: visit.actor, delegationId, reason: read.value.reason }));
}

async function done(visit: OfficerVisit, step: string, sent: Fields, work: () => Promise<unknown>): Promise<Shown> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'role_insufficient' || error.code === 'bug') throw error;
    return sentBack(visit, step, error.status, { values: sent, errors: {} }, refusals[error.code][visit.language]);
  }
  return { redirect: '/refunds/rights' };
}

function sentBack(visit: OfficerVisit, step: string, status: number, form: FormState = emptyForm, refusal?: string): Promise<Shown> {
  visit.res.status(status);
  return rightsPage(visit, { ...form, values: { ...form.values, step } }, refusal);
}
