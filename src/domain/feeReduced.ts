// The rule of a fee after the preference that applies by itself: what is really charged, line by line, beside the rate that the law prints.
import type { Fee } from './fee';
import { ratesOf } from './feeDraft';
import { preferencesOf, type FeeContext, type Preference } from './feePreference';
import type { FeeRule, PercentageRule, Rate } from './feeRule';

export interface ReducedRule {
  rule: FeeRule;
  preference: Preference;
}

/** The rule as it is charged by one channel on a day, where something lowers it that nobody has to ask for. */
export function reducedRule(fee: Fee, context: FeeContext): ReducedRule | undefined {
  const automatic = preferencesOf(fee, context).filter(({ needsEvidence }) => !needsEvidence);
  const reduced = automatic.map((preference) => ({ preference, rule: ruleUnder(fee.rule, preference) }));
  let lowest: ReducedRule | undefined;
  for (const one of reduced) if (weightOf(one.rule) < weightOf(lowest?.rule ?? fee.rule)) lowest = one;
  return lowest;
}

/** By which two forms of one rule are compared. */
const weightOf = (rule: FeeRule): number =>
  rule.type === 'percentage' ? rule.rateNumerator / rule.rateDenominator : ratesOf(rule).reduce((sum, rate) => sum + rate, 0);

function ruleUnder(rule: FeeRule, { effect, value }: Preference): FeeRule {
  const lowered = (rate: Rate): Rate =>
    rate === null ? null : effect === 'set_amount' ? Math.min(rate, value) : Math.round((rate * (100 - value)) / 100);
  switch (rule.type) {
    case 'fixed':
      return { ...rule, amount: lowered(rule.amount) };
    case 'per_unit':
      return { ...rule, unitPrice: lowered(rule.unitPrice) };
    case 'conditional':
      return { ...rule, cases: rule.cases.map((one) => ({ ...one, amount: lowered(one.amount) })) };
    case 'matrix':
      return { ...rule, rows: rule.rows.map((row) => ({ ...row, amount: lowered(row.amount) })) };
    case 'percentage':
      return effect === 'set_amount' ? { type: 'fixed', amount: value, unit: rule.unit } : shareUnder(rule, value, lowered);
    case 'tiered_per_unit':
      if (effect === 'set_amount') return { type: 'fixed', amount: value, unit: rule.itemUnit };
      return {
        ...rule,
        tiers: rule.tiers.map((tier) => ({ ...tier, unitPrice: lowered(tier.unitPrice) })),
        capPerItem: lowered(rule.capPerItem),
      };
    case 'fixed_plus_extra':
      if (effect === 'set_amount') return { type: 'fixed', amount: value, unit: rule.unit };
      return { ...rule, amount: lowered(rule.amount), extra: { ...rule.extra, unitPrice: lowered(rule.extra.unitPrice) } };
    case 'free':
    case 'by_provincial_council':
    case 'unknown':
      return rule;
  }
}

function shareUnder(rule: PercentageRule, value: number, lowered: (rate: Rate) => Rate): FeeRule {
  const rateNumerator = rule.rateNumerator * (100 - value);
  return { ...rule, rateNumerator, rateDenominator: rule.rateDenominator * 100, min: lowered(rule.min), max: lowered(rule.max) };
}
