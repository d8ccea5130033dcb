// What SePay's webhooks send. Source: developer.sepay.vn/en/sepay-webhooks/tich-hop-webhook
import { z } from 'zod';
import { amount, balance, optionalText, requiredText, transferContent, vietnamTime } from '../fields';

export const sepayPayload = z.object({
  /** 0 in a call from the test button. */
  id: z.int().nonnegative(),
  /** The bank's short name. */
  gateway: optionalText,
  transactionDate: vietnamTime,
  accountNumber: requiredText,
  /** The virtual account; null or empty where the money went to the account itself. */
  subAccount: optionalText,
  /** The payment code that SePay recognised. */
  code: optionalText,
  content: transferContent,
  transferType: z.enum(['in', 'out']),
  transferAmount: amount,
  accumulated: balance,
  referenceCode: optionalText,
});

export type SepayPayload = z.output<typeof sepayPayload>;
