// How we know that it is ZaloPay. Source: docs.zalopay.vn/docs/specs/callback-api
import type { Instant } from '../../src/domain/time';
import { readJson } from '../json';
import { SignatureInvalid, Unreadable, type Secret, type Settings, type WebhookRequest } from '../provider';
import { equal, hmacHex, ownerOf, readSigned } from '../signature';
import { zalopayApplication, zalopayEnvelope } from './payload';

/**
 * `mac` in the body: HMAC-SHA256 over the text `data`, with key2; key1 signs what we send, and is refused here. There is no time in
 * it: an old message sent again is the same money. A message for another application than ours is not for us. Throws SignatureInvalid.
 */
export function verifyZalopay({ body }: WebhookRequest, secrets: readonly Secret[], _now: Instant, settings: Settings): string {
  const { data, mac } = readSigned(() => readJson(body, zalopayEnvelope));
  const owner = ownerOf(secrets, (secret) => equal(mac, hmacHex('sha256', secret, data)));
  const application = settings['ZALOPAY_APP_ID'];
  if (application && namesAnother(data, application)) throw new SignatureInvalid();
  return owner;
}

/** A genuine message that we cannot read names nobody else: it is kept for a person. */
function namesAnother(data: string, application: string): boolean {
  try {
    return String(readJson(Buffer.from(data), zalopayApplication).app_id) !== application;
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
}
