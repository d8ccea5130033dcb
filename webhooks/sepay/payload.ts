// What SePay sends. Source: developer.sepay.vn/en/sepay-webhooks/tich-hop-webhook
import { z } from 'zod';
import { plainText } from '../json';

/** A thousand billion đồng: no single transfer is more; beyond it a person looks. Thousands of them still add up within `Money`. */
const maxAmount = 999_999_999_999;
const maxBalance = 999_999_999_999_999;

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
  transferAmount: z.int().positive().max(maxAmount),
  /** The balance after it; 0 means unknown. */
  accumulated: z.int().min(-maxBalance).max(maxBalance).nullish().catch(undefined),
  referenceCode: plainText.nullish().catch(undefined),
});

export type SepayPayload = z.output<typeof sepayPayload>;
