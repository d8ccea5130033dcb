// The reply that many Vietnamese providers wait for: a body that says whether it succeeded.
import type { Acknowledgement } from './provider';

/** Sent again until it reads `{"success":true}` under 200, so every kept webhook gets it, matched or not; a forged one gets 401. */
export const successReply = (success: boolean): Acknowledgement => ({
  status: success ? 200 : 401,
  contentType: 'application/json',
  body: JSON.stringify({ success }),
});
