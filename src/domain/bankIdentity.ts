// The bank-side identity of a transfer: what stays the same in whichever feed tells of it, so that many tellers make one transaction.
import type { Money } from './money';
import { normalForm } from './reference';
import { dayOf, type Instant } from './time';

export interface Movement {
  accountId?: string | undefined;
  bankReference?: string | undefined;
  amount: Money;
  direction: 'in' | 'out';
  bankTime: Instant;
}

/**
 * Account, the bank's reference, amount, direction and booking day in Vietnam, as one text; undefined without a reference: amount and
 * date alone never make two tellings one transfer. Several transfers may share an identity (a bank that writes one reference for
 * all): an occurrence number tells them apart, and `placeOf` says which of them a telling is of.
 */
export function bankIdentityOf({ accountId, bankReference, amount, direction, bankTime }: Movement): string | undefined {
  const reference = normalForm(bankReference ?? '');
  if (accountId === undefined || reference === '') return undefined;
  return [accountId, reference, amount.toString(), direction, dayOf(bankTime)].join(' ');
}
