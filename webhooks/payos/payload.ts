// What payOS sends; only `data` is signed, so nothing beside it is read. Source: payos.vn/docs/du-lieu-tra-ve/webhook
import { z } from 'zod';
import { amount, optionalText, requiredText, transferContent, vietnamTime } from '../fields';

/** `00` is a payment; under any other code the rest need not be there. */
export const payosResult = z.looseObject({ data: z.looseObject({ code: z.string() }) });

export const payosPayload = z.object({
  data: z.object({
    /** The number that we gave the payment link. */
    orderCode: z.int().nonnegative(),
    paymentLinkId: requiredText,
    /** The bank's reference: one link may be paid by several transfers. */
    reference: requiredText,
    amount,
    currency: z.literal('VND').nullish(),
    description: transferContent,
    transactionDateTime: vietnamTime,
    accountNumber: requiredText,
    virtualAccountNumber: optionalText,
    counterAccountName: optionalText,
    counterAccountNumber: optionalText,
  }),
});

export type PayosTransaction = z.output<typeof payosPayload>['data'];
