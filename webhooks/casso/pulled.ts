// What an answer of Casso's own list means: rows as those of its V1 webhooks, with some names written otherwise.
// Source: developer.casso.vn/casso-api/api/lay-giao-dich. That `id` is the one of the webhook is how Casso tells to avoid doubles; for
// V2's webhook it is not said in so many words.
import { z } from 'zod';
import { balance, listedTime, maxAmount, optionalText, requiredText, transferContent } from '../fields';
import { readJson, shaped } from '../json';
import type { IncomingTransaction } from '../provider';
import { readRows } from '../rows';
import { toTransaction } from './normalise';
import type { CassoTransaction } from './payload';

/** The answer's money. A row that moved nothing tells of none. Throws Unreadable, with what can be read of it. */
export function readPulledCasso(body: Buffer): IncomingTransaction[] {
  return readRows('data.records', readJson(body, pulledList).data.records.entries(), (row) => {
    const told = shaped(row, pulledRow);
    return told.amount === 0 ? [] : [toTransaction(told)];
  });
}

const pulledRow = z
  .object({
    id: z.int().positive(),
    tid: optionalText,
    description: transferContent,
    /** Money out is negative. */
    amount: z.int().min(-maxAmount).max(maxAmount),
    /** One name in the documents, the other in what clients of the list declare. */
    cusum_balance: balance,
    cusumBalance: balance,
    /** Some banks tell a day only. */
    when: listedTime,
    bankSubAccId: requiredText,
    virtualAccount: optionalText,
    corresponsiveName: optionalText,
    corresponsiveAccount: optionalText,
  })
  .transform((row): CassoTransaction => ({
    id: row.id,
    reference: row.tid,
    description: row.description,
    amount: row.amount,
    runningBalance: row.cusum_balance ?? row.cusumBalance,
    transactionDateTime: row.when,
    accountNumber: row.bankSubAccId,
    // The list names banks by Casso's own codes (`acb_digi`).
    bankName: undefined,
    virtualAccountNumber: row.virtualAccount,
    counterAccountName: row.corresponsiveName,
    counterAccountNumber: row.corresponsiveAccount,
  }));

const pulledList = z.object({ data: z.object({ records: z.array(z.unknown()) }) });
