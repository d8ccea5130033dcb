// SePay: one transaction a webhook, over HMAC or an API key. Source: developer.sepay.vn/en/sepay-webhooks
import type { Acknowledgement, Provider } from '../provider';
import { normaliseSepay } from './normalise';
import { verifySepay } from './signature';

export const sepay: Provider = {
  name: 'sepay',
  verify: verifySepay,
  normalise: normaliseSepay,
  acknowledge: () => answer(200, true),
  refuse: () => answer(401, false),
};

/** SePay sends again unless it reads this body under 200 or 201, so every kept webhook gets it, matched or not. */
function answer(status: number, success: boolean): Acknowledgement {
  return { status, contentType: 'application/json', body: JSON.stringify({ success }) };
}
