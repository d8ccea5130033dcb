// Which differences of a day are asked for, by the address of the page.
import type { Request } from 'express';
import { amountIn, folded } from '../domain/moneySearch';
import { differenceClasses, type Difference, type DifferenceClass } from '../domain/reconciliation';
import { askedText } from './query';

export const differenceStates = ['blocking', 'carried', 'open'] as const;
export type DifferenceState = (typeof differenceStates)[number];

export const stateOfDifference = ({ isBlocking, carried }: Difference): DifferenceState =>
  !isBlocking ? 'open' : carried ? 'carried' : 'blocking';

export interface DifferenceFilter {
  class?: DifferenceClass;
  state?: DifferenceState;
  /** As typed. */
  amount?: string;
  text?: string;
}

/** Anything that is no choice asks for nothing. */
export function filterAsked(req: Request): DifferenceFilter {
  const named = differenceClasses.find((one) => one === askedText(req, 'class'));
  const state = differenceStates.find((one) => one === askedText(req, 'state'));
  const [amount, text] = [askedText(req, 'amount'), askedText(req, 'q')];
  return { ...(named ? { class: named } : {}), ...(state ? { state } : {}), ...(amount ? { amount } : {}), ...(text ? { text } : {}) };
}

/** What is typed for an amount and is none. */
export const isOddAmount = ({ amount }: DifferenceFilter): boolean => amount !== undefined && amountIn(amount) === undefined;

export const isFiltered = (filter: DifferenceFilter): boolean => Object.keys(filter).length > 0;

export const questionsOf = ({ class: named, state, amount, text }: DifferenceFilter): Record<string, string | undefined> => ({
  class: named,
  state,
  amount,
  q: text,
});

export function fits(difference: Difference, filter: DifferenceFilter): boolean {
  if (filter.class && difference.class !== filter.class) return false;
  if (filter.state && stateOfDifference(difference) !== filter.state) return false;
  const amount = filter.amount === undefined ? undefined : amountIn(filter.amount);
  if (filter.amount !== undefined && !(amount && difference.amount.equals(amount))) return false;
  return filter.text === undefined || hasText(difference, filter.text);
}

function hasText({ facts }: Difference, text: string): boolean {
  const told = [facts.dossierCode, facts.content, facts.bankReference, facts.payerName, facts.receiptNumber];
  const part = folded(text);
  return told.some((one) => one !== undefined && folded(one).includes(part));
}
