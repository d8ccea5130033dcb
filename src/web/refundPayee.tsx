// The account that a refund goes to, as it is asked on a form: the bank first, and what the bank did not tell of who paid.
import { z } from 'zod';
import { bankOfBin, banks } from '../domain/banks';
import { payersAccount } from '../domain/refund';
import { maskedAccount } from '../domain/shownPayee';
import type { Transaction } from '../domain/transaction';
import type { StatedPayee } from '../actions/requestRefund';
import { say } from './counterLabels';
import { ChoiceField, lineField, nameField, TextField, type FormState } from './formFields';
import type { Label, Translate } from './labels';

/** What was left empty was not sent. */
const given = z
  .string()
  .optional()
  .transform((text) => text || undefined);
const [missing, shape, reasonShort]: readonly [Label, Label, Label] = ['fieldRequired', 'refundAccountShape', 'reasonShort'];

export const payeeForm = z
  .object({
    bankBin: z.string({ error: missing }).refine((bin) => bankOfBin(bin) !== undefined, missing),
    accountNumber: given
      .transform((text) => text?.replace(/[\s.-]/g, ''))
      .refine((text) => text === undefined || /^[0-9A-Za-z]{4,32}$/.test(text), shape),
    accountName: given.pipe(nameField.optional()),
    evidence: given.pipe(lineField(500).min(3, reasonShort).optional()),
    treasury: z.string().optional(),
  })
  .transform(({ bankBin, accountNumber, accountName, evidence, treasury }): StatedPayee => ({
    bankBin,
    ...(accountNumber ? { accountNumber } : {}),
    ...(accountName ? { accountName } : {}),
    ...(evidence ? { evidence } : {}),
    ...(treasury === 'yes' ? { isTreasury: true } : {}),
  }));

const fields = ['bankBin', 'accountNumber', 'accountName', 'evidence', 'treasury'] as const;
export const isPayeeGiven = (sent: FormState['values']): boolean => fields.some((name) => (sent[name] ?? '') !== '');

/** As people look for them. */
const bankChoices = banks
  .map(({ bin, shortName }) => [bin, shortName] as const)
  .sort(([, one], [, other]) => one.localeCompare(other, 'en'));

interface Given {
  transaction: Transaction;
  form: FormState;
  /** Whether it may be said later. */
  isOptional?: boolean;
  t: Translate;
}

export function PayeeFields({ transaction, form, isOptional = false, t }: Given): JSX.Element {
  const known = payersAccount(transaction);
  return (
    <>
      <p class="small muted">
        <span safe>{known ? say(t('refundOwnKnown'), { account: maskedAccount(known) }) : t('refundOwnUnknown')}</span>{' '}
        <span safe>{t('refundPrepareHint')}</span>
      </p>
      <div class="payee-fields">
        <ChoiceField form={form} name="bankBin" label={t('bank')} empty="" choices={bankChoices} optional={isOptional} />
        <TextField form={form} name="accountNumber" label={t('refundAccountNumber')} maxlength={32} optional />
        <TextField form={form} name="accountName" label={t('refundAccountName')} optional />
        <TextField form={form} name="evidence" label={t('refundEvidence')} maxlength={500} optional />
      </div>
      <label class="row tight check">
        <input type="checkbox" name="treasury" value="yes" checked={form.values['treasury'] === 'yes'} />
        <span safe>{t('refundTreasury')}</span>
      </label>
    </>
  );
}
