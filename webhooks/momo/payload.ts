// What MoMo sends, in version 2. Source: developers.momo.vn/v3/docs/payment/api/result-handling/notification
import { z } from 'zod';
import { amount, epochMs, requiredText, transactionId, transferContent } from '../fields';

/** 0 is paid, 9000 is authorised and not yet taken, everything else came to nothing. */
export const momoResult = z.object({ resultCode: z.int() });

export const momoPayment = z.object({
  /** The id that we gave the payment. */
  orderId: requiredText,
  /** MoMo's own number. */
  transId: transactionId,
  amount,
  orderInfo: transferContent,
  responseTime: epochMs,
});

export type MomoPayment = z.output<typeof momoPayment>;
