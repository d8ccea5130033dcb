// The draft form of a fee as text in its fields: what the fields show of a fee, and the fee that their text makes.
import type { CollectWhen, Fee } from '../domain/fee';
import type { DraftFault } from '../domain/feeRuleCheck';
import type { FeeRule, Rate } from '../domain/feeRule';
import { parseDay, type Day } from '../domain/time';
import { preferencesFrom } from './feeDraftPreferences';
import type { Label } from './labels';
import type { Fields } from './screen';

export const draftableRules = ['fixed', 'per_unit', 'tiered_per_unit', 'fixed_plus_extra', 'percentage', 'conditional', 'free'] as const;
export type DraftableRule = (typeof draftableRules)[number] | 'matrix';

export const tierPlaces = [0, 1, 2, 3, 4, 5] as const;
export const casePlaces = [0, 1, 2, 3, 4, 5, 6, 7] as const;
export const lawPlaces = [0, 1, 2] as const;

/** A fee from a form, or the label of what is wrong by field. */
export type DraftedFee = { ok: true; fee: Fee & { readonly validFrom: Day } } | { ok: false; errors: Record<string, Label> };

/** The text of the fields for a fee. */
export function valuesOf(fee: Fee): Record<string, string> {
  return {
    name: fee.name,
    collectWhen: fee.collectWhen,
    ...Object.fromEntries(lawPlaces.map((place) => [`law.${place}`, fee.legalBasis[place] ?? ''])),
    budgetSubItem: fee.budgetSubItem ?? '',
    retentionPercent: fee.retentionPercent?.replace('.', ',') ?? '',
    ...ruleValues(fee.rule),
  };
}

function ruleValues(rule: FeeRule): Record<string, string> {
  switch (rule.type) {
    case 'fixed':
      return { amount: rateText(rule.amount), unit: rule.unit };
    case 'per_unit':
      return { amount: rateText(rule.unitPrice), unit: rule.unit };
    case 'tiered_per_unit':
      return {
        unit: rule.unit,
        itemUnit: rule.itemUnit,
        cap: rateText(rule.capPerItem),
        ...Object.assign(
          {},
          ...rule.tiers.map((tier, place) => pair(`tier.${place}`, { to: tier.toUnit?.toString() ?? '', price: rateText(tier.unitPrice) })),
        ),
      };
    case 'fixed_plus_extra':
      return {
        amount: rateText(rule.amount),
        unit: rule.unit,
        extraFrom: String(rule.extra.fromUnit),
        extraPrice: rateText(rule.extra.unitPrice),
        extraUnit: rule.extra.unit,
      };
    case 'percentage':
      return {
        percent: percentOf(rule.rateNumerator, rule.rateDenominator),
        base: rule.base,
        min: rateText(rule.min),
        max: rateText(rule.max),
        unit: rule.unit,
      };
    case 'conditional':
      return {
        dimension: rule.dimension,
        unit: rule.unit,
        ...Object.assign({}, ...rule.cases.map((one, place) => pair(`case.${place}`, { when: one.when, amount: rateText(one.amount) }))),
      };
    case 'matrix':
      return { unit: rule.unit, ...Object.fromEntries(rule.rows.map((row, place) => [`row.${place}`, rateText(row.amount)])) };
    case 'free':
    case 'by_provincial_council':
    case 'unknown':
      return {};
  }
}

/** The fee that the fields say, on the ground of the one that is changed: what has no field stays as it is. */
export function feeFrom(sent: Fields, base: Fee, type: DraftableRule): DraftedFee {
  const errors: Record<string, Label> = {};
  const validFrom = parseDay(sent['validFrom'] ?? '');
  const validTo = sent['validTo'] ? parseDay(sent['validTo']) : undefined;
  if (!validFrom) errors['validFrom'] = sent['validFrom'] ? 'wrong_shape' : 'wrong_missing';
  if (sent['validTo'] && !validTo) errors['validTo'] = 'wrong_shape';
  const collectWhen = (['khi_nop_ho_so', 'khi_tra_ket_qua'] as const).find((one) => one === sent['collectWhen']);
  const preferences = preferencesFrom(sent, base, errors);
  const rule = ruleFrom(sent, base.rule, type);
  for (const [field, text] of Object.entries(sent)) {
    if (isRateField(field) && Number.isNaN(rateIn(text))) errors[field] = 'wrong_shape';
  }
  if (!validFrom || Object.keys(errors).length > 0) return { ok: false, errors };
  const { validTo: _to, budgetSubItem: _item, retentionPercent: _retention, ...rest } = base;
  const retention = (sent['retentionPercent'] ?? '').replace(',', '.');
  return {
    ok: true,
    fee: {
      ...rest,
      ...preferences,
      name: sent['name'] ?? '',
      rule,
      collectWhen: collectWhen ?? (base.collectWhen satisfies CollectWhen),
      legalBasis: lawsFrom(sent, base),
      validFrom,
      ...(validTo && { validTo }),
      ...(sent['budgetSubItem'] && { budgetSubItem: sent['budgetSubItem'] }),
      ...(retention && { retentionPercent: retention }),
    },
  };
}

/** More laws than the form has places for stay where they were. */
const lawsFrom = (sent: Fields, base: Fee): string[] => [
  ...lawPlaces.map((place) => sent[`law.${place}`] ?? '').filter(Boolean),
  ...base.legalBasis.slice(lawPlaces.length),
];

