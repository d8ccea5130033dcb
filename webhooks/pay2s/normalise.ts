// What a Pay2S webhook means: as many transactions in our common form as its list has.
import { readJson } from '../json';
import type { IncomingTransaction, WebhookRequest } from '../provider';
import { pay2sPayload, type Pay2sTransaction } from './payload';

/** One element that cannot be read leaves the whole list to a person. Throws Unreadable. */
export function normalisePay2s({ body }: WebhookRequest): IncomingTransaction[] {
  return readJson(body, pay2sPayload).transactions.map(toTransaction);
}

function toTransaction(told: Pay2sTransaction): IncomingTransaction {
  return {
    providerId: told.id,
    direction: told.transferType === 'IN' ? 'in' : 'out',
    accountNumber: told.accountNumber,
    bankName: told.gateway,
    amount: told.transferAmount,
    content: told.content,
    bankReference: told.transactionNumber,
    bankTime: told.transactionDate,
    isTest: false,
  };
}
