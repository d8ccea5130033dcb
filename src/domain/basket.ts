// Baskets: several obligations that one payment pays, under one reference beside their own.
import { sumOf, type Money } from './money';
import { isPayable, isTax, outstandingOf, type Obligation } from './obligation';

export const fewestLegs = 2;
export const mostLegs = 20;

/** Why these cannot be paid together; undefined where they can. `accounts` are those that they are paid to, by obligation. */
export type BasketFault = 'too_few' | 'too_many' | 'not_payable' | 'tax' | 'several_accounts';

export function basketFault(obligations: readonly Obligation[], accountIds: ReadonlySet<string | undefined>): BasketFault | undefined {
  if (obligations.length < fewestLegs) return 'too_few';
  if (obligations.length > mostLegs) return 'too_many';
  if (obligations.some(isTax)) return 'tax';
  if (!obligations.every(isPayable)) return 'not_payable';
  return accountIds.size === 1 && !accountIds.has(undefined) ? undefined : 'several_accounts';
}

/** What all of them still ask for. */
export const outstandingOfAll = (obligations: readonly Obligation[]): Money => sumOf(obligations.map(outstandingOf));
