// What an officer does at the counter: issue, take cash, cancel, ask for a new code; each ends on the page that shows the result.
import { askCashReturn } from '../actions/askCashReturn';
import { cancelObligation } from '../actions/cancelObligation';
import { demand, obligationInSight } from '../actions/demand';
import { issueObligation } from '../actions/issueObligation';
import { requestPayment } from '../actions/requestPayment';
import { takeCash } from '../actions/takeCash';
import { withdrawObligation } from '../actions/withdrawObligation';
import { outstandingOf } from '../domain/obligation';
import { Problem, refusals, type ProblemCode } from '../problems';
import { counterPage, formParts, panelOf } from './counter';
import { isEmail } from '../domain/contact';
import { isNameText } from '../domain/text';
import { draftOf, type Draft, type Faults, type Place } from './counterDraft';
import { deskOf } from './desk';
import { againField, chargedAlready, claimIn, requestsOf, shownField } from './feeChoices';
import type { FormParts } from './counterForm';
import { isFragment, type Fields, type OfficerVisit, type Shown } from './screen';

const toChoose: Shown = { redirect: '/counter/choose' };
const shortestReason = 3;
const longestReason = 500;

/** Issues what the form says, then offers a code, or goes on to cash. A refusal comes back on the form with all that was typed. */
export async function takeIssue(visit: OfficerVisit, fields: Fields): Promise<Shown> {
  const desk = await deskOf(visit);
  if (!desk) return toChoose;
  demand(visit.actor, 'issue');
  const draft = await draftOf(visit, desk, fields);
  const form = await formParts(visit, draft);
  const faults = faultsOf(visit, form);
  if (Object.keys(faults).length > 0) return refuse(visit, form, { ...draft.faults, ...faults });
  try {
    return await issue(visit, form);
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'bug') throw error;
    return refuse(visit, form, { [placeOf(error.code)]: refusals[error.code][visit.language] });
  }
}

export async function takeCashHere(visit: OfficerVisit, fields: Fields): Promise<Shown> {
  const desk = await deskOf(visit);
  if (!desk) return toChoose;
  const { ctx, actor } = visit;
  const obligation = await obligationInSight(ctx.store.tables, actor, fields['obligation'] ?? '');
  const amount = outstandingOf(obligation);
  return afterwards(obligation.id, async () => {
    // What the officer confirmed is what was on the screen: if it changed meanwhile, nothing is taken.
    if (fields['seen'] !== amount.toString()) throw new Problem(amount.isZero() ? 'obligation_already_paid' : 'cash_over_outstanding');
    await takeCash(ctx, { actor, obligationId: obligation.id, counterId: desk.counter.id, amount });
  });
}

export async function takeCancel({ ctx, actor }: OfficerVisit, fields: Fields): Promise<Shown> {
  const { obligation: obligationId = '', reason = '' } = fields;
  await obligationInSight(ctx.store.tables, actor, obligationId);
  const isCash = fields['refund'] === 'cash';
  const shown = await afterwards(obligationId, async () => {
    if (reason.length < shortestReason || reason.length > longestReason) throw new Problem('request_invalid');
    const cancellation = { actor, obligationId, reason };
    if (isCash) await askCashReturn(ctx, cancellation);
    else await (fields['refund'] === 'yes' ? withdrawObligation(ctx, cancellation) : cancelObligation(ctx, cancellation));
  });
  return isCash && shown.redirect === pageOf(obligationId) ? { redirect: '/shifts' } : shown; // where it waits for its second person
}

export async function takeRenew(visit: OfficerVisit, { obligation: obligationId = '' }: Fields): Promise<Shown> {
  const desk = await deskOf(visit);
  if (!desk) return toChoose;
  const { ctx, actor } = visit;
  const shown = await afterwards(obligationId, async () => {
    await requestPayment(ctx, { actor, obligationId, method: 'vietqr', counterId: desk.counter.id });
  });
  return isFragment(visit.req) ? panelOf(visit, desk, obligationId) : shown;
}

async function issue({ ctx, actor }: OfficerVisit, { visit, draft, choices }: FormParts): Promise<Shown> {
  const { desk, fields, channel, procedure } = draft;
  if (!procedure) throw new Problem('procedure_unknown');
  const preference = claimIn(visit, desk, choices, fields);
  const { obligation } = await issueObligation(ctx, {
    actor,
    dossier: {
      code: fields['dossier'] ?? '',
      procedureCode: procedure.code,
      agencyCode: desk.agency.code,
      channel,
      applicant: { name: fields['applicant'] ?? '', ...(fields['email'] ? { email: fields['email'] } : {}) },
    },
    fees: requestsOf(choices),
    ...(preference ? { preference } : {}),
    counterId: desk.counter.id,
  });
  if (obligation.due.isZero()) return { redirect: pageOf(obligation.id) };
  if (fields['then'] === 'cash') return { redirect: `${pageOf(obligation.id)}&step=cash` };
  return afterwards(obligation.id, async () => {
    await requestPayment(ctx, { actor, obligationId: obligation.id, method: 'vietqr', counterId: desk.counter.id });
  });
}

const pageOf = (obligationId: string): string => `/counter?obligation=${encodeURIComponent(obligationId)}`;

/** The page of the obligation after `act`, with the refusal if there was one: it shows where things really stand. */
async function afterwards(obligationId: string, act: () => Promise<void>): Promise<{ redirect: string }> {
  try {
    await act();
    return { redirect: pageOf(obligationId) };
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 404) throw error;
    return { redirect: `${pageOf(obligationId)}&refused=${error.code}` };
  }
}

async function refuse(visit: OfficerVisit, form: FormParts, faults: Faults): Promise<string> {
  visit.res.status(400);
  const draft: Draft = { ...form.draft, faults };
  return counterPage(visit, { ...form, draft });
}

function faultsOf({ t }: OfficerVisit, { draft, choices, pricing }: FormParts): Faults {
  const { fields, procedure, faults } = draft;
  const applicant = fields['applicant'] ?? '';
  const found: Faults = { ...faults };
  if (!fields['dossier']) found.dossier = t('dossierMissing');
  if (!procedure) found.procedure = t('procedureChoose');
  else if (fields[shownField] !== procedure.code) found.fees = t('feesLook');
  else if (pricing && 'fault' in pricing) found.fees = pricing.fault;
  else if (fields[againField] === undefined && chargedAlready(draft, choices).length > 0) found.fees = t('feesAgainConfirm');
  if (applicant === '') found.applicant = t('applicantMissing');
  else if (!isNameText(applicant)) found.applicant = t('applicantWrong');
  if (fields['email'] && !isEmail(fields['email'])) found.email = t('applicantEmailWrong');
  return found;
}

function placeOf(code: ProblemCode): Place {
  if (code.startsWith('dossier_') || code === 'obligation_exists') return 'dossier';
  return code === 'procedure_unknown' ? 'procedure' : 'fees';
}
