// Tells a subscriber of an event, signed as Standard Webhooks 1.0.0 (https://www.standardwebhooks.com).
import { Webhook } from 'standardwebhooks';
import { epochMsOf } from '../domain/time';
import type { Outbound } from './outbound';

const timeoutMs = 15_000;
const gone = 410;

/** Posts once. A redirect is a failure: nobody may send our events elsewhere. Never throws. */
export const postToSubscriber: Outbound['subscriber']['post'] = async (url, secret, event) => {
  try {
    const at = new Date(epochMsOf(event.at));
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'webhook-id': event.id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signerWith(secret).sign(event.id, at, event.body),
      },
      body: event.body,
    });
    await response.body?.cancel();
    if (response.ok) return { kind: 'accepted', status: response.status };
    return response.status === gone ? { kind: 'gone' } : { kind: 'failed', why: `HTTP ${response.status}` };
  } catch (error) {
    return { kind: 'failed', why: error instanceof Error ? error.name : 'unknown' };
  }
};

/** A secret as Standard Webhooks writes them (`whsec_` and base64), or plain text. */
const signerWith = (secret: string): Webhook => new Webhook(secret.startsWith('whsec_') ? secret : Buffer.from(secret).toString('base64'));
