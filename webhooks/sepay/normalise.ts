// What a SePay webhook means: one transaction in our common form.
import { vnd } from '../../src/domain/money';
import { parseVietnamTime } from '../../src/domain/time';
import { readJson } from '../json';
import { Unreadable, type IncomingTransaction, type WebhookRequest } from '../provider';
import { sepayPayload, type SepayPayload } from './payload';

/** The one transaction of a SePay request. Throws Unreadable. */
export function normaliseSepay(request: WebhookRequest): IncomingTransaction[] {
  return [toTransaction(readJson(request.body, sepayPayload))];
}

function toTransaction(payload: SepayPayload): IncomingTransaction {
  const bankTime = parseVietnamTime(payload.transactionDate);
  if (!bankTime) throw new Unreadable('unexpected_shape', 'transactionDate');
  return {
    providerId: providerIdOf(payload),
    direction: payload.transferType,
    accountNumber: payload.accountNumber,
    virtualAccountNumber: given(payload.subAccount),
    bankName: given(payload.gateway),
    amount: vnd(payload.transferAmount),
    content: payload.content ?? '',
    bankReference: given(payload.referenceCode),
    providerCode: given(payload.code),
    bankTime,
    balanceAfter: payload.accumulated ? vnd(payload.accumulated) : undefined,
    isTest: payload.id === 0,
  };
}

/** Test calls all carry id 0: their time keeps them apart, so that pressing the button twice shows two. */
function providerIdOf(payload: SepayPayload): string {
  return payload.id === 0 ? `test ${payload.transactionDate}` : String(payload.id);
}

/** SePay writes "none" as null or as an empty text. */
const given = (text: string | null | undefined): string | undefined => text?.trim() || undefined;
