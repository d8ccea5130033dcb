// What Pay2S sends: a list of transactions. Source: docs.pay2s.vn/webhook/tai-lieu-ky-thuat.html
import { z } from 'zod';
import { amount, optionalText, requiredText, transactionId, transferContent, vietnamTime } from '../fields';

const transaction = z.object({
  id: transactionId,
  /** The bank's short name. */
  gateway: optionalText,
  transactionDate: vietnamTime,
  /** The bank's own reference. */
  transactionNumber: optionalText,
  accountNumber: requiredText,
  content: transferContent,
  /** In capitals, unlike SePay's. */
  transferType: z.enum(['IN', 'OUT']),
  transferAmount: amount,
});

/** How the `checksum` of an element is made is not published; it is not read. */
export const pay2sPayload = z.object({ transactions: z.array(transaction) });

export type Pay2sTransaction = z.output<typeof transaction>;
