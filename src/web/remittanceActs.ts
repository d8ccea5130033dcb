// What is done for the State budget on the screens: rates proposed and decided, slips drafted and taken through their steps.
import { confirmRemittance, undoConfirmation } from '../actions/confirmRemittance';
import { draftRemittance, stepRemittance } from '../actions/draftRemittance';
import { decideRetention, proposeRetention } from '../actions/setRetention';
import { parsePercent, remitDays } from '../domain/retention';
import { parseDay } from '../domain/time';
import { Problem, refusals } from '../problems';
import { actedOn, idIn, refusedAt } from './cashParts';
import { demandReason } from './depositActs';
import type { FormState } from './formFields';
import { addressOf } from './parts';
import { remittancesPage, type RemittanceForms } from './remittances';
import type { Fields, OfficerVisit, Shown } from './screen';
import { typedAmount } from './typedAmount';

/** Beside which field a refusal of a rate stands. */
const placesOf: Readonly<Record<string, string>> = { fee_unknown: 'fee', retention_not_for_le_phi: 'percent', retention_dates_wrong: 'to' };

const pageOf = ({ agency, month }: Fields): string => addressOf('/remittances', { month, agency });

export async function takeRetention(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { t } = visit;
  const { agency: agencyCode = '', fee: feeId = '', basis: legalBasis = '', percent = '', from = '', to = '' } = sent;
  const [retainedPoints, validFrom, validTo] = [parsePercent(percent), parseDay(from), to === '' ? undefined : parseDay(to)];
  const remitByDay = remitDays.find((day) => String(day) === sent['day']);
  const errors: FormState['errors'] = {
    ...(retainedPoints === undefined ? { percent: t('retentionPercentShape') } : {}),
    ...(validFrom ? {} : { from: t('fieldRequired') }),
    ...(to !== '' && !validTo ? { to: t('fieldShape') } : {}),
    ...(legalBasis.length < 3 ? { basis: t('fieldRequired') } : {}),
    ...(remitByDay ? {} : { day: t('fieldRequired') }),
  };
  if (Object.keys(errors).length > 0 || retainedPoints === undefined || !validFrom || !remitByDay)
    return sentBack(visit, sent, 400, { rate: { values: sent, errors } });
  try {
    const rate = { agencyCode, feeId, retainedPoints, remitByDay, legalBasis, validFrom, ...(validTo ? { validTo } : {}) };
    await proposeRetention(visit.ctx, { actor: visit.actor, ...rate });
  } catch (error) {
    const place = error instanceof Problem ? placesOf[String(error.code)] : undefined;
    if (!(error instanceof Problem) || place === undefined) throw error;
    return sentBack(visit, sent, error.status, { rate: { values: sent, errors: { [place]: refusals[error.code][visit.language] } } });
  }
  return { redirect: `${pageOf(sent)}#retentions` };
}

/** The unit's page with the form as it was sent, and what is wrong with it. */
function sentBack(visit: OfficerVisit, { month = '', agency = '' }: Fields, status: number, forms: RemittanceForms): Promise<Shown> {
  visit.res.status(status);
  return remittancesPage(visit, forms, { month, agencyCode: agency });
}

export function takeRetentionDecision(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  return actedOn(async () => {
    const decision = ({ approve: 'approved', refuse: 'refused' } as const)[String(visit.req.params['act'])];
    if (!decision) throw new Problem('route_unknown');
    await decideRetention(visit.ctx, { actor: visit.actor, retentionId: idIn(visit), decision });
    return pageOf(sent);
  }, pageOf(sent));
}

/** Of the sum that was typed, or of all where none was asked for. */
export async function takeDraft(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { agency: agencyCode = '', month = '', amount: typed } = sent;
  const amount = typed === undefined ? undefined : typedAmount(typed);
  const refused = (status: number, words: string) => sentBack(visit, sent, status, { draft: { values: sent, errors: { amount: words } } });
  if (typed !== undefined && !amount) return refused(400, visit.t('amountShape'));
  try {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new Problem('request_invalid', 'month');
    const { id } = await draftRemittance(visit.ctx, { actor: visit.actor, agencyCode, month, ...(amount ? { amount } : {}) });
    return { redirect: `/remittances/${id}` };
  } catch (error) {
    if (error instanceof Problem && error.code === 'remittance_too_much')
      return refused(error.status, refusals[error.code][visit.language]);
    return refusedAt(error, pageOf(sent));
  }
}

const steps = { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn', send: 'sent' } as const;

export function takeSlipAct(visit: OfficerVisit, { transaction = '', reason = '' }: Fields): Promise<Shown> {
  const { ctx, actor, req } = visit;
  const remittanceId = idIn(visit);
  const page = `/remittances/${remittanceId}`;
  const act = String(req.params['act']);
  return actedOn(async () => {
    const step = Object.entries(steps).find(([name]) => name === act)?.[1];
    if (['refuse', 'withdraw', 'undo'].includes(act)) demandReason(reason);
    if (step) await stepRemittance(ctx, { actor, remittanceId, step, ...(reason ? { reason } : {}) });
    else if (act === 'confirm') await confirmRemittance(ctx, { actor, remittanceId, transactionId: transaction });
    else if (act === 'undo') await undoConfirmation(ctx, { actor, remittanceId, reason });
    else throw new Problem('route_unknown');
    return page;
  }, page);
}
