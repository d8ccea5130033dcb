// The part of a receipt's page about errors: the notices that were given, and what may be done next.
import type { ExplainedReceipt } from '../actions/seeReceipt';
import { replacingGrounds } from '../domain/receiptNotice';
import { correctionStepOf } from '../domain/receiptRecord';
import { can, signatureOf } from '../domain/role';
import { inDateTime } from './format';
import { ChoiceField, FormErrors, TextField, type FormState } from './formFields';
import { FormToken } from './layout';
import { receiptAddress } from './receiptParts';
import type { OfficerVisit } from './screen';
import { signedAs } from './signedAs';

interface Given {
  visit: OfficerVisit;
  seen: ExplainedReceipt;
  names: ReadonlyMap<string, string>;
  form: FormState;
  /** Why the act was refused, where it is about no field. */
  refusal: string | undefined;
}

export function ReceiptCorrection(given: Given): JSX.Element {
  const { visit, seen, refusal } = given;
  const step = can(visit.actor, 'correct_receipts') ? correctionStepOf(seen.receipt, seen.isSettled) : undefined;
  return (
    <>
      {refusal ? (
        <p class="refusal refusal-what" role="alert" safe>
          {refusal}
        </p>
      ) : (
        ''
      )}
      {seen.notices.length > 0 ? <Notices {...given} /> : ''}
      {step === 'replace' ? <ReplaceForm {...given} /> : ''}
      {step === 'give_notice' ? <NoticeForm {...given} /> : ''}
      {step === 'decide_notice' ? <DecisionForm {...given} /> : ''}
    </>
  );
}

const Notices = ({ visit: { t }, seen: { notices }, names }: Given): JSX.Element => (
  <section>
    <h2 safe>{t('notices')}</h2>
    <ul class="lines">
      {notices.map(({ ground, reason, state, givenBy, givenAt, decided }) => (
        <li>
          <strong class="whole" safe>
            {t(`ground_${ground}`)}
          </strong>
          <span class="whole" safe>{`“${reason}”`}</span>
          <span class="whole small muted" safe>{`${t('notice_requested')}: ${signedAs(givenBy, names, t)}, ${inDateTime(givenAt)}`}</span>
          <span class="whole small muted" safe>
            {decided ? `${t(`notice_${state}`)}: ${signedAs(decided.by, names, t)}, ${inDateTime(decided.at)}` : t('noticeWaits')}
          </span>
        </li>
      ))}
    </ul>
  </section>
);

const ReplaceForm = ({ visit: { t, formToken }, seen: { receipt }, form, refusal }: Given): JSX.Element => (
  <details open={refusal !== undefined || Object.keys(form.errors).length > 0}>
    <summary safe>{t('receiptWrong')}</summary>
    <form method="post" action={receiptAddress(receipt)} class="stack" data-once>
      <FormErrors form={form} t={t} />
      <FormToken token={formToken} />
      <input type="hidden" name="act" value="replace" />
      <p class="small muted" safe>
        {t('replaceHint')}
      </p>
      <ChoiceField
        form={form}
        name="ground"
        label={t('ground')}
        choices={replacingGrounds.map((ground) => [ground, t(`ground_${ground}`)])}
      />
      <TextField form={form} name="payerName" label={t('rightPayerName')} hint={t('payerOnlyHint')} optional />
      <TextField form={form} name="reason" label={t('reasonField')} maxlength={500} />
      <button class="primary" safe>
        {t('replaceReceipt')}
      </button>
    </form>
  </details>
);

const NoticeForm = ({ visit: { t, formToken }, seen: { receipt }, form }: Given): JSX.Element => (
  <section>
    <h2 safe>{t('receiptWrong')}</h2>
    <form method="post" action={receiptAddress(receipt)} class="stack" data-once>
      <FormErrors form={form} t={t} />
      <FormToken token={formToken} />
      <input type="hidden" name="act" value="notice" />
      <p class="small muted" safe>
        {t('giveNoticeHint')}
      </p>
      <TextField form={form} name="reason" label={t('reasonField')} maxlength={500} />
      <button class="primary" safe>
        {t('giveNotice')}
      </button>
    </form>
  </section>
);

const DecisionForm = ({ visit: { actor, t, formToken }, seen: { receipt } }: Given): JSX.Element =>
  receipt.notice?.givenBy === signatureOf(actor) ? (
    <p class="care" safe>
      {t('noticeNeedsOther')}
    </p>
  ) : (
    <form method="post" action={receiptAddress(receipt)} class="row" data-once>
      <FormToken token={formToken} />
      <button class="primary" name="act" value="confirmed" safe>
        {t('confirmNotice')}
      </button>
      <button name="act" value="refused" safe>
        {t('refuseNotice')}
      </button>
    </form>
  );
