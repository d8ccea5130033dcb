// What an answer about one order comes to, before anybody decides what follows: shared by those who ask as a feed and as a gateway.

/** `later`: asked too soon after the last time. `why` names no secret. */
export type Verdict = { is: 'known' | 'unknown' | 'later' } | { is: 'refused' | 'unavailable'; why: string };
