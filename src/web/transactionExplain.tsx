// What money that left was for: what was said of it so far, the form to say it, and the way to take it back.
import { explainTransaction, statedPurposes } from '../actions/explainTransaction';
import { listDebitable } from '../actions/debitPayout';
import type { ListedSettlement } from '../actions/seeSettlements';
import { takeBackExplanation } from '../actions/takeBackExplanation';
import { standingExplanations, unexplainedOf, type Explanation } from '../domain/explanation';
import { refundCodesIn } from '../domain/refund';
import { can } from '../domain/role';
import { Problem, refusals } from '../problems';
import { say } from './counterLabels';
import { inDateTime, inDong } from './format';
import { ChoiceField, emptyForm, FormErrors, TextField, type FormState } from './formFields';
import type { Translate } from './labels';
import { FormToken } from './layout';
import { providerWord } from './providerWords';
import { RefundStateWords } from './refundParts';
import type { Fields, OfficerVisit, Shown } from './screen';
import { signedAs } from './signedAs';
import { transactionPage } from './transaction';
import { longestReason, shortestReason } from './transactionStep';
import { transactionAddress, viewOf, type TransactionView } from './transactionView';

/** Of movements on an account of ours: what leaves a gateway's hands is known again by itself, or was taken back. */
export async function Explanations({ view, form = emptyForm }: { view: TransactionView; form?: FormState }): Promise<string> {
  const { visit, transaction } = view;
  const { t, ctx, actor } = visit;
  if (transaction.state !== 'outgoing') return '';
  const all = await ctx.store.tables.explanations.ofTransactions([transaction.id]);
  const standing = standingExplanations(all);
  if (transaction.accountId === undefined && all.length === 0) return '';
  const left = unexplainedOf(transaction.amount, all);
  const carried = left.isPositive() ? await ctx.store.tables.refunds.listByCodes(refundCodesIn(transaction.content)) : [];
  const isOpen = can(actor, 'resolve');
  const isToSay = isOpen && left.isPositive() && transaction.accountId !== undefined;
  const debitable = isToSay ? await listDebitable(ctx.store.tables, actor, left) : [];
  const isStated = standing.some(({ purpose }) => statedPurposes.some((one) => one === purpose));
  return (
    <section class="stack" id="explain">
      <h2 safe>{t('explainTitle')}</h2>
      <p class={`state ${left.isPositive() ? 'state-unapplied' : 'state-paid'}`} safe>
        {left.isPositive() ? say(t('explainLeft'), { amount: inDong(left) }) : t('explainAll')}
      </p>
      <ul class="plain-list">
        {all.map((one) => (
          <Said one={one} all={all} view={view} />
        ))}
      </ul>
      {carried.map(({ id, amount, state }) => (
        <p class="row tight">
          <a href={`/refunds/${id}`} safe>
            {say(t('explainCarries'), { amount: inDong(amount) })}
          </a>
          <RefundStateWords state={state} t={t} />
        </p>
      ))}
      {isToSay ? <ExplainForm view={view} form={form} debitable={debitable} /> : ''}
      {isOpen && isStated ? (
        <details>
          <summary safe>{t('explainUndo')}</summary>
          <form method="post" action={view.address({}, '/take-back')} class="row" data-once>
            <FormToken token={visit.formToken} />
            <label class="grow">
              <span safe>{t('reasonField')}</span>
              <input name="reason" required minlength={shortestReason} maxlength={longestReason} autocomplete="off" />
            </label>
            <button safe>{t('explainUndo')}</button>
          </form>
        </details>
      ) : (
        ''
      )}
    </section>
  );
}

