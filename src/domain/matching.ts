// Matching: which obligations a transaction pays, or why none; every answer carries its proof.
import { exactSum } from './exactSum';
import { proofOf, type Candidate, type Credit, type MatchProof, type MatchRule, type Rejection } from './matchProof';
import { sumOf, zero, type Money } from './money';
import { readingsOf, sharesLetters, slips, type Reading } from './reading';
import { firstRules, type RuleSet } from './ruleSet';
import type { Unmatched } from './transaction';

export type { Candidate, Credit, MatchProof, MatchRule, NamedBy, Rejection } from './matchProof';

/** The version of the rules below: a proof names it, so that an old decision can be explained by the rules of its day. */
export const matchingVersion = 6;

/**
 * Version 2 knew no contradiction between an order, or an account, and the content (`isContradicted`), version 3 no baskets (`byBasket`),
 * version 4 no other rule set than the first, version 5 no rival that is there by accident (`rivalsOf`); else they are the same.
 */
export const matchingVersions = [2, 3, 4, 5, matchingVersion] as const;
export type MatchingVersion = (typeof matchingVersions)[number];

/** By what is decided: a version of this code, and the rule set that was in force. */
export interface Ruling {
  version: MatchingVersion;
  rules: RuleSet;
}

/** What one obligation gets of a transaction. A single share is the whole amount; several come to it exactly. */
export interface Share {
  obligationId: string;
  amount: Money;
}

export type Outcome = { kind: 'matched'; shares: readonly Share[] } | { kind: 'unmatched'; why: Unmatched };

export type Match = Outcome & { proof: MatchProof };

/** What names an obligation, the strongest first: who pays through a gateway or to a virtual account has written nothing by hand. */
const strengths = ['order', 'virtual_account', 'exact', 'corrected', 'same_dossier', 'not_read'] as const;
type Strength = (typeof strengths)[number];

/** Where a virtual account only suggests, it is no better than a guess. */
const strengthsOfSuggestion: readonly Strength[] = ['order', 'exact', 'corrected', 'virtual_account', 'same_dossier', 'not_read'];

/** One obligation that the credit may mean, by the strongest of all that names it. */
interface Named {
  obligationId: string;
  outstanding: Money;
  strength: Strength;
  /** Those that name it in the content: the exact ones, or else the corrected ones. */
  references: readonly string[];
}

type Decision = Outcome & { rule: MatchRule | null };

/**
 * Decides by what the gateway, the account and the content name. `candidates` are, of every order, account and reading, all that was
 * ever issued: settled and cancelled too, else money for them would look like money for a neighbour. Ambiguity goes to a person, and so does
 * what only a rule that is switched to suggesting would have matched.
 */
export function matchTransaction(
  credit: Credit,
  candidates: readonly Candidate[],
  readings: readonly Reading[] = readingsOf(credit.content),
  ruling: Ruling = byFirstRules,
): Match {
  const { version, rules } = ruling;
  const distinct = sortedDistinct(candidates);
  const named = namedIn(distinct, readings, rules);
  const { rule, ...outcome } = decide(credit, named, readings, ruling);
  const rejected = rejectedOf(named, rule, outcome);
  const ruleSet = version > 4 ? { ruleSet: rules } : {};
  return { ...outcome, proof: proofOf(credit, readings, distinct, { rule, version, rejected, ...ruleSet }) };
}

const byFirstRules: Ruling = { version: matchingVersion, rules: firstRules };

