// Rule trials: what other rules would have made of money that came, held against what was matched and what people decided since.
import { sumOf, type Money } from './money';
import { matchOf, standingAmong, type Resolution } from './resolution';
import type { Outcome, Share } from './matching';
import type { MatchRule } from './matchProof';
import { addMs, epochMsOf, type Instant } from './time';
import type { Transaction, Unmatched } from './transaction';

export const trialStates = ['running', 'done', 'cancelled', 'broken'] as const;
export type TrialState = (typeof trialStates)[number];

/** What judging a credit again asks of it. */
export type JudgedCredit = Pick<
  Transaction,
  'id' | 'provider' | 'accountId' | 'content' | 'amount' | 'orderId' | 'virtualAccount' | 'receivedAt' | 'proof'
>;

/** How a match differs: it was none, it would be none, or other obligations would get other parts. */
export const trialKinds = ['gained', 'lost', 'changed'] as const;
export type TrialKind = (typeof trialKinds)[number];

/** How a match that differs stands to what a person decided about the same money. */
export const humanVerdicts = ['contradicts', 'agrees', 'undecided'] as const;
export type HumanVerdict = (typeof humanVerdicts)[number];

/** A trial of one rule set over the credits that were heard of from `from` on, and before `to`. */
export interface RuleTrial {
  id: string;
  ruleSetId: string;
  from: Instant;
  to: Instant;
  askedBy: string;
  askedAt: Instant;
  state: TrialState;
  /** Credits looked at so far; those that do not differ are the same. */
  checked: number;
  gained: number;
  lost: number;
  changed: number;
  agreeing: number;
  contradicting: number;
  /** The last one looked at, and when it was heard of. */
  last?: { transactionId: string; receivedAt: Instant };
  endedAt?: Instant;
}

export const differencesOf = ({ gained, lost, changed }: Pick<RuleTrial, TrialKind>): number => gained + lost + changed;

/** Percent of the period that the trial has passed; whole, rounded down. */
export function progressOf({ state, from, to, last }: RuleTrial): number {
  if (state === 'done') return 100;
  if (!last) return 0;
  const [start, end, at] = [from, to, last.receivedAt].map(epochMsOf) as [number, number, number];
  return Math.min(99, Math.max(0, Math.floor((100 * (at - start)) / Math.max(1, end - start))));
}

/** One side of a difference, as it is kept. Amounts in whole đồng. */
export interface Judgement {
  shares: readonly { obligationId: string; amount: number }[];
  rule?: MatchRule;
  why?: Unmatched;
}

/** A transaction that would have been matched otherwise. */
export interface TrialDifference {
  position: number;
  transactionId: string;
  /** Of the transaction, in whole đồng. */
  amount: number;
  kind: TrialKind;
  /** As things stood when the trial looked. */
  verdict: HumanVerdict;
  was: Judgement;
  would: Judgement;
  /** What each obligation that would get a share could take when the money came, in whole đồng: the rest would be too much for it. */
  couldTake: Readonly<Record<string, number>>;
  /** What would have been read in the content, for whoever looks. */
  found: readonly string[];
}

/** Undefined where nothing differs. Why a match would be none is no difference: a person looks either way. */
export function kindOf(was: readonly Share[], would: readonly Share[]): TrialKind | undefined {
  if (textOf(was) === textOf(would)) return undefined;
  if (was.length === 0) return 'gained';
  return would.length === 0 ? 'lost' : 'changed';
}

const textOf = (shares: readonly Share[]): string =>
  shares
    .map(({ obligationId, amount }) => `${obligationId} ${amount}`)
    .sort()
    .join();

export const sharesOf = (outcome: Outcome): readonly Share[] => (outcome.kind === 'matched' ? outcome.shares : []);

/** The credit that would be matched otherwise, and what people decided about it. */
interface Decided {
  transactionId: string;
  amount: Money;
  /** What the service had matched. */
  was: readonly Share[];
  would: readonly Share[];
  /** The part of a share that its obligation could take. */
  takes: (share: Share) => Money;
  resolutions: readonly Resolution[];
}

/**
 * Contradicted is a person who gave money to an obligation that would get less, who found another home for đồng that an obligation would
 * take, or who took a match back that would be made again. What would be left to a person contradicts nobody.
 */
export function verdictOn({ transactionId, amount, was, would, takes, resolutions }: Decided): HumanVerdict {
  const standing = standingAmong(resolutions);
  const isTakenBack = resolutions.some(({ undoes }) => undoes === matchOf(transactionId));
  if (standing.length === 0 && !isTakenBack) return 'undecided';
  if (would.length === 0) return isTakenBack ? 'agrees' : 'undecided';
  const given = new Map<string, bigint>();
  for (const { obligationId, amount: part } of standing) {
    if (obligationId !== undefined) given.set(obligationId, (given.get(obligationId) ?? 0n) + part.dong);
  }
  const shareOf = (id: string): bigint => would.find(({ obligationId }) => obligationId === id)?.amount.dong ?? 0n;
  const apart = sumOf(standing.filter(({ obligationId }) => obligationId === undefined).map((one) => one.amount));
  const left = amount.minus(sumOf(would.map(takes)));
  const isLess = [...given].some(([id, part]) => shareOf(id) < part);
  const isTaken = apart.compare(left) > 0;
  const isAgain = isTakenBack && was.some(({ obligationId }) => shareOf(obligationId) > 0n && !given.has(obligationId));
  if (isLess || isTaken || isAgain) return 'contradicts';
  return standing.length > 0 ? 'agrees' : 'undecided';
}

/** How far back money is looked at before rules may change. */
export const trialDays = 90;
export const longestTrialDays = 366;
/** A trial says little of the money that came after it. */
export const trialHoldsDays = 7;
const dayMs = 86_400_000;

export const usualFrom = (to: Instant, days = trialDays): Instant => addMs(to, -days * dayMs);

/** Whether a trial looked at ninety days, or at all money that there is. `first`: when the first money was heard of. */
export const isLongEnough = ({ from, to }: Pick<RuleTrial, 'from' | 'to'>, first: Instant | undefined): boolean =>
  from <= usualFrom(to) || first === undefined || from <= first;

export const isFresh = ({ endedAt }: Pick<RuleTrial, 'endedAt'>, at: Instant): boolean =>
  endedAt !== undefined && at <= addMs(endedAt, trialHoldsDays * dayMs);
