// SePay's BankHub: what it sends of one transaction, and what that means. Source: developer.sepay.vn/en/bankhub/thong-bao-bien-dong-so-du
import { z } from 'zod';
import { amount, balance, optionalText, requiredText, transactionId, transferContent, vietnamTime } from '../fields';
import type { IncomingTransaction } from '../provider';

export const bankHubPayload = z.object({
  transaction_id: transactionId,
  /** The bank's short name. */
  gateway: optionalText,
  transaction_date: vietnamTime,
  account_number: requiredText,
  /** The virtual account. */
  va: optionalText,
  content: transferContent,
  transfer_type: z.enum(['credit', 'debit']),
  amount,
  /** 0 so far: BankHub does not know balances yet. */
  accumulated: balance,
  reference_code: optionalText,
});

/** BankHub counts on its own, and tells of the transfers that SePay's webhooks tell of: a feed beside them, whose marked ids never meet theirs. */
export function fromBankHub(payload: z.output<typeof bankHubPayload>): IncomingTransaction {
  return {
    providerId: `bankhub ${payload.transaction_id}`,
    feed: 'bankhub',
    direction: payload.transfer_type === 'credit' ? 'in' : 'out',
    accountNumber: payload.account_number,
    virtualAccountNumber: payload.va,
    bankName: payload.gateway,
    amount: payload.amount,
    content: payload.content,
    bankReference: payload.reference_code,
    bankTime: payload.transaction_date,
    balanceAfter: payload.accumulated,
    isTest: false,
  };
}
