// What must be known to price a fee: the inputs its rule asks for, and whether those given are complete and in range.
import type { Fee, FeeRefusal } from './fee';
import { caseTableOf, type CaseRule, type Rate } from './feeRule';

/** The most copies, pages or papers of one line. */
export const maxCount = 10_000;
/** The highest base of a percentage, and the highest line, in đồng. */
export const maxValueDong = 10_000_000_000_000;

/** What somebody tells us of one fee: counts, a base in đồng, and a value for each dimension of a rule by cases. */
export type FeeInputs = {
  readonly quantity?: number;
  readonly units?: number;
  readonly value?: number;
  readonly case?: Readonly<Record<string, string>>;
};

/** One question of a form. `unit`, `base`, `dimension` and `options` are codes with a label. An input not required counts as 1. */
export type FeeInput =
  | { readonly name: 'quantity' | 'units'; readonly unit: string; readonly required: boolean; readonly maximum: number }
  | { readonly name: 'value'; readonly base: string; readonly required: true; readonly maximum: number }
  | { readonly name: 'case'; readonly dimension: string; readonly options: readonly string[]; readonly required: true };

/** Inputs found complete and in range, with 1 for a count that was left out. */
export type CheckedInputs = Required<FeeInputs>;

/** The questions that the fee's rule asks, in the order of a form; none for a free fee or one without an amount. */
export function inputsOf(fee: Pick<Fee, 'rule'>): FeeInput[] {
  const { rule } = fee;
  switch (rule.type) {
    case 'fixed':
    case 'per_unit':
      return [count('quantity', rule.unit, false)];
    case 'tiered_per_unit':
      return [count('units', rule.unit, true), count('quantity', rule.itemUnit, false)];
    case 'fixed_plus_extra':
      // Left out, it is one paper, which the base amount covers; where the extra starts at the first, somebody has to count.
      return [count('units', rule.extra.unit, rule.extra.fromUnit <= 1), count('quantity', rule.unit, false)];
    case 'percentage':
      return [{ name: 'value', base: rule.base, required: true, maximum: maxValueDong }, count('quantity', rule.unit, false)];
    case 'conditional':
    case 'matrix':
      return [...caseInputsOf(rule), count('quantity', rule.unit, false)];
    case 'free':
    case 'by_provincial_council':
    case 'unknown':
      return [];
  }
}

/** The inputs ready for pricing, or the first thing wrong with them, by name. */
export function checkInputs(fee: Fee, inputs: FeeInputs): CheckedInputs | FeeRefusal {
  const asked = inputsOf(fee);
  const wrong = unknownInput(fee, asked, inputs) ?? missingInput(fee, asked, inputs) ?? inputOutOfRange(fee, inputs);
  return wrong ?? { quantity: inputs.quantity ?? 1, units: inputs.units ?? 1, value: inputs.value ?? 0, case: inputs.case ?? {} };
}

/** The amount of the chosen case (null: not known), or the first dimension whose value the schedule does not have. */
export function amountOfCase(fee: Fee, rule: CaseRule, chosen: FeeInputs['case']): { amount: Rate } | FeeRefusal {
  const { dimensions, rows } = caseTableOf(rule);
  let left = rows;
  for (const [place, dimension] of dimensions.entries()) {
    const allowed = [...new Set(left.map((row) => row.values[place] ?? ''))];
    left = left.filter((row) => row.values[place] === chosen?.[dimension]);
    if (left.length === 0) return { refused: 'case_unknown', feeId: fee.id, input: `case.${dimension}`, allowed };
  }
  return { amount: left[0]?.amount ?? null };
}

function count(name: 'quantity' | 'units', unit: string, required: boolean): FeeInput {
  return { name, unit, required, maximum: maxCount };
}

function caseInputsOf(rule: CaseRule): FeeInput[] {
  const { dimensions, rows } = caseTableOf(rule);
  return dimensions.map((dimension, place) => {
    const options = [...new Set(rows.map((row) => row.values[place] ?? ''))];
    return { name: 'case', dimension, options, required: true };
  });
}

/** `units`, `case.khu_vuc`: where an input stands in a request. */
const pathOf = (input: FeeInput): string => (input.name === 'case' ? `case.${input.dimension}` : input.name);

const pathsGiven = (inputs: FeeInputs): string[] =>
  Object.entries(inputs).flatMap(([name, given]) => {
    if (given === undefined) return [];
    return name === 'case' && typeof given === 'object' ? Object.keys(given).map((dimension) => `case.${dimension}`) : [name];
  });

function unknownInput(fee: Fee, asked: FeeInput[], inputs: FeeInputs): FeeRefusal | undefined {
  const allowed = asked.map(pathOf);
  const input = pathsGiven(inputs).find((path) => !allowed.includes(path));
  return input === undefined ? undefined : { refused: 'input_unknown', feeId: fee.id, input, allowed };
}

function missingInput(fee: Fee, asked: FeeInput[], inputs: FeeInputs): FeeRefusal | undefined {
  const given = pathsGiven(inputs);
  const input = asked.find((one) => one.required && !given.includes(pathOf(one)));
  if (!input) return undefined;
  return { refused: 'input_missing', feeId: fee.id, input: pathOf(input), ...(input.name === 'case' && { allowed: input.options }) };
}

function inputOutOfRange(fee: Fee, inputs: FeeInputs): FeeRefusal | undefined {
  const limits = { quantity: maxCount, units: maxCount, value: maxValueDong };
  const names = ['quantity', 'units', 'value'] as const;
  const input = names.find((name) => !isWhole(inputs[name] ?? 1, limits[name]));
  return input === undefined ? undefined : { refused: 'input_out_of_range', feeId: fee.id, input, allowed: [`1–${limits[input]}`] };
}

const isWhole = (given: number, most: number): boolean => Number.isInteger(given) && given >= 1 && given <= most;
