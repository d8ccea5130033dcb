// ZaloPay: a wallet that calls back when it has been paid. Source: docs.zalopay.vn/docs/specs/callback-api
import type { Acknowledgement, Provider } from '../provider';
import { normaliseZalopay } from './normalise';
import { verifyZalopay } from './signature';

export const zalopay: Provider = {
  name: 'zalopay',
  settings: ['ZALOPAY_APP_ID'],
  verify: verifyZalopay,
  normalise: normaliseZalopay,
  /** 1 and 2 end the matter; after 0 ZaloPay asks again. What nobody could match or read is kept for a person, so it is a success too. */
  acknowledge: (outcome) => (outcome === 'already_kept' ? answer(2, 'duplicate') : answer(1, 'success')),
  refuse: () => answer(-1, 'mac not equal'),
};

/** Always under 200: ZaloPay reads the code in the body. */
function answer(code: number, message: string): Acknowledgement {
  return { status: 200, contentType: 'application/json', body: JSON.stringify({ return_code: code, return_message: message }) };
}
