// What a request of SePay's means: one transaction in our common form, or none.
import { z } from 'zod';
import { vietnamTimeOf } from '../../src/domain/time';
import { readJson, shaped } from '../json';
import type { IncomingTransaction, WebhookRequest } from '../provider';
import { bankHubPayload, fromBankHub } from './bankHub';
import { fromPaymentGateway, paymentGatewayPayload } from './paymentGateway';
import { sepayPayload, type SepayPayload } from './payload';

/** Made once: a schema is compiled at its first use. */
const anyFields = z.looseObject({});

/** Three services of SePay's write to one address and are told apart by fields that only they have. Throws Unreadable. */
export function normaliseSepay({ body }: WebhookRequest): IncomingTransaction[] {
  const fields = readJson(body, anyFields);
  if ('notification_type' in fields) return [fromPaymentGateway(shaped(fields, paymentGatewayPayload))];
  if ('transfer_type' in fields) return [fromBankHub(shaped(fields, bankHubPayload))];
  if (isBankHubEvent(fields)) return [];
  return [fromWebhook(shaped(fields, sepayPayload))];
}

/** A bank account was linked or left: no money moved. Source: developer.sepay.vn/vi/bankhub/webhook-event */
const isBankHubEvent = (fields: object): boolean => 'event' in fields && 'metadata' in fields && !('transferType' in fields);

export function fromWebhook(payload: SepayPayload): IncomingTransaction {
  return {
    providerId: providerIdOf(payload),
    direction: payload.transferType,
    accountNumber: payload.accountNumber,
    virtualAccountNumber: payload.subAccount,
    bankName: payload.gateway,
    amount: payload.transferAmount,
    content: payload.content,
    bankReference: payload.referenceCode,
    bankTime: payload.transactionDate,
    balanceAfter: payload.accumulated,
    isTest: payload.id === 0,
  };
}

/** Test calls all carry id 0: their time keeps them apart, so that pressing the button twice shows two. */
function providerIdOf(payload: SepayPayload): string {
  return payload.id === 0 ? `test ${vietnamTimeOf(payload.transactionDate)}` : String(payload.id);
}
