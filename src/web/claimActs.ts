// What finance officers do with a claim: each act ends on its page, with what was typed where it was refused.
import { answerClaim, attachClaim, confirmClaim, sendBackClaim } from '../actions/decideClaim';
import { answerOutcomes, faultsInAnswer, type AnswerField, type ClaimAnswer } from '../domain/claim';
import { dayOf, parseDay } from '../domain/time';
import { Problem, refusals } from '../problems';
import { claimDesk } from './claimDesk';
import { wordsIn, type Label } from './labels';
import { say } from './counterLabels';
import { emptyForm, type FormState } from './formFields';
import type { Fields, OfficerVisit, Shown } from './screen';

const longestReason = 200;
const shortestReason = 3;

const idIn = ({ req }: OfficerVisit): string => String(req.params['id']);

/** `version`: how far the claim was on the page that was sent. */
const common = (visit: OfficerVisit, { version = '' }: Fields) => ({
  actor: visit.actor,
  claimId: idIn(visit),
  version: /^\d{1,6}$/.test(version) ? Number(version) : 0,
});

export const takeClaimConfirmation = (visit: OfficerVisit, sent: Fields): Promise<Shown> =>
  done(visit, confirmClaim(visit.ctx, { ...common(visit, sent), transactionId: sent['transactionId'] ?? '' }));

/** The books are signed in Vietnamese, whoever looks. */
export const takeClaimAttachment = (visit: OfficerVisit, sent: Fields): Promise<Shown> =>
  done(visit, attachClaim(visit.ctx, { ...common(visit, sent), reason: say(wordsIn('vi')('claimAttachReason'), { id: idIn(visit) }) }));

export async function takeClaimReturn(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { reason = '' } = sent;
  const wrong: Label | undefined =
    reason.length < shortestReason ? 'reasonShort' : reason.length > longestReason ? 'fieldTooLong' : undefined;
  if (wrong) return sentBack(visit, 400, { values: sent, errors: { reason: visit.t(wrong) } });
  return done(visit, sendBackClaim(visit.ctx, { ...common(visit, sent), reason }));
}

const wrongWords: Record<AnswerField, Label> = { day: 'claimAnswerDay', bankReference: 'claimAnswerReference', text: 'claimAnswerWords' };

export async function takeClaimAnswer(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { t, ctx } = visit;
  const outcome = answerOutcomes.find((one) => one === sent['outcome']);
  if (!outcome) return sentBack(visit, 400, { values: sent, errors: { outcome: t('fieldRequired') } });
  const day = parseDay(sent['day'] ?? '');
  const { bankReference, text } = sent;
  const answer: ClaimAnswer = { outcome, ...(day ? { day } : {}), ...(bankReference ? { bankReference } : {}), ...(text ? { text } : {}) };
  const faults = faultsInAnswer(answer, dayOf(ctx.now()));
  if (faults.length > 0) {
    return sentBack(visit, 400, { values: sent, errors: Object.fromEntries(faults.map((field) => [field, t(wrongWords[field])])) });
  }
  try {
    await answerClaim(ctx, { ...common(visit, sent), answer });
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'claim_answer_empty') return refused(visit, error, { values: sent, errors: {} });
    return sentBack(visit, 400, { values: sent, errors: { bankReference: t('claimAnswerReference') } });
  }
  return { redirect: `/claims/${idIn(visit)}` };
}

async function done(visit: OfficerVisit, act: Promise<unknown>): Promise<Shown> {
  try {
    await act;
  } catch (error) {
    return refused(visit, error, emptyForm);
  }
  return { redirect: `/claims/${idIn(visit)}` };
}

function refused(visit: OfficerVisit, error: unknown, form: FormState): Promise<Shown> {
  const isAnswered = error instanceof Problem && !['claim_unknown', 'role_insufficient', 'bug'].includes(error.code);
  if (!isAnswered) throw error;
  return sentBack(visit, error.status, form, refusals[error.code][visit.language]);
}

function sentBack(visit: OfficerVisit, status: number, form: FormState, refusal?: string): Promise<Shown> {
  visit.res.status(status);
  return claimDesk(visit, form, refusal);
}
