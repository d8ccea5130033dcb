// What Casso sends, in both versions. Source: developer.casso.vn/webhook/thiet-lap-webhook-thu-cong and CassoHQ's samples on GitHub.
import { z } from 'zod';
import { balance, maxAmount, optionalText, requiredText, transferContent, vietnamTime } from '../fields';

/** Whole đồng; money out is negative. */
const signedAmount = z
  .int()
  .min(-maxAmount)
  .max(maxAmount)
  .refine((dong) => dong !== 0);

const transaction = z.object({
  /** 0 in a call from the test button. */
  id: z.int().nonnegative(),
  /** The bank's own reference. */
  reference: optionalText,
  description: transferContent,
  amount: signedAmount,
  runningBalance: balance,
  transactionDateTime: vietnamTime,
  accountNumber: requiredText,
  bankName: optionalText,
  virtualAccountNumber: optionalText,
  counterAccountName: optionalText,
  counterAccountNumber: optionalText,
});

export type CassoTransaction = z.output<typeof transaction>;

/** Either version: what tells them apart is whether `data` is a list. */
export const cassoPayload = z.object({ data: z.unknown() });

export const cassoV2 = z.object({ data: transaction });

/** V1 says the same in other names; each element becomes as it would be in V2. */
export const cassoV1 = z.object({
  data: z.array(
    z
      .object({
        id: transaction.shape.id,
        tid: optionalText,
        description: transferContent,
        amount: signedAmount,
        cusum_balance: balance,
        when: vietnamTime,
        /** The account's number; an older webhook may leave out one of these two names for it. */
        bank_sub_acc_id: optionalText,
        subAccId: optionalText,
        bankName: optionalText,
        virtualAccount: optionalText,
        corresponsiveName: optionalText,
        corresponsiveAccount: optionalText,
      })
      .transform((element, context): CassoTransaction => {
        const accountNumber = element.bank_sub_acc_id ?? element.subAccId;
        if (accountNumber === undefined) context.addIssue({ code: 'custom', path: ['bank_sub_acc_id'], message: 'no account' });
        return {
          id: element.id,
          reference: element.tid,
          description: element.description,
          amount: element.amount,
          runningBalance: element.cusum_balance,
          transactionDateTime: element.when,
          accountNumber: accountNumber ?? '',
          bankName: element.bankName,
          virtualAccountNumber: element.virtualAccount,
          counterAccountName: element.corresponsiveName,
          counterAccountNumber: element.corresponsiveAccount,
        };
      }),
  ),
});
