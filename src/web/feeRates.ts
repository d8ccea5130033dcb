// The rate of a fee as lines that can be read: what is counted, and what it costs; for pages, posters and officers alike.
import { caseTableOf, type FeeRule, type FixedPlusExtraRule, type PercentageRule, type Rate, type TieredRule } from '../domain/feeRule';
import { fractionText } from '../domain/feeWords';
import { vnd } from '../domain/money';
import { say } from './counterLabels';
import { capitalised } from './feeChoices';
import { feeLabel } from './feeLabels';
import { inDong } from './format';
import type { Visit } from './screen';

export interface RateLine {
  what: string;
  rate: string;
}

type Words = Pick<Visit, 'language' | 't'>;

/** None for a rule without an amount. */
export function rateLines(rule: FeeRule, words: Words): RateLine[] {
  const { t, language } = words;
  const each = (unit: string): string => say(t('feeEach'), { unit: feeLabel(unit, language) });
  switch (rule.type) {
    case 'fixed':
      return [{ what: each(rule.unit), rate: rateText(rule.amount, words) }];
    case 'per_unit':
      return [{ what: each(rule.unit), rate: rateText(rule.unitPrice, words) }];
    case 'tiered_per_unit':
      return tierLines(rule, words);
    case 'fixed_plus_extra':
      return extraLines(rule, words);
    case 'percentage':
      return percentageLines(rule, words);
    case 'conditional':
    case 'matrix':
      return caseTableOf(rule).rows.map(({ values, amount }) => ({
        what: capitalised(values.map((value) => feeLabel(value, language)).join(' · ')),
        rate: rateText(amount, words),
      }));
    case 'free':
      return [{ what: t('feeRates'), rate: t('feeFree') }];
    case 'by_provincial_council':
    case 'unknown':
      return [];
  }
}

function tierLines(rule: TieredRule, words: Words): RateLine[] {
  const { t, language } = words;
  const lines = rule.tiers.map((tier) => ({
    what: spanText(rule.unit, tier.fromUnit, tier.toUnit, words),
    rate: rateText(tier.unitPrice, words),
  }));
  const cap = rule.capPerItem;
  return cap === null
    ? lines
    : [...lines, { what: say(t('feeCapEach'), { unit: feeLabel(rule.itemUnit, language) }), rate: rateText(cap, words) }];
}

const extraLines = (rule: FixedPlusExtraRule, words: Words): RateLine[] => [
  { what: say(words.t('feeEach'), { unit: feeLabel(rule.unit, words.language) }), rate: rateText(rule.amount, words) },
  { what: spanText(rule.extra.unit, rule.extra.fromUnit, null, words), rate: rateText(rule.extra.unitPrice, words) },
];

function percentageLines(rule: PercentageRule, { t, language, ...words }: Words): RateLine[] {
  const percent = fractionText(rule.rateNumerator, rule.rateDenominator);
  const bound = (what: string, amount: number | null): RateLine[] =>
    amount === null ? [] : [{ what, rate: rateText(amount, { t, language, ...words }) }];
  return [
    { what: t('feeRates'), rate: say(t('feeShareOf'), { percent, base: feeLabel(rule.base, language) }) },
    ...bound(t('feeAtLeast'), rule.min),
    ...bound(t('feeAtMost'), rule.max),
  ];
}

function spanText(unit: string, from: number, to: number | null, { t, language }: Words): string {
  const named = { unit: feeLabel(unit, language) };
  const text =
    to === null
      ? say(t('feeFromOn'), { ...named, from: String(from) })
      : say(t('feeFromTo'), { ...named, range: from === to ? String(from) : `${from}–${to}` });
  return capitalised(text);
}

const rateText = (rate: Rate, { t }: Words): string => (rate === null ? t('feeNotKnown') : inDong(vnd(rate)));
