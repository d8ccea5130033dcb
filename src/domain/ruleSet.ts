// Rule sets: which matching rules act by themselves and which only suggest, and how far each of them looks.
import { mostAmounts } from './exactSum';
import { longestContent, mostCorrected, mostExact, slips, type ReadingLimits } from './reading';
import type { Instant } from './time';

/**
 * What may be switched to *only suggests*. An order, a reference exactly as written and a basket are not among them: with those the payer
 * has said what is paid, and nobody should have to say it again.
 */
export const mainSwitches = ['virtual_account', 'exact_sum', 'dossier_sum', 'corrected_reference'] as const;
/** With the slips that a corrected reference may have. */
export const switchable = [...mainSwitches, ...slips] as const;
export type Switch = (typeof switchable)[number];

/** The rules that always act. */
export const alwaysActing = ['order', 'exact_reference', 'basket'] as const;

export interface RuleLimits extends ReadingLimits {
  /** Amounts among which the one sum is looked for. */
  mostInSum: number;
}
export type Limit = keyof RuleLimits;

/**
 * How far a limit may be moved. None so low that rivals of a reference are overlooked: no bank of ours sends more than 300 characters;
 * nor so high that one content costs more than a millisecond.
 */
export const limitBounds: Readonly<Record<Limit, { usual: number; least: number; most: number }>> = {
  mostInSum: { usual: mostAmounts, least: 2, most: 20 },
  mostCorrected: { usual: mostCorrected, least: 10, most: 400 },
  mostExact: { usual: mostExact, least: 50, most: 1_000 },
  longestContent: { usual: longestContent, least: 300, most: 4_000 },
};
export const limits = ['mostInSum', 'mostCorrected', 'mostExact', 'longestContent'] as const satisfies readonly Limit[];

export interface Rules {
  /** Whether it acts by itself; else it only suggests. */
  acts: Readonly<Record<Switch, boolean>>;
  limits: Readonly<RuleLimits>;
}

/** Rules under the name that proofs carry. */
export interface RuleSet extends Rules {
  id: string;
}

export const firstRuleSetId = 'default';

/** In force until another set is adopted. */
export const firstRules: RuleSet = {
  id: firstRuleSetId,
  acts: recordOf(switchable, () => true),
  limits: recordOf(limits, (limit) => limitBounds[limit].usual),
};

/** What differs from the first rules, by name: a switch is `false`, a limit its number. */
export type RuleChanges = Readonly<Record<string, boolean | number>>;

/** In the order of the lists above. */
export function changesOf(rules: Rules, from: Rules = firstRules): RuleChanges {
  const switched = switchable.filter((one) => rules.acts[one] !== from.acts[one]).map((one) => [one, rules.acts[one]]);
  const moved = limits.filter((one) => rules.limits[one] !== from.limits[one]).map((one) => [one, rules.limits[one]]);
  return Object.fromEntries([...switched, ...moved]);
}

/** The rules that differ so from others; undefined where a name is unknown, or a value none that it may have. */
export function rulesWith(changes: Readonly<Record<string, unknown>>, from: Rules = firstRules): Rules | undefined {
  const names: readonly string[] = [...switchable, ...limits];
  if (Object.keys(changes).some((name) => !names.includes(name))) return undefined;
  const acts = recordOf(switchable, (one): unknown => (Object.hasOwn(changes, one) ? changes[one] : from.acts[one]));
  const moved = recordOf(limits, (one): unknown => (Object.hasOwn(changes, one) ? changes[one] : from.limits[one]));
  return isSwitches(acts) && isLimits(moved) ? { acts, limits: moved } : undefined;
}

export const isSameRules = (one: Rules, other: Rules): boolean => Object.keys(changesOf(one, other)).length === 0;

const isSwitches = (values: Readonly<Record<Switch, unknown>>): values is Record<Switch, boolean> =>
  switchable.every((one) => typeof values[one] === 'boolean');

const isLimits = (values: Readonly<Record<Limit, unknown>>): values is Record<Limit, number> =>
  limits.every((one) => {
    const value = values[one];
    const { least, most } = limitBounds[one];
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;
  });

function recordOf<Name extends string, Value>(names: readonly Name[], valueOf: (name: Name) => Value): Record<Name, Value> {
  const record: Partial<Record<Name, Value>> = {};
  for (const name of names) record[name] = valueOf(name);
  return record as Record<Name, Value>;
}

/** A set that somebody drafted. It counts once it is adopted, until the next one is. */
export interface DraftedRuleSet extends RuleSet {
  /** People call it by its number; the first rules are number 0. */
  number: number;
  reason: string;
  draftedBy: string;
  draftedAt: Instant;
  adoption?: RuleAdoption;
  /** Nobody wants it any more. */
  withdrawal?: { by: string; at: Instant };
}

/** That a set came into force: for all money that comes afterwards, until the next adoption. */
export interface RuleAdoption {
  /** Counts adoptions, from 1. */
  number: number;
  trialId: string;
  by: string;
  at: Instant;
  reason: string;
}
