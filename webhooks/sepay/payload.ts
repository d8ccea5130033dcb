// What SePay sends. Source: developer.sepay.vn/en/sepay-webhooks/tich-hop-webhook
import { z } from 'zod';
import { plainText } from '../json';

/** Fifteen digits of đồng: beyond it a number is a mistake, and `Money` refuses it. */
const maxAmount = 999_999_999_999_999;

const dong = z.int().min(-maxAmount).max(maxAmount);

/** What decides nothing is left out when it is odd, so that it cannot make a payment unreadable. */
export const sepayPayload = z.object({
  /** 0 in a call from the test button. */
  id: z.int().nonnegative(),
  /** The bank's short name. */
  gateway: plainText.nullish().catch(undefined),
  /** `2025-03-25 14:02:37`, in Vietnam, without zone. */
  transactionDate: z.string(),
  accountNumber: plainText.pipe(z.string().trim().min(1)),
  /** The virtual account; null or empty where the money went to the account itself. */
  subAccount: plainText.nullish().catch(undefined),
  /** The payment code that SePay recognised. */
  code: plainText.nullish().catch(undefined),
  content: plainText.nullish(),
  transferType: z.enum(['in', 'out']),
  transferAmount: dong.positive(),
  /** The balance after it; 0 means unknown. */
  accumulated: dong.nullish().catch(undefined),
  referenceCode: plainText.nullish().catch(undefined),
});

export type SepayPayload = z.output<typeof sepayPayload>;
