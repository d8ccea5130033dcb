// Pay2S: several transactions a webhook, under a bearer token. Source: docs.pay2s.vn/webhook/tai-lieu-ky-thuat.html
import type { Provider } from '../provider';
import { successReply } from '../successReply';
import { normalisePay2s } from './normalise';
import { verifyPay2s } from './signature';

export const pay2s: Provider = {
  name: 'pay2s',
  verify: verifyPay2s,
  normalise: normalisePay2s,
  acknowledge: () => successReply(true),
  refuse: () => successReply(false),
};
