// What is done with deposits on the screens: record one, say which credit it is, withdraw a wrong record.
import { attachDeposit } from '../actions/matchDeposits';
import { confirmShortage, takeBackShortage, type ShortageNote } from '../actions/confirmShortage';
import { recordDeposit, withdrawDeposit } from '../actions/recordDeposit';
import type { Context } from '../context';
import { parseDay } from '../domain/time';
import { Problem, refusals } from '../problems';
import { actedOn, idIn } from './cashParts';
import { depositsPage } from './deposits';
import type { FormState } from './formFields';
import type { Fields, OfficerVisit, Shown } from './screen';
import { typedAmount } from './typedAmount';

const longestSlip = 40;

/** A refusal comes back on the form with all that was typed. */
export async function takeDeposit(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { t } = visit;
  const [amount, day, slip] = [typedAmount(sent['amount'] ?? ''), parseDay(sent['day'] ?? ''), sent['slip'] ?? ''];
  const errors: FormState['errors'] = {
    ...(amount ? {} : { amount: t('amountShape') }),
    ...(day ? {} : { day: t('fieldShape') }),
    ...(slip === '' ? { slip: t('fieldRequired') } : slip.length > longestSlip ? { slip: t('fieldTooLong') } : {}),
  };
  if (!amount || !day || Object.keys(errors).length > 0) return sentBack(visit, sent, errors, 400);
  const shiftIds = Object.keys(sent).flatMap((name) => (name.startsWith('shift.') ? name.slice('shift.'.length) : []));
  try {
    const agencyCode = sent['agency'] ?? '';
    const { id } = await recordDeposit(visit.ctx, { actor: visit.actor, agencyCode, shiftIds, amount, day, slipNumber: slip });
    return { redirect: `/deposits/${id}` };
  } catch (error) {
    if (!(error instanceof Problem) || !error.code.startsWith('deposit_')) throw error;
    const place = error.code === 'deposit_day_wrong' ? 'day' : 'amount';
    return sentBack(visit, sent, { [place]: refusals[error.code][visit.language] }, error.status);
  }
}

export function takeDepositAttachment(visit: OfficerVisit, { transaction = '', reason = '' }: Fields): Promise<Shown> {
  const page = `/deposits/${idIn(visit)}`;
  return actedOn(async () => {
    demandReason(reason);
    await attachDeposit(visit.ctx, { actor: visit.actor, depositId: idIn(visit), transactionId: transaction, reason });
    return page;
  }, page);
}

export function takeDepositWithdrawal(visit: OfficerVisit, { reason = '' }: Fields): Promise<Shown> {
  return noted(visit, reason, (ctx, { note, ...deposit }) => withdrawDeposit(ctx, { ...deposit, reason: note }));
}

export function takeDepositShortage(visit: OfficerVisit, { reason = '' }: Fields): Promise<Shown> {
  return noted(visit, reason, confirmShortage);
}

export function takeDepositShortageBack(visit: OfficerVisit, { reason = '' }: Fields): Promise<Shown> {
  return noted(visit, reason, takeBackShortage);
}

function noted(visit: OfficerVisit, note: string, act: (ctx: Context, given: ShortageNote) => Promise<unknown>): Promise<Shown> {
  const page = `/deposits/${idIn(visit)}`;
  return actedOn(async () => {
    demandReason(note);
    await act(visit.ctx, { actor: visit.actor, depositId: idIn(visit), note });
    return page;
  }, page);
}

export function demandReason(reason: string): void {
  if (reason.length < 3 || reason.length > 500) throw new Problem('request_invalid', 'reason');
}

function sentBack(visit: OfficerVisit, values: Fields, errors: FormState['errors'], status: number): Promise<Shown> {
  visit.res.status(status);
  return depositsPage(visit, { values, errors });
}
