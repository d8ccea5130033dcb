// Whether a rule that somebody wrote can price anything: amounts in range, tiers without gaps, cases told apart.
import { caseTableOf, maxRateDong, type FeeRule, type PercentageRule, type Rate, type Tier } from './feeRule';

/** What is wrong with a draft, and where: `rule.tiers.1.toUnit`. */
export interface DraftFault {
  path: string;
  why: 'missing' | 'shape' | 'out_of_range' | 'not_consecutive' | 'twice' | 'unchanged';
}

const codePattern = /^\w{1,64}$/;
/** More tiers or cases than any decision prints. */
export const mostTiers = 12;
export const mostCases = 60;

/** Nothing when the rule is sound. An amount may be open only for one of several cases: the rest can be collected without it. */
export function ruleFaults(rule: FeeRule): DraftFault[] {
  switch (rule.type) {
    case 'fixed':
      return [...rateFault('rule.amount', rule.amount), ...codeFault('rule.unit', rule.unit)];
    case 'per_unit':
      return [...rateFault('rule.unitPrice', rule.unitPrice), ...codeFault('rule.unit', rule.unit)];
    case 'tiered_per_unit':
      return [
        ...tierFaults(rule.tiers),
        ...(rule.capPerItem === null ? [] : rateFault('rule.capPerItem', rule.capPerItem)),
        ...codeFault('rule.unit', rule.unit),
        ...codeFault('rule.itemUnit', rule.itemUnit),
      ];
    case 'percentage':
      return percentageFaults(rule);
    case 'fixed_plus_extra':
      return [
        ...rateFault('rule.amount', rule.amount),
        ...rateFault('rule.extra.unitPrice', rule.extra.unitPrice),
        ...unitFault('rule.extra.fromUnit', rule.extra.fromUnit),
        ...codeFault('rule.unit', rule.unit),
        ...codeFault('rule.extra.unit', rule.extra.unit),
      ];
    case 'conditional':
    case 'matrix':
      return caseFaults(rule);
    case 'free':
      return [];
    case 'by_provincial_council':
    case 'unknown':
      return [{ path: 'rule', why: 'missing' }];
  }
}

const fault = (path: string, why: DraftFault['why']): DraftFault[] => [{ path, why }];

function rateFault(path: string, rate: Rate): DraftFault[] {
  if (rate === null) return fault(path, 'missing');
  return Number.isInteger(rate) && rate >= 0 && rate <= maxRateDong ? [] : fault(path, 'out_of_range');
}

const unitFault = (path: string, unit: number): DraftFault[] => (Number.isInteger(unit) && unit >= 1 ? [] : fault(path, 'out_of_range'));

const codeFault = (path: string, code: string): DraftFault[] =>
  code === '' ? fault(path, 'missing') : codePattern.test(code) ? [] : fault(path, 'shape');

/** Every unit from the first on stands in exactly one tier, and the last tier is open. */
function tierFaults(tiers: readonly Tier[]): DraftFault[] {
  if (tiers.length === 0) return fault('rule.tiers', 'missing');
  if (tiers.length > mostTiers) return fault('rule.tiers', 'out_of_range');
  return tiers.flatMap((tier, place) => {
    const path = `rule.tiers.${place}`;
    const previous = place === 0 ? 0 : tiers[place - 1]?.toUnit;
    const isLast = place === tiers.length - 1;
    const isOpen = tier.toUnit === null;
    return [
      ...rateFault(`${path}.unitPrice`, tier.unitPrice),
      ...(previous === null || tier.fromUnit !== (previous ?? 0) + 1 ? fault(`${path}.toUnit`, 'not_consecutive') : []),
      ...(isOpen !== isLast ? fault(`${path}.toUnit`, isLast ? 'out_of_range' : 'missing') : []),
      ...(tier.toUnit !== null && (!Number.isInteger(tier.toUnit) || tier.toUnit < tier.fromUnit)
        ? fault(`${path}.toUnit`, 'out_of_range')
        : []),
    ];
  });
}

function percentageFaults({ rateNumerator, rateDenominator, base, min, max, unit }: PercentageRule): DraftFault[] {
  const isRate =
    Number.isSafeInteger(rateNumerator) && rateNumerator >= 1 && /^10*$/.test(String(rateDenominator)) && rateNumerator <= rateDenominator;
  return [
    ...(isRate ? [] : fault('rule.rate', 'out_of_range')),
    ...codeFault('rule.base', base),
    ...(min === null ? [] : rateFault('rule.min', min)),
    ...(max === null ? [] : rateFault('rule.max', max)),
    ...(min !== null && max !== null && min > max ? fault('rule.max', 'out_of_range') : []),
    ...codeFault('rule.unit', unit),
  ];
}

function caseFaults(rule: Extract<FeeRule, { type: 'conditional' | 'matrix' }>): DraftFault[] {
  const { dimensions, rows } = caseTableOf(rule);
  const list = rule.type === 'conditional' ? 'rule.cases' : 'rule.rows';
  if (rows.length === 0) return fault(list, 'missing');
  if (rows.length > mostCases) return fault(list, 'out_of_range');
  const keys = rows.map(({ values }) => values.join());
  return [
    ...dimensions.flatMap((dimension) => codeFault('rule.dimension', dimension)),
    ...codeFault('rule.unit', rule.unit),
    ...rows.flatMap(({ values, amount }, place) => [
      ...values.flatMap((value) => codeFault(`${list}.${place}.when`, value)),
      ...(keys.indexOf(keys[place] ?? '') < place ? fault(`${list}.${place}.when`, 'twice') : []),
      ...(amount === null ? [] : rateFault(`${list}.${place}.amount`, amount)),
    ]),
    ...(rows.every(({ amount }) => amount === null) ? fault(`${list}.0.amount`, 'missing') : []),
  ];
}
