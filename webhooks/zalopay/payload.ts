// What ZaloPay sends, in version 2: JSON in a text in JSON. Source: docs.zalopay.vn/docs/specs/callback-api
import { z } from 'zod';
import { amount, epochMs, requiredText, transactionId } from '../fields';

/** `data` is the message, signed as the text that it is; what stands beside it is not signed, and is not read. */
export const zalopayEnvelope = z.object({ data: z.string(), mac: z.string() });

/** Our application at ZaloPay. */
export const zalopayApplication = z.object({ app_id: z.int() });

export const zalopayPayment = zalopayApplication.extend({
  /** The id that we gave the payment: the day as `yymmdd_`, then our own. */
  app_trans_id: requiredText,
  /** ZaloPay's own number. */
  zp_trans_id: transactionId,
  amount,
  server_time: epochMs,
});

export type ZalopayPayment = z.output<typeof zalopayPayment>;
