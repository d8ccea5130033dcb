// SePay: its webhooks, its BankHub and its payment gateway. Source: developer.sepay.vn/en/sepay-webhooks
import type { Provider } from '../provider';
import { successReply } from '../successReply';
import { normaliseSepay } from './normalise';
import { readPulledSepay } from './pulled';
import { verifySepay } from './signature';

export const sepay: Provider = {
  name: 'sepay',
  verify: verifySepay,
  normalise: normaliseSepay,
  readPulled: readPulledSepay,
  acknowledge: () => successReply(true),
  refuse: () => successReply(false),
};
