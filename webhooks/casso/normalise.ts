// What a Casso webhook means: one transaction in our common form, or as many as V1 put into its list.
import { vnd } from '../../src/domain/money';
import { vietnamTimeOf } from '../../src/domain/time';
import { readJson, shaped } from '../json';
import type { IncomingTransaction, WebhookRequest } from '../provider';
import { cassoPayload, cassoV1, cassoV2, type CassoTransaction } from './payload';

/** The reference that the dashboard's test button sends, in both versions. */
const testReference = 'MA_GIAO_DICH_THU_NGHIEM';

/** One element that cannot be read leaves the whole list to a person. Throws Unreadable. */
export function normaliseCasso({ body }: WebhookRequest): IncomingTransaction[] {
  const payload = readJson(body, cassoPayload);
  return Array.isArray(payload.data) ? shaped(payload, cassoV1).data.map(toTransaction) : [toTransaction(shaped(payload, cassoV2).data)];
}

export function toTransaction(told: CassoTransaction): IncomingTransaction {
  const isTest = told.id === 0 || told.reference === testReference;
  return {
    // Test calls all carry one id: their time keeps them apart.
    providerId: isTest ? `test ${vietnamTimeOf(told.transactionDateTime)}` : String(told.id),
    direction: told.amount < 0 ? 'out' : 'in',
    accountNumber: told.accountNumber,
    virtualAccountNumber: told.virtualAccountNumber,
    bankName: told.bankName,
    amount: vnd(Math.abs(told.amount)),
    content: told.description,
    bankReference: told.reference,
    payerName: told.counterAccountName,
    payerAccount: told.counterAccountNumber,
    bankTime: told.transactionDateTime,
    balanceAfter: told.runningBalance,
    isTest,
  };
}
