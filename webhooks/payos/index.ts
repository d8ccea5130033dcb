// payOS: one transfer to a payment link a webhook, signed inside of its body. Source: payos.vn/docs/du-lieu-tra-ve/webhook
import type { Provider } from '../provider';
import { successReply } from '../successReply';
import { normalisePayos } from './normalise';
import { readPulledPayos } from './pulled';
import { verifyPayos } from './signature';

export const payos: Provider = {
  name: 'payos',
  settings: ['PAYOS_CLIENT_ID'],
  verify: verifyPayos,
  normalise: normalisePayos,
  readPulled: readPulledPayos,
  acknowledge: () => successReply(true),
  refuse: () => successReply(false),
};
