// The form in which an officer records a tax notice just as it stands; what the last notice of the dossier said is filled in already.
import { z } from 'zod';
import type { NoticeText } from '../actions/recordTaxNotice';
import type { SeenNotice } from '../actions/seeNotices';
import type { Account } from '../domain/agency';
import { banks } from '../domain/banks';
import { chapterPattern, subItemPattern, treasuryNumberPattern } from '../domain/taxNotice';
import { parseDay, type Day } from '../domain/time';
import { ChoiceField, choiceField, FormErrors, lineField, nameField, TextField, type FormState } from './formFields';
import type { Label } from './labels';
import { FormToken } from './layout';
import type { Fields, OfficerVisit } from './screen';
import { typedAmount } from './typedAmount';

const dayShape: Label = 'dayShape';
const amountShape: Label = 'taxAmountShape';
const treasuryShape: Label = 'treasuryNumberShape';
const dueBeforeIssue: Label = 'dueBeforeIssue';
const required: Label = 'fieldRequired';

const dayField = z.string({ error: required }).transform((text, check): Day => parseDay(text) ?? (check.addIssue(dayShape), z.NEVER));
const amountField = z.string({ error: required }).transform((text, check) => typedAmount(text) ?? (check.addIssue(amountShape), z.NEVER));
const givenOrNot = (longest: number) => z.union([z.literal('').transform(() => undefined), lineField(longest)]).optional();

export const noticeFields = z
  .object({
    number: lineField(64),
    issuer: lineField(200),
    issuedOn: dayField,
    taxpayerName: nameField,
    chapter: lineField(3, chapterPattern),
    subItem: lineField(4, subItemPattern),
    amount: amountField,
    dueOn: dayField,
    bankBin: choiceField(banks.map((bank) => bank.bin)),
    accountNumber: lineField(40).refine((text) => treasuryNumberPattern.test(text), treasuryShape),
    accountName: nameField,
    revenueBody: givenOrNot(64),
    treasuryCode: givenOrNot(16),
    replaces: givenOrNot(64),
  })
  .refine(({ issuedOn, dueOn }) => issuedOn <= dueOn, { path: ['dueOn'], message: dueBeforeIssue });

export const toNotice = ({
  bankBin,
  accountNumber,
  accountName,
  revenueBody,
  treasuryCode,
  replaces,
  ...rest
}: z.output<typeof noticeFields>): NoticeText => ({
  ...rest,
  account: { bankBin, accountNumber, accountName },
  ...(revenueBody ? { revenueBody } : {}),
  ...(treasuryCode ? { treasuryCode } : {}),
  ...(replaces ? { replaces } : {}),
});

/** A new form: several taxpayers of one dossier get notices that differ in little. Who they are and its days are never filled in. */
export function startingFields(last: SeenNotice | undefined, treasury: Account | undefined): Fields {
  const account = last?.account ?? treasury;
  return {
    chapter: last?.chapter ?? '757',
    ...(account ? { bankBin: account.bankBin, accountNumber: account.accountNumber, accountName: account.accountName } : {}),
    ...(last ? { issuer: last.issuer } : {}),
    ...(last?.revenueBody ? { revenueBody: last.revenueBody } : {}),
    ...(last?.treasuryCode ? { treasuryCode: last.treasuryCode } : {}),
  };
}

interface FormGiven {
  visit: OfficerVisit;
  action: string;
  form: FormState;
  /** Those of the dossier that may still be replaced. */
  numbers: readonly string[];
}

export const TaxNoticeForm = ({ visit: { t, formToken }, action, form, numbers }: FormGiven): JSX.Element => (
  <form id="tax-notice" method="post" action={action} class="stack wide" autocomplete="off" data-once>
    <h2 safe>{t('recordNotice')}</h2>
    <FormErrors form={form} t={t} />
    <FormToken token={formToken} />
    <TextField form={form} name="number" label={t('taxNoticeNumber')} maxlength={64} />
    <TextField form={form} name="issuer" label={t('taxNoticeIssuer')} />
    <div class="pair">
      <TextField form={form} name="issuedOn" label={t('taxNoticeIssuedOn')} type="date" />
      <TextField form={form} name="dueOn" label={t('dueOn')} type="date" />
    </div>
    <TextField form={form} name="taxpayerName" label={t('taxpayer')} />
    <div class="pair">
      <TextField form={form} name="subItem" label={t('subItem')} hint={t('subItemHint')} maxlength={4} />
      <TextField form={form} name="chapter" label={t('chapter')} hint={t('chapterHint')} maxlength={3} />
    </div>
    <TextField form={form} name="amount" label={t('taxAmount')} hint={t('taxAmountHint')} maxlength={24} />
    <ChoiceField
      form={form}
      name="bankBin"
      label={t('treasuryBank')}
      empty="–"
      choices={banks.map(({ bin, shortName }) => [bin, `${shortName} (${bin})`])}
    />
    <div class="pair">
      <TextField form={form} name="accountNumber" label={t('treasuryNumber')} maxlength={19} />
      <TextField form={form} name="accountName" label={t('treasuryName')} />
    </div>
    <div class="pair">
      <TextField form={form} name="revenueBody" label={t('revenueBody')} hint={t('whereGiven')} maxlength={64} optional />
      <TextField form={form} name="treasuryCode" label={t('treasuryCode')} hint={t('whereGiven')} maxlength={16} optional />
    </div>
    {numbers.length === 0 ? (
      ''
    ) : (
      <ChoiceField
        form={form}
        name="replaces"
        label={t('replacesNotice')}
        hint={t('replacesHint')}
        empty={t('replacesNone')}
        optional
        choices={numbers.map((number) => [number, number])}
      />
    )}
    <button class="primary" safe>
      {t('recordNotice')}
    </button>
  </form>
);
