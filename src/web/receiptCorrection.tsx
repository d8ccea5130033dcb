// The part of a receipt's page about errors: the notices that were given, and what may be done next.
import type { ExplainedReceipt } from '../actions/seeReceipt';
import { replacingGrounds, type ReceiptNotice } from '../domain/receiptNotice';
import { correctionStepOf } from '../domain/receiptRecord';
import { can, signatureOf } from '../domain/role';
import type { Instant } from '../domain/time';
import { inDateTime } from './format';
import { ChoiceField, FormErrors, TextField, type FormState } from './formFields';
import type { Label, Translate } from './labels';
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
  const step = can(visit.actor, 'correct_receipts') ? correctionStepOf(seen.receipt) : undefined;
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
      {notices.map((notice) => (
        <li>
          <strong class="whole" safe>
            {t(`ground_${notice.ground}`)}
          </strong>
          <span class="whole" safe>{`“${notice.reason}”`}</span>
          {stepsOf(notice, names, t).map((words) => (
            <span class="whole small muted" safe>
              {words}
            </span>
          ))}
        </li>
      ))}
    </ul>
  </section>
);

/** Who did what and when; what needed one person names one. */
function stepsOf({ state, givenBy, givenAt, decided }: ReceiptNotice, names: ReadonlyMap<string, string>, t: Translate): string[] {
  const words = (label: Label, by: string, at: Instant): string => `${t(label)}: ${signedAs(by, names, t)}, ${inDateTime(at)}`;
  if (!decided) return [words('notice_requested', givenBy, givenAt), t('noticeWaits')];
  if (state === 'confirmed' && decided.by === givenBy) return [words('noticeByOne', givenBy, givenAt)];
  const end = decided.by === givenBy ? 'noticeTakenBack' : decided.by.startsWith('system:') ? 'noticeClosed' : (`notice_${state}` as const);
  return [
    words('notice_requested', givenBy, givenAt),
    end === 'noticeClosed' ? `${t(end)}, ${inDateTime(decided.at)}` : words(end, decided.by, decided.at),
  ];
}

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
        hint={t('groundHint')}
        choices={replacingGrounds.map((ground) => [ground, t(`ground_${ground}`)])}
      />
      <TextField form={form} name="payerName" label={t('rightPayerName')} hint={t('payerOnlyHint')} optional />
      <TextField form={form} name="reason" label={t('innerNote')} hint={t('innerNoteHint')} maxlength={500} />
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
      <TextField form={form} name="reason" label={t('innerNote')} hint={t('innerNoteHint')} maxlength={500} />
      <button class="primary" safe>
        {t('giveNotice')}
      </button>
    </form>
  </section>
);

const DecisionForm = ({ visit: { actor, t, formToken }, seen: { receipt } }: Given): JSX.Element =>
  receipt.notice?.givenBy === signatureOf(actor) ? (
    <form method="post" action={receiptAddress(receipt)} class="stack" data-once>
      <FormToken token={formToken} />
      <p class="care" safe>
        {t('noticeNeedsOther')}
      </p>
      <button name="act" value="refused" safe>
        {t('withdrawErrorNotice')}
      </button>
    </form>
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
