// The pretend bank of demo mode: tells the service of a transfer the way a real one would, signed, through the public door.
import { vietnamTimeOf, type Instant } from '../domain/time';
import { Problem } from '../problems';
import type { Outbound, PretendTransfer } from './outbound';

const timeoutMs = 15_000;

type Sign = (body: Buffer, secret: string, now: Instant) => Record<string, string>;

/** `portNow` is asked at every call: the service listens only after it has been put together. */
export const pretendBankAt = (portNow: () => number, sign: Sign, secret: string): NonNullable<Outbound['pretendBank']> => ({
  tell: async (transfer, at) => {
    const body = Buffer.from(JSON.stringify(payloadOf(transfer)));
    try {
      const response = await fetch(`http://127.0.0.1:${portNow()}/webhooks/sandbox`, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { 'content-type': 'application/json', ...sign(body, secret, at) },
        body,
      });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      throw new Problem('pretend_payment_failed', error instanceof Error ? error.name : undefined);
    }
  },
});

/** The form of SePay's webhook: developer.sepay.vn/en/sepay-webhooks/tich-hop-webhook */
const payloadOf = (transfer: PretendTransfer) => ({
  id: transfer.id,
  gateway: transfer.bankName,
  transactionDate: vietnamTimeOf(transfer.bankTime),
  accountNumber: transfer.accountNumber,
  subAccount: null,
  code: null,
  content: transfer.content,
  transferType: transfer.direction,
  transferAmount: transfer.amount,
  accumulated: 0,
  referenceCode: transfer.bankReference,
});