function sortedDistinct(candidates: readonly Candidate[]): Candidate[] {
  const keyed = candidates.map((one) => [[one.obligationId, one.by, one.reference, one.outstanding].join(' '), one] as const);
  return [...new Map(keyed)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function namedIn(candidates: readonly Candidate[], readings: readonly Reading[], { acts }: RuleSet): Named[] {
  const inOrder = acts.virtual_account ? strengths : strengthsOfSuggestion;
  const exact = new Set(readings.filter(({ how }) => how === 'exact').map(({ reference }) => reference));
  const all = new Set(readings.map(({ reference }) => reference));
  const strengthOf = ({ by, reference }: Candidate): Strength => {
    if (by === 'same_payer') return 'same_dossier';
    if (by !== 'reference') return by;
    return exact.has(reference) ? 'exact' : all.has(reference) ? 'corrected' : 'not_read';
  };

  const groups = new Map<string, Candidate[]>();
  for (const one of candidates) groups.set(one.obligationId, [...(groups.get(one.obligationId) ?? []), one]);
  return Array.from(groups, ([obligationId, group]) => {
    const found = group.map((one) => ({ strength: strengthOf(one), reference: one.reference }));
    const ofStrength = (strength: Strength) => found.filter((one) => one.strength === strength).map(({ reference }) => reference);
    const strength = inOrder.find((one) => ofStrength(one).length > 0) ?? 'not_read';
    const references = ofStrength('exact').length > 0 ? ofStrength('exact') : ofStrength('corrected');
    return { obligationId, outstanding: group[0]?.outstanding ?? zero, strength, references };
  });
}

function decide(credit: Credit, named: readonly Named[], readings: readonly Reading[], { version, rules }: Ruling): Decision {
  const of = (strength: Strength): Named[] => named.filter((one) => one.strength === strength);
  const [order, virtualAccount, exact] = [of('order'), of('virtual_account'), of('exact')];
  const [only, second] = exact;
  const corrected = version > 5 && only ? rivalsOf(exact, of('corrected'), credit, readings, rules) : of('corrected');
  if (version > 2 && isContradicted(order.length > 0 ? order : virtualAccount, exact, credit.amount)) return unmatched('ambiguous');
  if (order.length > 0) return byOrder(order, credit.amount, rules);
  if (virtualAccount.length > 0 && !rules.acts.virtual_account) return unmatched('ambiguous');
  if (virtualAccount.length > 0) return byName('virtual_account', virtualAccount, credit.amount, rules);
  if (only && corrected.length > 0) return byExactAmongCorrected(exact, corrected, credit.amount, rules);
  if (only && !second) return byExactReference(only, of('same_dossier'), credit.amount, rules);
  if (only && version > 3 && isBasket(exact)) return byBasket(exact, credit.amount, rules);
  if (only) return byExactSum(exact, exact, credit.amount, rules);
  if (corrected.length > 0) return byCorrection(corrected, credit.amount, readings, rules);
  return unmatched(whyUnknown(credit, readings));
}

/** One order for several is that of a basket: its money is shared out, whatever became of its legs meanwhile. */
function byOrder(named: readonly Named[], amount: Money, rules: RuleSet): Decision {
  const decision = byName('order', named, amount, rules);
  return decision.kind === 'unmatched' && named.length > 1 ? byBasket(named, amount, rules) : decision;
}

/** A gateway's order or a virtual account: one obligation takes it all, several must come to the amount. */
function byName(rule: 'order' | 'virtual_account', named: readonly Named[], amount: Money, rules: RuleSet): Decision {
  const [only, second] = named;
  return only && !second ? whole(rule, only, amount) : bySum(rule, named, named, amount, rules);
}

/** Another one's reference is written, it asks for just this amount, and the one that was paid by order or account does not. */
function isContradicted(paid: readonly Named[], exact: readonly Named[], amount: Money): boolean {
  const [only, second] = paid;
  if (!only || second || only.outstanding.equals(amount)) return false;
  return exact.some((one) => one.outstanding.equals(amount) && !sharesReference(one, [only]));
}

/** One obligation, as written: all of it, unless it is too much and the rest is just what is owed beside it for the same dossier. */
function byExactReference(named: Named, siblings: readonly Named[], amount: Money, rules: RuleSet): Decision {
  const rest = amount.minus(named.outstanding);
  const others = rules.acts.dossier_sum && named.outstanding.isPositive() ? onlySum(siblings, rest, rules) : undefined;
  return others ? matched('exact_sum', [named, ...others]) : whole('exact_reference', named, amount);
}

/**
 * A content that names some exactly and, by an accident of its letters, may name others with a slip: about one content in five thousand
 * when a million references are issued. The amount settles it when it is what the exact ones owe, and nothing with a corrected one is.
 */
function byExactAmongCorrected(exact: readonly Named[], corrected: readonly Named[], amount: Money, rules: RuleSet): Decision {
  const all = [...exact, ...corrected];
  return exact.length === 1 ? bySum('exact_reference', exact, all, amount, rules) : byExactSum(exact, all, amount, rules);
}

/**
 * Those with a slip that the exact ones have to be told from. One that is read in the very letters of an exact one is there by accident,
 * unless the amount speaks for it: unless some of all of them come to it.
 */
function rivalsOf(
  exact: readonly Named[],
  corrected: readonly Named[],
  credit: Credit,
  readings: readonly Reading[],
  rules: RuleSet,
): Named[] {
  const readingsFor = (all: readonly Named[]): Reading[] => {
    const references = new Set(all.flatMap((one) => one.references));
    return readings.filter(({ reference }) => references.has(reference));
  };
  const written = readingsFor(exact);
  const isApart = (one: Named): boolean =>
    readingsFor([one]).some((slip) => !written.some((other) => sharesLetters(credit.content, slip, other)));
  const apart = corrected.filter(isApart);
  if (apart.length === corrected.length) return apart;
  const asked = [...exact, ...corrected].map((one) => one.outstanding);
  return exactSum(asked, credit.amount, rules.limits.mostInSum).kind === 'none' ? apart : [...corrected];
}

const byExactSum = (exact: readonly Named[], all: readonly Named[], amount: Money, rules: RuleSet): Decision =>
  rules.acts.exact_sum ? bySum('exact_sum', exact, all, amount, rules) : unmatched('ambiguous');

/** All of them are named by one and the same reference. */
const isBasket = ([first, ...others]: readonly Named[]): boolean =>
  first?.references.some((reference) => others.every((one) => one.references.includes(reference))) ?? false;

/**
 * Each leg that still asks for money gets it. Legs that were paid, cancelled or withdrawn meanwhile undo nothing: what was meant for them
 * is too much, and stays with one of them. Less than all is believed only where it is one sum of some.
 */
function byBasket(legs: readonly Named[], amount: Money, rules: RuleSet): Decision {
  const open = legs.filter((one) => one.outstanding.isPositive());
  const asked = sumOf(open.map((one) => one.outstanding));
  if (amount.compare(asked) < 0) {
    const some = onlySum(open, amount, rules);
    return some ? matched('basket', some) : unmatched('ambiguous');
  }
  const rest = amount.minus(asked);
  const holder = rest.isZero() ? undefined : (legs.find((one) => one.outstanding.isZero()) ?? legs[0]);
  const shares = legs.map((leg) => ({
    obligationId: leg.obligationId,
    amount: leg === holder ? leg.outstanding.plus(rest) : leg.outstanding,
  }));
  return { kind: 'matched', shares: shares.filter((share) => share.amount.isPositive()), rule: 'basket' };
}

/** A slip put right is believed when it leads to one reference only, and the amount is all that is owed on it. */
function byCorrection(corrected: readonly Named[], amount: Money, readings: readonly Reading[], rules: RuleSet): Decision {
  const open = corrected.filter((one) => one.outstanding.isPositive());
  const isOneReference = new Set(corrected.flatMap((one) => one.references)).size === 1;
  if (!isOneReference && corrected.length > 1) return unmatched('ambiguous');
  const isBelieved = rules.acts.corrected_reference && corrected.every((one) => isBelievedSlip(one, readings, rules));
  return isBelieved && isSumOf(open, amount) ? matched('corrected_reference', open) : unmatched('correction_unsure');
}

function isBelievedSlip({ references }: Named, readings: readonly Reading[], { acts }: RuleSet): boolean {
  const found = readings.filter(({ reference }) => references.includes(reference));
  return found.every(({ how }) => slips.every((slip) => slip !== how || acts[slip]));
}

/** The one sum among `all` that comes to the amount, if it is of `wanted` only and leaves out no reference that still asks for money. */
function bySum(rule: MatchRule, wanted: readonly Named[], all: readonly Named[], amount: Money, rules: RuleSet): Decision {
  const chosen = onlySum(all, amount, rules);
  const asking = wanted.filter((one) => one.outstanding.isPositive()).flatMap((one) => one.references);
  const covered = new Set(chosen?.flatMap((one) => one.references));
  const isSure = chosen?.every((one) => wanted.includes(one)) && asking.every((reference) => covered.has(reference));
  return chosen && isSure ? matched(rule, chosen) : unmatched('ambiguous');
}

function onlySum(named: readonly Named[], total: Money, { limits }: RuleSet): Named[] | undefined {
  const sum = exactSum(
    named.map((one) => one.outstanding),
    total,
    limits.mostInSum,
  );
  return sum.kind === 'unique' ? named.filter((_, place) => sum.places.includes(place)) : undefined;
}

const isSumOf = (open: readonly Named[], amount: Money): boolean =>
  open.length > 0 && open.reduce((sum, one) => sum + one.outstanding.dong, 0n) === amount.dong;

function whyUnknown({ orderId }: Credit, readings: readonly Reading[]): Unmatched {
  if (orderId !== undefined) return 'unknown_order';
  return readings.some(({ how }) => how === 'exact') ? 'unknown_reference' : 'no_reference';
}

const unmatched = (why: Unmatched): Decision => ({ kind: 'unmatched', why, rule: null });

const whole = (rule: MatchRule, { obligationId }: Named, amount: Money): Decision => ({
  kind: 'matched',
  shares: [{ obligationId, amount }],
  rule,
});

const matched = (rule: MatchRule, named: readonly Named[]): Decision => ({
  kind: 'matched',
  shares: named.map(({ obligationId, outstanding }) => ({ obligationId, amount: outstanding })),
  rule,
});

function rejectedOf(named: readonly Named[], rule: MatchRule | null, outcome: Outcome): { obligationId: string; why: Rejection }[] {
  const sharing = new Set(outcome.kind === 'matched' ? outcome.shares.map((share) => share.obligationId) : []);
  const winners = named.filter((one) => sharing.has(one.obligationId));
  return named
    .filter((one) => !sharing.has(one.obligationId))
    .map((one) => ({
      obligationId: one.obligationId,
      why: outcome.kind === 'matched' ? whyNotShared(one, winners, rule) : whyNotMatched(one, outcome.why),
    }));
}

function whyNotShared(one: Named, winners: readonly Named[], rule: MatchRule | null): Rejection {
  if (one.strength === 'not_read') return 'not_read';
  const isOurs = winners.some((winner) => winner.strength === one.strength);
  if (isOurs) return one.outstanding.isZero() ? 'nothing_outstanding' : 'not_in_the_sum';
  const isContradiction = one.strength === 'virtual_account' || (one.strength === 'exact' && !sharesReference(one, winners));
  if (isContradiction && rule === 'order') return 'contradicts_order';
  if (isContradiction && rule === 'virtual_account') return 'contradicts_virtual_account';
  return 'named_more_weakly';
}

/** A reference that names several, one of which the order names too, contradicts nothing. */
const sharesReference = (one: Named, winners: readonly Named[]): boolean =>
  winners.some((winner) => winner.references.some((reference) => one.references.includes(reference)));

function whyNotMatched({ strength, outstanding }: Named, why: Unmatched): Rejection {
  if (strength === 'not_read') return 'not_read';
  if (strength === 'same_dossier') return 'named_more_weakly';
  if (outstanding.isZero()) return 'nothing_outstanding';
  return why === 'correction_unsure' ? 'amount_differs' : 'as_likely_as_others';
}
