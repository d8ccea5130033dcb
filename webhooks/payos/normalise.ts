// What a payOS webhook means: one transaction in our common form, or none.
import { readJson, shaped } from '../json';
import type { IncomingTransaction, WebhookRequest } from '../provider';
import { payosPayload, payosResult, type PayosTransaction } from './payload';

/** What payOS sends when a webhook is registered: a made-up order, under the words of its documents or of its dashboard. */
const testOrder = 123;
const testDescriptions = new Set(['VQRIO123', 'Ma giao dich thu nghiem']);

/** A code other than `00` tells of no money. It counts inside of `data` only: the one beside it anybody could change. Throws Unreadable. */
export function normalisePayos({ body }: WebhookRequest): IncomingTransaction[] {
  const payload = readJson(body, payosResult);
  return payload.data.code === '00' ? [toTransaction(shaped(payload, payosPayload).data)] : [];
}

export function toTransaction(told: PayosTransaction): IncomingTransaction {
  return {
    providerId: `${told.paymentLinkId} ${told.reference}`,
    direction: 'in',
    accountNumber: told.accountNumber,
    virtualAccountNumber: told.virtualAccountNumber,
    amount: told.amount,
    content: told.description,
    bankReference: told.reference,
    orderId: String(told.orderCode),
    payerName: told.counterAccountName,
    payerAccount: told.counterAccountNumber,
    bankTime: told.transactionDateTime,
    isTest: told.orderCode === testOrder && testDescriptions.has(told.description),
  };
}
