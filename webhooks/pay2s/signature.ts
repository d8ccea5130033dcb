// How we know that it is Pay2S. Source: docs.pay2s.vn/webhook/tai-lieu-ky-thuat.html
import type { Secret, WebhookRequest } from '../provider';
import { equal, ownerOf } from '../signature';

/** The owner of the token behind a request, `Authorization: Bearer <token>`; Pay2S signs nothing. Throws SignatureInvalid. */
export function verifyPay2s({ headers }: WebhookRequest, secrets: readonly Secret[]): string {
  return ownerOf(secrets, (secret) => equal(headers['authorization'], `Bearer ${secret}`));
}
