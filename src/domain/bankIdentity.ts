// The bank-side identity of a transfer: what stays the same in whichever feed tells of it, so that many tellers make one transaction.
import type { Money } from './money';
import { normalForm } from './reference';
import { dayOf, type Day, type Instant } from './time';

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
export const bankIdentityOf = ({ bankTime, ...movement }: Movement): string | undefined => identityOn(movement, dayOf(bankTime));

/** The same of what happened on a day, at whatever time. */
export function identityOn({ accountId, bankReference, amount, direction }: Omit<Movement, 'bankTime'>, day: Day): string | undefined {
  const reference = normalForm(bankReference ?? '');
  return accountId === undefined || reference === '' ? undefined : identityText(accountId, reference, amount, direction, day);
}

export const identityText = (accountId: string, reference: string, amount: Money, direction: 'in' | 'out', day: Day): string =>
  `${accountId} ${reference} ${amount.toString()} ${direction} ${day}`;
