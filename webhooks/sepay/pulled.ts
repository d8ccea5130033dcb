// What an answer of SePay's own list means: rows that tell what its webhooks tell, in other names and with numbers as texts.
// Source: developer.sepay.vn/en/sepay-api/v1/api-giao-dich (the first edition; `src/outbound/feeds/sepay.ts` says why not the second)
import { z } from 'zod';
import { vnd } from '../../src/domain/money';
import { balance, maxAmount, optionalText, requiredText, transferContent, vietnamTime } from '../fields';
import { readJson, shaped } from '../json';
import type { IncomingTransaction } from '../provider';
import { readRows } from '../rows';
import { fromWebhook } from './normalise';
import type { SepayPayload } from './payload';

/** The answer's money. A row that moved nothing tells of none. Throws Unreadable, with what can be read of it. */
export function readPulledSepay(body: Buffer): IncomingTransaction[] {
  return readRows('transactions', readJson(body, pulledList).transactions.entries(), (row) => {
    const told = shaped(row, pulledRow);
    return told ? [fromWebhook(told)] : [];
  });
}

/** `"18067000.00"`, or a number: whole đồng either way. */
const dong = z
  .union([z.string().regex(/^-?\d{1,15}(\.0+)?$/), z.int()])
  .transform(Number)
  .pipe(z.int());

const pulledRow = z
  .object({
    /** The number by which the webhook names it too. */
    id: z
      .union([z.string().regex(/^[1-9]\d{0,15}$/), z.int()])
      .transform(Number)
      .pipe(z.int().positive()),
    bank_brand_name: optionalText,
    transaction_date: vietnamTime,
    account_number: requiredText,
    sub_account: optionalText,
    code: optionalText,
    transaction_content: transferContent,
    amount_in: dong.pipe(z.int().nonnegative().max(maxAmount)),
    amount_out: dong.pipe(z.int().nonnegative().max(maxAmount)),
    accumulated: dong.nullish().catch(undefined).pipe(balance),
    reference_number: optionalText,
  })
  // In and out at once would be two movements.
  .refine((row) => row.amount_in === 0 || row.amount_out === 0, { path: ['amount_out'] })
  .transform((row): SepayPayload | undefined => {
    const moved = row.amount_in + row.amount_out;
    if (moved === 0) return undefined;
    return {
      id: row.id,
      gateway: row.bank_brand_name,
      transactionDate: row.transaction_date,
      accountNumber: row.account_number,
      subAccount: row.sub_account,
      code: row.code,
      content: row.transaction_content,
      transferType: row.amount_in > 0 ? 'in' : 'out',
      transferAmount: vnd(moved),
      accumulated: row.accumulated,
      referenceCode: row.reference_number,
    };
  });

const pulledList = z.object({ transactions: z.array(z.unknown()) });