function ruleFrom(sent: Fields, base: FeeRule, type: DraftableRule): FeeRule {
  const rate = (field: string): Rate => rateIn(sent[field] ?? '');
  const text = (field: string): string => sent[field] ?? '';
  switch (type) {
    case 'fixed':
      return { type, amount: rate('amount'), unit: text('unit') };
    case 'per_unit':
      return { type, unitPrice: rate('amount'), unit: text('unit') };
    case 'tiered_per_unit':
      return { type, unit: text('unit'), itemUnit: text('itemUnit'), capPerItem: rate('cap'), tiers: tiersFrom(sent) };
    case 'fixed_plus_extra':
      return {
        type,
        amount: rate('amount'),
        unit: text('unit'),
        extra: { unit: text('extraUnit'), fromUnit: Number(text('extraFrom')), unitPrice: rate('extraPrice') },
      };
    case 'percentage':
      return { type, ...fractionIn(text('percent')), base: text('base'), min: rate('min'), max: rate('max'), unit: text('unit') };
    case 'conditional': {
      const cases = casePlaces.filter((place) => text(`case.${place}.when`) !== '' || text(`case.${place}.amount`) !== '');
      return {
        type,
        dimension: text('dimension'),
        unit: text('unit'),
        cases: cases.map((place) => ({ when: text(`case.${place}.when`), amount: rate(`case.${place}.amount`) })),
      };
    }
    case 'matrix':
      return base.type === 'matrix'
        ? { ...base, rows: base.rows.map((row, place) => ({ ...row, amount: rate(`row.${place}`) })) }
        : { type: 'unknown', amount: null };
    case 'free':
      return { type, amount: 0 };
  }
}

/** Each tier begins after the one before. */
function tiersFrom(sent: Fields): { fromUnit: number; toUnit: number | null; unitPrice: Rate }[] {
  const used = tierPlaces.filter((place) => sent[`tier.${place}.price`] || sent[`tier.${place}.to`]);
  let from = 1;
  return used.map((place) => {
    const to = sent[`tier.${place}.to`];
    const tier = { fromUnit: from, toUnit: to ? Number(to) : null, unitPrice: rateIn(sent[`tier.${place}.price`] ?? '') };
    from = (tier.toUnit ?? from) + 1;
    return tier;
  });
}

/** The field of the form that a fault of the draft is about, and its label. */
export function fieldOfFault({ path, why }: { path: string; why: string }, type: DraftableRule): [field: string, label: Label] {
  const label = `wrong_${why}` as `wrong_${DraftFault['why']}`;
  const [, list = '', place = '', part = ''] = /^rule\.(tiers|cases|rows)\.(\d+)\.?(\w+)?$/.exec(path) ?? [];
  if (list === 'tiers') return [`tier.${place}.${part === 'toUnit' ? 'to' : 'price'}`, label];
  if (list === 'cases') return [`case.${place}.${part === 'when' ? 'when' : 'amount'}`, label];
  if (list === 'rows') return [`row.${place}`, label];
  const plain: Readonly<Record<string, string>> = {
    'rule.amount': 'amount',
    'rule.unitPrice': 'amount',
    'rule.unit': 'unit',
    'rule.itemUnit': 'itemUnit',
    'rule.capPerItem': 'cap',
    'rule.tiers': 'tier.0.price',
    'rule.cases': 'case.0.when',
    'rule.rows': 'row.0',
    'rule.rate': 'percent',
    'rule.base': 'base',
    'rule.min': 'min',
    'rule.max': 'max',
    'rule.dimension': 'dimension',
    'rule.extra.unitPrice': 'extraPrice',
    'rule.extra.fromUnit': 'extraFrom',
    'rule.extra.unit': 'extraUnit',
    legalBasis: 'law.0',
    '': type === 'free' ? 'validFrom' : firstRateField[type],
  };
  return [plain[path] ?? path, label];
}

/** Where to say that nothing has changed. */
const firstRateField: Readonly<Record<Exclude<DraftableRule, 'free'>, string>> = {
  fixed: 'amount',
  per_unit: 'amount',
  tiered_per_unit: 'tier.0.price',
  fixed_plus_extra: 'amount',
  percentage: 'percent',
  conditional: 'case.0.amount',
  matrix: 'row.0',
};

const pair = (prefix: string, values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));

const isRateField = (field: string): boolean => /^(amount|cap|min|max|extraPrice|tier\.\d+\.price|case\.\d+\.amount|row\.\d+)$/.test(field);

/** `1.250.000` and `1250000`; null where nothing is written, NaN where it is no amount. */
export function rateIn(text: string): Rate {
  const written = text.replace(/\s*(?:₫|đ|đồng)$/iu, '').trim();
  if (written === '') return null;
  return /^\d{1,3}(\.\d{3})+$|^\d{1,11}$/.test(written) ? Number(written.replaceAll('.', '')) : Number.NaN;
}

const rateText = (rate: Rate): string => (rate === null ? '' : String(rate).replace(/\B(?=(\d{3})+$)/g, '.'));

/** `0,15` → 15 of 10,000: exact, whatever the number of decimals. */
function fractionIn(text: string): { rateNumerator: number; rateDenominator: number } {
  const [, whole = '', , decimals = ''] = /^(\d{1,3})([.,](\d{1,6}))?$/.exec(text.replace(/\s*%$/, '')) ?? [];
  return whole === ''
    ? { rateNumerator: 0, rateDenominator: 0 }
    : { rateNumerator: Number(whole + decimals), rateDenominator: 10 ** (decimals.length + 2) };
}

/** 15 of 10,000 → `0,15`. */
function percentOf(numerator: number, denominator: number): string {
  const decimals = Math.max(0, String(denominator).length - 3);
  const digits = String(numerator).padStart(decimals + 1, '0');
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - decimals);
  return decimals === 0 || fraction === '' ? whole : `${whole},${fraction}`;
}
