// How a decision sets an amount: the kinds of fee rules, with the field names of the published schedule.

/** Whole đồng as the decision prints them, or null where the amount is not known. A rate becomes Money when a fee is priced. */
export type Rate = number | null;

/** The highest rate one rule may print, in đồng: ten times any in the schedule, so that no product leaves the range of Money. */
export const maxRateDong = 10_000_000_000;

/** `unitPrice` holds for the units `fromUnit` to `toUnit`, both included; null: to the last. */
export type Tier = { readonly fromUnit: number; readonly toUnit: number | null; readonly unitPrice: Rate };

/** One line of a matrix: a value for each dimension, and the amount for that combination. */
export type MatrixRow = { readonly amount: Rate; readonly [dimension: string]: string | number | null };

export type FixedRule = { readonly type: 'fixed'; readonly amount: Rate; readonly unit: string };
export type PerUnitRule = { readonly type: 'per_unit'; readonly unitPrice: Rate; readonly unit: string };
export type TieredRule = {
  readonly type: 'tiered_per_unit';
  readonly unit: string;
  readonly tiers: readonly Tier[];
  readonly capPerItem: number | null;
  readonly itemUnit: string;
};
export type PercentageRule = {
  readonly type: 'percentage';
  readonly rateNumerator: number;
  readonly rateDenominator: number;
  readonly base: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly unit: string;
};
export type FixedPlusExtraRule = {
  readonly type: 'fixed_plus_extra';
  readonly amount: Rate;
  readonly unit: string;
  readonly extra: { readonly unit: string; readonly fromUnit: number; readonly unitPrice: Rate };
};
export type ConditionalRule = {
  readonly type: 'conditional';
  readonly dimension: string;
  readonly cases: readonly { readonly when: string; readonly amount: Rate }[];
  readonly unit: string;
};
export type MatrixRule = {
  readonly type: 'matrix';
  readonly dimensions: readonly string[];
  readonly rows: readonly MatrixRow[];
  readonly unit: string;
};
export type FreeRule = { readonly type: 'free'; readonly amount: 0 };
/** The provincial People's Council (HĐND) sets the amount, and this row only says that it must. */
export type ByProvincialCouncilRule = { readonly type: 'by_provincial_council'; readonly amount: null };
/** A rule is in force, but its amount has not been seen. */
export type UnknownRule = { readonly type: 'unknown'; readonly amount: null };

export type CaseRule = ConditionalRule | MatrixRule;

export type FeeRule =
  FixedRule | PerUnitRule | TieredRule | PercentageRule | FixedPlusExtraRule | CaseRule | FreeRule | ByProvincialCouncilRule | UnknownRule;

/** A choice among cases: what is asked, in which order, and what each combination of answers costs. */
export type CaseTable = {
  readonly dimensions: readonly string[];
  readonly rows: readonly { readonly values: readonly string[]; readonly amount: Rate }[];
};

/** Conditional and matrix rules in one form; a conditional rule is a matrix of one dimension. */
export function caseTableOf(rule: CaseRule): CaseTable {
  if (rule.type === 'conditional') {
    return { dimensions: [rule.dimension], rows: rule.cases.map((one) => ({ values: [one.when], amount: one.amount })) };
  }
  const rows = rule.rows.map((row) => ({ values: rule.dimensions.map((dimension) => String(row[dimension])), amount: row.amount }));
  return { dimensions: rule.dimensions, rows };
}

/** Whether the rule can give no amount at all; a rule by cases still can while one of its cases has an amount. */
export function hasNoAmount(rule: FeeRule): boolean {
  switch (rule.type) {
    case 'fixed':
      return rule.amount === null;
    case 'per_unit':
      return rule.unitPrice === null;
    case 'tiered_per_unit':
      return rule.tiers.some((tier) => tier.unitPrice === null);
    case 'fixed_plus_extra':
      return rule.amount === null || rule.extra.unitPrice === null;
    case 'conditional':
    case 'matrix':
      return caseTableOf(rule).rows.every((row) => row.amount === null);
    case 'percentage':
    case 'free':
      return false;
    case 'by_provincial_council':
    case 'unknown':
      return true;
  }
}
