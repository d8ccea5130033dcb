// The pretend e-receipt provider of the demo: takes signed receipts as a real one would, and can be put out of reach and back again.
import { setTimeout as pause } from 'node:timers/promises';
import type { Outbound, ReceiptAnswer } from './outbound';

export type PretendReceiptProvider = NonNullable<Outbound['receiptProvider']> & NonNullable<Outbound['pretendReceiptProvider']>;

/** `answerMs`: how long it takes for an answer, so that a queue can be seen to grow shorter. What it took is forgotten when the demo ends. */
export function openPretendReceiptProvider(answerMs = 0): PretendReceiptProvider {
  const kept = new Map<string, string>();
  let isDown = false;
  return {
    isDown: () => isDown,
    setDown: (down) => void (isDown = down),
    send: async ({ name, xml }): Promise<ReceiptAnswer> => {
      if (answerMs > 0) await pause(answerMs);
      if (isDown) return { kind: 'failed', why: 'HTTP 503 (đơn vị cung cấp thử đang ngắt)' };
      if (!xml.includes('<SignatureValue>')) return { kind: 'refused', why: 'not signed' };
      if ((kept.get(name) ?? xml) !== xml) return { kind: 'refused', why: 'another receipt has this number' };
      kept.set(name, xml);
      return { kind: 'accepted', reference: `THU-${name}` };
    },
  };
}
