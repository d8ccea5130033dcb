// What payOS says of one payment link: the transfers that paid it. Source: payos.vn/docs/api and npm @payos/node 2.0.5 (PaymentLink)
import { z } from 'zod';
import { amount, listedTime, optionalText, requiredText, transferContent } from '../fields';
import { readJson, shaped } from '../json';
import type { IncomingTransaction } from '../provider';
import { readRows } from '../rows';
import { toTransaction } from './normalise';

/** None under a code other than `00`: that tells of no link. Throws Unreadable, with what can be read of it. */
export function readPulledPayos(body: Buffer): IncomingTransaction[] {
  const answer = readJson(body, z.looseObject({ code: z.string() }));
  if (answer.code !== '00') return [];
  const { id, orderCode, transactions } = shaped(answer, paymentLink).data;
  return readRows('data.transactions', transactions.entries(), (row) => [
    toTransaction({ ...shaped(row, transfer), orderCode, paymentLinkId: id }),
  ]);
}

const paymentLink = z.object({
  data: z.object({
    /** What the webhook calls `paymentLinkId`. */
    id: requiredText,
    orderCode: z.int().nonnegative(),
    transactions: z.array(z.unknown()),
  }),
});

const transfer = z.object({
  reference: requiredText,
  amount,
  description: transferContent,
  /** In which of its forms is not documented for this answer. */
  transactionDateTime: listedTime,
  accountNumber: requiredText,
  virtualAccountNumber: optionalText,
  counterAccountName: optionalText,
  counterAccountNumber: optionalText,
});
