// MoMo: a wallet that tells of payments in JSON. Source: developers.momo.vn/v3/docs/payment/api/result-handling/notification
import type { Provider } from '../provider';
import { normaliseMomo } from './normalise';
import { verifyMomo } from './signature';

export const momo: Provider = {
  name: 'momo',
  settings: ['MOMO_ACCESS_KEY'],
  verify: verifyMomo,
  normalise: normaliseMomo,
  /** MoMo waits for 204 and no body, within 15 seconds. */
  acknowledge: () => ({ status: 204, body: '' }),
  refuse: () => ({ status: 401, body: '' }),
};
