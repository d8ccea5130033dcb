// The simulator's own truth: what citizens owe and which money really moved, by rules written down here once more and apart from the service.

import type { Errand } from './office';

export type Feed = 'sepay' | 'casso';

export interface Offer {
  accountId: string;
  madeMs: number;
  expiresMs: number;
}

/** What one source of money gave one debt. */
export interface Credit {
  source: string;
  paidMs: number;
  paid: number;
  excess: number;
  flags: Set<string>;
  isCash: boolean;
  isOnline: boolean;
}

export interface Dossier {
  number: number;
  code: string;
  agencyCode: string;
  /** On which its agency collects. */
  accountId: string;
  procedureCode: string;
  debts: Debt[];
  /** In which money moved for it. */
  seconds: Set<number>;
  /** What the portal said of it last, as of when. */
  portal?: { flag: number; atMs: number };
}

/** An obligation, as the citizen knows it. */
export interface Debt {
  number: number;
  id: string;
  reference: string;
  dossier: Dossier;
  errand: Errand;
  due: number;
  isCancelled: boolean;
  offers: Offer[];
  credits: Map<string, Credit>;
}

/** A code in a memo: whole, or one slip of the hand away. */
export interface Spelled {
  debt: Debt;
  how: 'exact' | 'slip';
}

/** What a person decided, with what it took from where. */
export interface Made {
  action: 'allocate' | 'refund' | 'not_ours';
  amount: number;
  target?: Debt;
  released: { debt: Debt; amount: number }[];
  isUndone: boolean;
}

/** Money that moved at a bank: once, whoever tells of it and however often. */
export interface Transfer {
  number: number;
  kind: string;
  direction: 'in' | 'out';
  accountId: string;
  amount: number;
  bankMs: number;
  bankReference: string;
  /** For which the citizen paid. */
  meant: readonly Debt[];
  /** What the memo says as each feed tells it, and what it says as text. */
  spelled: Readonly<Record<Feed, readonly Spelled[]>>;
  contents: Readonly<Record<Feed, string>>;
  /** A sound code that nobody was given. */
  namesUnknown: boolean;
  ids: Readonly<Record<Feed, number>>;
  feeds: readonly Feed[];
  /** The number of the first transfer of the same bank reference, amount and day. */
  identity: number;
  /** Those of its identity that say the same, so that no feed can tell them apart; itself among them. */
  twins: Transfer[];
  told: Set<Feed>;
  /** The service's own id, once it knows of it. */
  id?: string;
  /** All that it ever gave something to. */
  given: Set<Debt>;
  why?: string | undefined;
  decisions: Made[];
}

export const outstandingOf = (debt: Debt): number => (debt.isCancelled ? 0 : debt.due - paidOf(debt));
export const paidOf = (debt: Debt): number => sumOf([...debt.credits.values()].map((credit) => credit.paid));
export const excessOf = (debt: Debt): number => sumOf([...debt.credits.values()].map((credit) => credit.excess));
export const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
export const sourceOf = (transfer: Transfer): string => `transfer ${transfer.number}`;

/** What a debt is given of a sum; what is too much stays with it as excess. */
export function give(debt: Debt, amount: number, credit: Omit<Credit, 'paid' | 'excess'>): void {
  const paid = Math.min(amount, outstandingOf(debt));
  if (debt.isCancelled) credit.flags.add('after_cancel');
  const known = debt.credits.get(credit.source);
  if (known) credit.flags.forEach((flag) => known.flags.add(flag));
  else debt.credits.set(credit.source, { ...credit, paid: 0, excess: 0 });
  change(debt, credit.source, paid, amount - paid);
}

const toTheSecondMs = 1000;

/** What is odd about a transfer for a debt: only what had been offered when it came counts. */
export function odditiesOf({ bankMs, accountId }: Transfer, { offers, dossier }: Debt): Set<string> {
  const offered = offers.filter((offer) => offer.madeMs < bankMs + toTheSecondMs);
  const isLate = offered.length > 0 && Math.max(...offered.map((offer) => offer.expiresMs)) + toTheSecondMs < bankMs;
  const expected = offered.length > 0 ? offered.map((offer) => offer.accountId) : [dossier.accountId];
  return new Set([...(isLate ? ['late'] : []), ...(expected.includes(accountId) ? [] : ['wrong_account'])]);
}

/** Changes what a source gave. One of which nothing is left is remembered: its oddities come back with its money. */
export function change(debt: Debt, source: string, paid: number, excess: number): void {
  const credit = debt.credits.get(source);
  if (!credit) throw new Error(`debt ${debt.number} has nothing of ${source}`);
  credit.paid += paid;
  credit.excess += excess;
}

/** Those of which something is left, in the order of payment. */
export const creditsOf = (debt: Debt): Credit[] =>
  [...debt.credits.values()].filter(({ paid, excess }) => paid !== 0 || excess !== 0).sort((a, b) => a.paidMs - b.paidMs);

/** What is odd about a debt: all that is odd about its money, and that some of it came when it was settled already. */
export function flagsOf(debt: Debt): string[] {
  const flags = new Set<string>();
  let before = 0;
  for (const credit of creditsOf(debt)) {
    credit.flags.forEach((flag) => flags.add(flag));
    if (!debt.isCancelled && before >= debt.due) flags.add('duplicate');
    before += credit.paid + credit.excess;
  }
  return [...flags].sort();
}

const standingOf = (transfer: Transfer): Made[] => transfer.decisions.filter((made) => !made.isUndone);

/** Đồng of a transfer that have no home. */
export function leftOf(transfer: Transfer): number {
  const paid = sumOf([...transfer.given].map((debt) => debt.credits.get(sourceOf(transfer))?.paid ?? 0));
  const away = standingOf(transfer).filter((made) => made.action !== 'allocate');
  return transfer.amount - paid - sumOf(away.map((made) => made.amount));
}

export function stateOf(transfer: Transfer): string {
  if (transfer.direction === 'out') return 'outgoing';
  if (leftOf(transfer) > 0) return 'unapplied';
  return standingOf(transfer).length > 0 ? 'resolved' : 'applied';
}
