// The publication of fees (công khai phí, lệ phí): what a page must say of a fee, an example worked out, and what is still missing.
// Law 97/2015/QH13, article 14: name, rate, method, who pays, exemptions and the legal document, at the place and on the website.
import { chargeable, isRefusal, type Channel, type Fee } from './fee';
import type { FeeInputs } from './feeInputs';
import { preferencesOf, type FeeContext, type Preference } from './feePreference';
import { priceFee, type PricedFee } from './feePrice';
import { caseTableOf, hasNoAmount } from './feeRule';
import type { Day } from './time';

export const channels = ['counter', 'online', 'postal'] as const satisfies readonly Channel[];

/** What keeps a page from being complete. */
export const gaps = [
  /** the People's Council has set no rate that we know */
  'not_set_by_council',
  'amount_unknown',
  /** one of its cases has no amount */
  'case_without_amount',
  'basis_missing',
  /** nobody has seen from when on it holds */
  'start_unknown',
  /** no account of the unit, or of one above it, takes the money */
  'account_missing',
  /** the procedure has no fee in force, not even one of 0 đồng */
  'no_fee_in_force',
] as const;
export type Gap = (typeof gaps)[number];

/** One fee as it is published for a unit on a day. */
export interface FeePublication {
  fee: Fee;
  /** What the example costs by each channel; none where nothing can be charged. */
  examples: readonly { channel: Channel; priced: PricedFee }[];
  /** What may lower it on that day, by any channel. */
  preferences: readonly Preference[];
  gaps: readonly Gap[];
}

/** How many pages, copies or đồng an example has, where the rule does not say better. */
const exampleUnits = 5;
const exampleValueDong = 1_000_000_000;

/** Inputs with which the rule can be shown at work: several units where they cost differently, and the first case that costs something. */
export function exampleInputs(fee: Pick<Fee, 'rule'>): FeeInputs {
  const { rule } = fee;
  switch (rule.type) {
    case 'tiered_per_unit':
      return { units: exampleUnits };
    case 'fixed_plus_extra':
      return { units: rule.extra.fromUnit + 1 };
    case 'percentage':
      return { value: exampleValueDong };
    case 'conditional':
    case 'matrix': {
      const { dimensions, rows } = caseTableOf(rule);
      const row = rows.find(({ amount }) => amount !== null && amount > 0) ?? rows.find(({ amount }) => amount !== null);
      return row ? { case: Object.fromEntries(dimensions.map((dimension, place) => [dimension, row.values[place] ?? ''])) } : {};
    }
    default:
      return {};
  }
}

/** What a page says of a fee on a day. `localityCode`: the province of the unit. The engine is the one that charges. */
export function publicationOf(fee: Fee, { on, localityCode }: { on: Day; localityCode: string }): FeePublication {
  const inputs = exampleInputs(fee);
  const contexts: FeeContext[] = channels.map((channel) => ({ channel, on, localityCode }));
  const examples = contexts.flatMap((context) => {
    const priced = priceFee(fee, inputs, context);
    return isRefusal(priced) ? [] : [{ channel: context.channel, priced }];
  });
  const preferences = new Map(contexts.flatMap((context) => preferencesOf(fee, context)).map((one) => [one.code, one]));
  return { fee, examples, preferences: [...preferences.values()], gaps: gapsOf(fee) };
}

function gapsOf(fee: Fee): Gap[] {
  const answer = chargeable(fee);
  return [
    ...(answer.ok || answer.why === 'tax_by_notice' ? [] : [answer.why]),
    ...(hasEmptyCase(fee) ? (['case_without_amount'] as const) : []),
    ...(fee.legalBasis.length === 0 ? (['basis_missing'] as const) : []),
    ...(fee.validFrom === undefined ? (['start_unknown'] as const) : []),
  ];
}

function hasEmptyCase({ rule }: Fee): boolean {
  const isByCase = rule.type === 'conditional' || rule.type === 'matrix';
  return isByCase && !hasNoAmount(rule) && caseTableOf(rule).rows.some(({ amount }) => amount === null);
}
