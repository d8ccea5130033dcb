// An account as those see it who do not need it whole.

const shownDigits = 4;

/** `0123456789` → `•••6789` */
export const maskedAccount = (account: string): string => `•••${account.slice(-shownDigits)}`;
