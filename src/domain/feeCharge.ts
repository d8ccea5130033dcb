// What one quantity of a fee costs by its rule, as a sum of steps that can be read aloud.
import { Decimal } from 'decimal.js';
import { isRefusal, type Fee, type FeeRefusal } from './fee';
import { amountOfCase, type CheckedInputs } from './feeInputs';
import type { CaseRule, FixedPlusExtraRule, PercentageRule, Rate, TieredRule } from './feeRule';
import { capitalised, feeWord, inDong, measureWord, percentText, rangeText } from './feeWords';
import { larger, smaller, sumOf, vnd, zero, type Money } from './money';

/** An amount, and the Vietnamese sentences on how it came about. */
export type Charge = { readonly amount: Money; readonly trace: readonly string[] };

/** `count` units at `rate`; without a count the rate is the amount. */
type Step = { readonly says: string; readonly count?: number; readonly rate: Rate };

/** The price of one quantity before any preference, or `amount_unknown` where the rule has no amount for these inputs. */
export function chargeOf(fee: Fee, inputs: CheckedInputs): Charge | FeeRefusal {
  const { rule } = fee;
  switch (rule.type) {
    case 'fixed':
      return sumOfSteps(fee, [{ says: 'Mức thu', rate: rule.amount }]);
    case 'per_unit':
      return sumOfSteps(fee, [{ says: `Mức thu mỗi ${measureWord(rule.unit)}`, rate: rule.unitPrice }]);
    case 'tiered_per_unit':
      return tieredCharge(fee, rule, inputs.units);
    case 'percentage':
      return percentageCharge(rule, vnd(inputs.value));
    case 'fixed_plus_extra':
      return sumOfSteps(fee, [{ says: 'Mức thu', rate: rule.amount }, ...extraSteps(rule, inputs.units)]);
    case 'conditional':
    case 'matrix':
      return caseCharge(fee, rule, inputs.case);
    case 'free':
      return { amount: zero, trace: ['Không thu tiền: 0 ₫'] };
    case 'by_provincial_council':
      return { refused: 'not_set_by_council', feeId: fee.id };
    case 'unknown':
      return { refused: 'amount_unknown', feeId: fee.id };
  }
}

function sumOfSteps(fee: Fee, steps: readonly Step[]): Charge | FeeRefusal {
  const amounts: Money[] = [];
  const trace: string[] = [];
  for (const { says, count, rate } of steps) {
    if (rate === null) return { refused: 'amount_unknown', feeId: fee.id };
    const amount = vnd(rate).times(count ?? 1);
    amounts.push(amount);
    trace.push(count === undefined ? `${says}: ${inDong(amount)}` : `${says}: ${count} × ${inDong(vnd(rate))} = ${inDong(amount)}`);
  }
  return { amount: sumOf(amounts), trace };
}

/** The cap is per copy (Circular 226/2016/TT-BTC), so it binds here, before the amount is multiplied. */
function tieredCharge(fee: Fee, rule: TieredRule, units: number): Charge | FeeRefusal {
  const sum = sumOfSteps(fee, tierSteps(rule, units));
  if (isRefusal(sum) || rule.capPerItem === null) return sum;
  return atMost(sum, vnd(rule.capPerItem), ` mỗi ${measureWord(rule.itemUnit)}`);
}

const tierSteps = (rule: TieredRule, units: number): Step[] =>
  rule.tiers
    .filter((tier) => tier.fromUnit <= units)
    .map((tier) => stepOf(rule.unit, tier.fromUnit, Math.min(units, tier.toUnit ?? units), tier.unitPrice));

const extraSteps = (rule: FixedPlusExtraRule, units: number): Step[] =>
  units < rule.extra.fromUnit ? [] : [stepOf(rule.extra.unit, rule.extra.fromUnit, units, rule.extra.unitPrice)];

/** "Trang 1–2": the units from one to another, both included. */
function stepOf(unit: string, from: number, to: number, rate: Rate): Step {
  return { says: `${capitalised(measureWord(unit))} ${rangeText(from, to)}`, count: to - from + 1, rate };
}

function percentageCharge(rule: PercentageRule, value: Money): Charge {
  const rate = new Decimal(rule.rateNumerator).div(rule.rateDenominator);
  const amount = value.share(rate.toString());
  const rounded = rate.times(value.toString()).equals(amount.toString()) ? '' : ' (làm tròn đến đồng)';
  const share = { amount, trace: [`${percentText(rate)} × ${inDong(value)} = ${inDong(amount)}${rounded}`] };
  const raised = rule.min === null ? share : atLeast(share, vnd(rule.min));
  return rule.max === null ? raised : atMost(raised, vnd(rule.max), '');
}

function caseCharge(fee: Fee, rule: CaseRule, chosen: Readonly<Record<string, string>>): Charge | FeeRefusal {
  const found = amountOfCase(fee, rule, chosen);
  if (isRefusal(found)) return found;
  const dimensions = rule.type === 'conditional' ? [rule.dimension] : rule.dimensions;
  const says = dimensions.map((dimension) => `${feeWord(dimension)} (${feeWord(chosen[dimension] ?? '')})`).join(', ');
  return sumOfSteps(fee, [{ says: capitalised(says), rate: found.amount }]);
}

/** The cap is said whenever the amount reaches it. */
function atMost(charge: Charge, cap: Money, per: string): Charge {
  if (charge.amount.compare(cap) < 0) return charge;
  return { amount: smaller(charge.amount, cap), trace: [...charge.trace, `Tối đa ${inDong(cap)}${per}`] };
}

function atLeast(charge: Charge, floor: Money): Charge {
  const amount = larger(charge.amount, floor);
  return amount.equals(charge.amount) ? charge : { amount, trace: [...charge.trace, `Tối thiểu ${inDong(floor)}`] };
}
