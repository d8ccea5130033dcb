// What an officer does on a dossier's page: record a tax notice, show a code, withdraw a notice; each ends on the page again.
import { cancelObligation } from '../actions/cancelObligation';
import { demand, obligationInSight } from '../actions/demand';
import { recordTaxNotice } from '../actions/recordTaxNotice';
import { requestPayment } from '../actions/requestPayment';
import { isTax, type Obligation } from '../domain/obligation';
import { Problem, refusals } from '../problems';
import { dossierPage } from './dossier';
import { checkForm, type FormState } from './formFields';
import { dossierAddress } from './parts';
import type { Fields, OfficerVisit, Shown } from './screen';
import { noticeFields, toNotice } from './taxNoticeForm';

const shortestReason = 3;
const longestReason = 500;

export async function takeTaxNotice(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  demand(actor, 'issue');
  const checked = checkForm(noticeFields, sent, t);
  if (!checked.ok) return sentBack(visit, checked.form, 400);
  const dossierCode = String(req.params['code']);
  const at = actor.counterId ? { counterId: actor.counterId } : {};
  try {
    const { obligation } = await recordTaxNotice(ctx, { actor, dossierCode, notice: toNotice(checked.value), ...at });
    await offer(visit, obligation);
    return { redirect: `${dossierAddress(obligation.dossierCode)}?done=recorded#${obligation.id}` };
  } catch (error) {
    const errors = error instanceof Problem ? errorsOf(error, visit) : undefined;
    if (!errors || !(error instanceof Problem)) throw error;
    return sentBack(visit, { values: sent, errors }, error.status);
  }
}

export async function takeDossierCode(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const obligation = await obligationOf(visit, sent);
  return afterwards(obligation, '', () => offered(visit, obligation));
}

export async function takeWithdrawal(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const obligation = await obligationOf(visit, sent);
  const { reason = '' } = sent;
  return afterwards(obligation, '?done=withdrawn', async () => {
    if (!isTax(obligation)) throw new Problem('tax_notice_unknown');
    if (reason.length < shortestReason || reason.length > longestReason) throw new Problem('request_invalid');
    await cancelObligation(visit.ctx, { actor: visit.actor, obligationId: obligation.id, reason });
  });
}

/** The obligation, when it is one of the dossier in the address. */
async function obligationOf({ ctx, actor, req }: OfficerVisit, sent: Fields): Promise<Obligation> {
  const obligation = await obligationInSight(ctx.store.tables, actor, sent['obligation'] ?? '');
  if (obligation.dossierCode !== req.params['code']) throw new Problem('obligation_unknown');
  return obligation;
}

const offered = async ({ ctx, actor }: OfficerVisit, { id }: Obligation): Promise<void> => {
  await requestPayment(ctx, { actor, obligationId: id, method: 'vietqr', ...(actor.counterId ? { counterId: actor.counterId } : {}) });
};

/** The code of a notice that was just recorded; where none is possible the page says how else it is paid. */
async function offer(visit: OfficerVisit, obligation: Obligation): Promise<void> {
  try {
    await offered(visit, obligation);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

async function afterwards({ id, dossierCode }: Obligation, done: string, act: () => Promise<void>): Promise<Shown> {
  try {
    await act();
    return { redirect: `${dossierAddress(dossierCode)}${done}#${id}` };
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 404) throw error;
    return { redirect: `${dossierAddress(dossierCode)}?refused=${error.code}#${id}` };
  }
}

async function sentBack(visit: OfficerVisit, form: FormState, status: number): Promise<Shown> {
  visit.res.status(status);
  return dossierPage(visit, form);
}

/** Beside the field that it is about, naming what there is already. */
function errorsOf({ code, detail }: Problem, { language, t }: OfficerVisit): FormState['errors'] | undefined {
  const words = detail ? `${refusals[code][language]} (${detail})` : refusals[code][language];
  if (code === 'request_invalid' && detail === 'issuedOn') return { issuedOn: t('issuedInFuture') };
  if (code === 'tax_notice_exists') return { number: words };
  if (code === 'tax_notice_unknown' || code === 'tax_notice_replaced') return { replaces: words };
  if (code === 'treasury_account_invalid') return { accountNumber: words };
  return code === 'treasury_account_differs' ? { accountName: words } : undefined;
}