/** What was said, or what of it was taken back, by whom, when and why. */
function Said({ one, all, view }: { one: Explanation; all: readonly Explanation[]; view: TransactionView }): JSX.Element {
  const { visit, names } = view;
  const { t } = visit;
  const { purpose, subjectId, amount } = all.find(({ id }) => id === one.undoes) ?? one;
  const what = `${purpose === 'undo' ? '' : t(`purpose_${purpose}`)} · ${inDong(amount)}`;
  const words = one.undoes === undefined ? what : say(t('explainTakenBack'), { what });
  return (
    <li>
      {(purpose === 'refund' || purpose === 'settlement') && subjectId ? (
        <a href={`/${purpose}s/${subjectId}`} safe>
          {words}
        </a>
      ) : (
        <span safe>{words}</span>
      )}
      <span class="small muted block" safe>
        {`${signedAs(one.by, names, t)}, ${inDateTime(one.at)} · “${one.reason}”`}
      </span>
    </li>
  );
}

const debitWords = ({ settlement: { provider, payoutId }, totals }: ListedSettlement, t: Translate): string =>
  `${t('purpose_settlement')}: ${providerWord(provider, t)} ${payoutId}, ${inDong(totals.net)}`;

interface ExplainGiven {
  view: TransactionView;
  form: FormState;
  debitable: readonly ListedSettlement[];
}

const ExplainForm = ({ view: { visit, address }, form, debitable }: ExplainGiven): JSX.Element => (
  <form method="post" action={address({}, '/explain')} class="stack step" data-once>
    <p class="small muted" safe>
      {visit.t('explainHint')}
    </p>
    <FormErrors form={form} t={visit.t} />
    <FormToken token={visit.formToken} />
    <ChoiceField
      form={form}
      name="purpose"
      label={visit.t('purposeField')}
      empty=""
      choices={statedPurposes.flatMap((purpose): (readonly [string, string])[] =>
        purpose === 'settlement'
          ? debitable.map((one) => [`settlement ${one.settlement.id}`, debitWords(one, visit.t)])
          : [[purpose, visit.t(`purpose_${purpose}`)]],
      )}
    />
    <TextField form={form} name="reason" label={visit.t('reasonField')} maxlength={longestReason} />
    <button class="primary" safe>
      {visit.t('explainDo')}
    </button>
    <p class="row small">
      <a href="/refunds?state=sent" safe>
        {visit.t('refunds')}
      </a>
      <a href="/remittances" safe>
        {visit.t('remittances')}
      </a>
    </p>
  </form>
);

export async function takeExplanation(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { t } = visit;
  const [stated, settlementId] = (sent['purpose'] ?? '').split(' ');
  const purpose = statedPurposes.find((one) => one === stated);
  const { reason = '' } = sent;
  const errors = {
    ...(purpose ? {} : { purpose: t('fieldRequired') }),
    ...(reason.length < shortestReason ? { reason: t('reasonShort') } : {}),
  };
  if (!purpose || Object.keys(errors).length > 0) return sentBack(visit, 400, { values: sent, errors });
  const transactionId = String(visit.req.params['id']);
  const said = { purpose, reason, ...(settlementId ? { settlementId } : {}) };
  return done(visit, sent, () => explainTransaction(visit.ctx, { actor: visit.actor, transactionId, ...said }));
}

export async function takeExplanationBack(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { reason = '' } = sent;
  if (reason.length < shortestReason) return sentBack(visit, 400, emptyForm, visit.t('reasonShort'));
  const transactionId = String(visit.req.params['id']);
  return done(visit, sent, () => takeBackExplanation(visit.ctx, { actor: visit.actor, transactionId, reason }));
}

async function done(visit: OfficerVisit, sent: Fields, work: () => Promise<unknown>): Promise<Shown> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 409) throw error;
    return sentBack(visit, error.status, { values: sent, errors: {} }, refusals[error.code][visit.language]);
  }
  return { redirect: transactionAddress(visit.req) };
}

async function sentBack(visit: OfficerVisit, status: number, form: FormState, refusal?: string): Promise<string> {
  visit.res.status(status);
  return transactionPage(await viewOf(visit), { explain: form, ...(refusal ? { refusal } : {}) });
}
