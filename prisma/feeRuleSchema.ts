// The exact shape of each kind of rule in the fee schedule file: currency, float rates and formulas in words are checked and stay there.
import { z } from 'zod';
import { maxRateDong, type FeeRule } from '../src/domain/feeRule';

/** A code of the schedule: `trang_ban_chinh`, `H26`, `A1_A_B1`. */
export const code = z.string().regex(/^\w+$/, 'a code has letters, digits and underscores');
/** Unicode NFC, because portals send the same word composed and decomposed. */
export const text = z.string().trim().min(1).normalize('NFC');
export const dong = z.int().min(0).max(maxRateDong);
export const provenance = z.enum(['seen', 'secondary', 'inferred', 'memory']);

const rate = dong.nullable();
const unit = z.int().min(1);
const currency = z.literal('VND');

/** Tiers cover every unit from the first on exactly once: no gap, no overlap, an open end. */
const tiers = z
  .array(z.strictObject({ fromUnit: unit, toUnit: unit.nullable(), unitPrice: rate }))
  .min(1)
  .refine(
    (list) => list.every((one, place) => one.fromUnit === (place === 0 ? 1 : (list[place - 1]?.toUnit ?? 0) + 1)),
    'not one after another',
  )
  .refine((list) => list.every((one) => one.toUnit === null || one.toUnit >= one.fromUnit), 'a tier ends before it begins')
  .refine((list) => list.at(-1)?.toUnit === null, 'the last tier has an end');

const cases = z
  .array(z.strictObject({ when: code, amount: rate }))
  .min(1)
  .refine((list) => isUnique(list.map((one) => one.when)), 'a case appears twice');

const tiered = z
  .strictObject({
    type: z.literal('tiered_per_unit'),
    unit: code,
    tiers,
    capPerItem: rate,
    itemUnit: code,
    currency,
    formula: text.optional(),
  })
  .transform((rule) => ({ type: rule.type, unit: rule.unit, tiers: rule.tiers, capPerItem: rule.capPerItem, itemUnit: rule.itemUnit }));

const matrix = z
  .strictObject({
    type: z.literal('matrix'),
    dimensions: z.array(code).min(1),
    rows: z.array(z.object({ amount: rate }).catchall(code)).min(1),
    unit: code,
    currency,
  })
  .refine(({ dimensions }) => isUnique([...dimensions, 'amount']), 'a dimension appears twice')
  .refine(({ dimensions, rows }) => rows.every((row) => sameNames(Object.keys(row), [...dimensions, 'amount'])), 'a row lacks a dimension')
  .refine(({ dimensions, rows }) => isUnique(rows.map((row) => dimensions.map((one) => row[one]).join())), 'a case appears twice')
  .transform(({ type, dimensions, rows, unit: per }) => ({ type, dimensions, rows, unit: per }));

const percentage = z
  .strictObject({
    type: z.literal('percentage'),
    ratePercent: z.number().positive().max(100),
    rateNumerator: z.int().min(1),
    rateDenominator: z.int().min(1),
    base: code,
    min: rate,
    max: rate,
    rounding: z.literal('dong'),
    unit: code,
    currency,
    finalAmountBy: code.optional(),
    maxEvidence: provenance.optional(),
  })
  .refine((rule) => /^10*$/.test(String(rule.rateDenominator)), 'the denominator is no power of ten, so the rate would not be exact')
  .refine((rule) => rule.rateNumerator * 100 === Math.round(rule.ratePercent * rule.rateDenominator), 'the fraction is not the percentage')
  .refine((rule) => rule.min === null || rule.max === null || rule.min <= rule.max, 'the minimum is above the maximum')
  .transform(({ type, rateNumerator, rateDenominator, base, min, max, unit: per }) => {
    return { type, rateNumerator, rateDenominator, base, min, max, unit: per };
  });

const fixedPlusExtra = z
  .strictObject({
    type: z.literal('fixed_plus_extra'),
    amount: rate,
    unit: code,
    extra: z.strictObject({ unit: code, fromUnit: unit, unitPrice: rate }),
    currency,
  })
  .transform(({ type, amount, unit: per, extra }) => ({ type, amount, unit: per, extra }));

/** A rule of the file as a typed rule of the domain; anything else is an issue at its path. */
export const feeRule = z.discriminatedUnion('type', [
  z
    .strictObject({ type: z.literal('fixed'), amount: rate, unit: code, currency })
    .transform(({ type, amount, unit: per }) => ({ type, amount, unit: per })),
  z
    .strictObject({ type: z.literal('per_unit'), unitPrice: rate, unit: code, currency })
    .transform(({ type, unitPrice, unit: per }) => ({ type, unitPrice, unit: per })),
  z
    .strictObject({ type: z.literal('conditional'), dimension: code, cases, unit: code, currency })
    .transform(({ type, dimension, cases: list, unit: per }) => ({ type, dimension, cases: list, unit: per })),
  tiered,
  matrix,
  percentage,
  fixedPlusExtra,
  z.strictObject({ type: z.literal('free'), amount: z.literal(0), currency }).transform(({ type, amount }) => ({ type, amount })),
  z
    .strictObject({ type: z.literal('by_provincial_council'), amount: z.null(), currency, note: text })
    .transform(({ type, amount }) => ({ type, amount })),
  z.strictObject({ type: z.literal('unknown'), amount: z.null(), currency }).transform(({ type, amount }) => ({ type, amount })),
]) satisfies z.ZodType<FeeRule>;

const isUnique = (list: readonly string[]): boolean => new Set(list).size === list.length;

const sameNames = (given: readonly string[], wanted: readonly string[]): boolean =>
  given.length === wanted.length && wanted.every((name) => given.includes(name));
