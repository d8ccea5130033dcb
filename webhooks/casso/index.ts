// Casso: one signed transaction a webhook (V2), or several under a token (V1). Source: developer.casso.vn/webhook
import type { Provider } from '../provider';
import { successReply } from '../successReply';
import { normaliseCasso } from './normalise';
import { readPulledCasso } from './pulled';
import { verifyCasso } from './signature';

export const casso: Provider = {
  name: 'casso',
  verify: verifyCasso,
  normalise: normaliseCasso,
  readPulled: readPulledCasso,
  acknowledge: () => successReply(true),
  refuse: () => successReply(false),
};
