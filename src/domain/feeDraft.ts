// Drafts of fees: what one may say, what it may not change, and what an approver should look at twice.
import { isNameless, type Fee, type Regime } from './fee';
import { caseTableOf, type FeeRule, type Rate } from './feeRule';
import { ruleFaults, type DraftFault } from './feeRuleCheck';
import { isSoundText } from './text';

const longestText = 500;
const mostLaws = 20;
const mostPreferences = 40;
/** Fees of the state have no amounts below this: such a number has lost its thousands. */
export const leastUsualDong = 1_000;
const hugeFactor = 10;

/** What may make an approver look twice; none of it forbids anything. */
export type DraftWarning = 'below_thousand' | 'ten_times' | 'lower_than_before' | 'no_amount_before' | 'becomes_free' | 'ends';

/** Everything that is wrong with a draft; nothing when it can be kept. `known`: the fee's last version, where it has one. */
export function draftFaults(fee: Fee, known: Fee | undefined): DraftFault[] {
  return [
    ...textFault('name', fee.name),
    ...lawFaults(fee.legalBasis),
    ...ruleFaults(fee.rule),
    ...dayFaults(fee),
    ...[...fee.generalReductions, ...fee.onlineDiscount].flatMap(regimeFaults),
    ...(fee.exemptions.length > mostPreferences ? fault('exemptions', 'out_of_range') : []),
    ...(fee.budgetSubItem === undefined || /^\d{4}$/.test(fee.budgetSubItem) ? [] : fault('budgetSubItem', 'shape')),
    ...(fee.retentionPercent === undefined || isPercent(fee.retentionPercent) ? [] : fault('retentionPercent', 'out_of_range')),
    ...(fee.kind === 'le_phi' && fee.retentionPercent !== undefined && Number(fee.retentionPercent) !== 0
      ? fault('retentionPercent', 'out_of_range') // a state charge goes to the budget whole (Law 97/2015/QH13, article 13)
      : []),
    ...(known && isSameBut(fee, known) ? fault('', 'unchanged') : []),
  ];
}

/** The first thing in which two fees are not the same fee: a version changes what a fee costs, not what it is; what had no name had no kind. */
export function identityChanged(fee: Fee, known: Fee): keyof Fee | undefined {
  const identity = ['procedureCode', 'sectorCode', 'localityCode', 'kind'] as const;
  return identity.find((name) => fee[name] !== known[name] && !(name === 'kind' && isNameless(known)));
}

export function warningsOf(fee: Fee, before: Fee | undefined): DraftWarning[] {
  const now = pricesOf(fee.rule);
  const then = before ? pricesOf(before.rule) : [];
  const highest = Math.max(0, ...now);
  const highestBefore = Math.max(0, ...then);
  return [
    ...(now.some((rate) => rate > 0 && rate < leastUsualDong) ? ['below_thousand' as const] : []),
    ...(isTenTimesOff(highest, [highestBefore]) ? ['ten_times' as const] : []),
    ...(highest > 0 && highest < highestBefore ? ['lower_than_before' as const] : []),
    ...(before && then.length === 0 && before.rule.type !== 'free' ? ['no_amount_before' as const] : []),
    ...(fee.rule.type === 'free' && before?.rule.type !== 'free' ? ['becomes_free' as const] : []),
    ...(fee.validTo === undefined ? [] : ['ends' as const]),
  ];
}

/** Whether an amount is ten times one of the others or more, or a tenth of one or less: then a zero was probably lost or gained. */
export function isTenTimesOff(dong: number, others: readonly number[]): boolean {
  const known = others.filter((other) => other > 0);
  return dong > 0 && known.length > 0 && known.every((other) => dong >= other * hugeFactor || dong * hugeFactor <= other);
}

/** What is charged for something; a cap is no price of its own. */
const pricesOf = (rule: FeeRule): number[] => ratesOf(rule.type === 'tiered_per_unit' ? { ...rule, capPerItem: null } : rule);

/** Every amount in đồng that the rule prints: prices, tiers, caps, cases. */
export function ratesOf(rule: FeeRule): number[] {
  const rates = (): readonly Rate[] => {
    switch (rule.type) {
      case 'fixed':
        return [rule.amount];
      case 'per_unit':
        return [rule.unitPrice];
      case 'tiered_per_unit':
        return [...rule.tiers.map((tier) => tier.unitPrice), rule.capPerItem];
      case 'percentage':
        return [rule.min, rule.max];
      case 'fixed_plus_extra':
        return [rule.amount, rule.extra.unitPrice];
      case 'conditional':
      case 'matrix':
        return caseTableOf(rule).rows.map((row) => row.amount);
      case 'free':
      case 'by_provincial_council':
      case 'unknown':
        return [];
    }
  };
  return rates().filter((rate) => rate !== null);
}

/** The id of a province's own fee in place of the placeholder that waits for it: `HT-TINH-2.000528` → `HT-H26-2.000528`. */
export const ownFeeId = (placeholder: Pick<Fee, 'id' | 'procedureCode'>, localityCode: string): string =>
  placeholder.id.replace('TINH-', '').replace(placeholder.procedureCode, `${localityCode}-${placeholder.procedureCode}`);

/** The wanted id, or the first with a number behind it that is free. */
export function freeFeeId(wanted: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const id = count === 1 ? wanted : `${wanted}-${count}`;
    if (!taken.has(id)) return id;
  }
}

const fault = (path: string, why: DraftFault['why']): DraftFault[] => [{ path, why }];

function textFault(path: string, text: string): DraftFault[] {
  if (text.trim() === '') return fault(path, 'missing');
  return text.length <= longestText && isSoundText(text) ? [] : fault(path, 'shape');
}

function lawFaults(laws: readonly string[]): DraftFault[] {
  if (laws.length === 0) return fault('legalBasis', 'missing');
  return laws.length > mostLaws ? fault('legalBasis', 'out_of_range') : laws.flatMap((law) => textFault('legalBasis', law));
}

function dayFaults({ validFrom, validTo }: Fee): DraftFault[] {
  if (validFrom === undefined) return fault('validFrom', 'missing');
  return validTo !== undefined && validTo < validFrom ? fault('validTo', 'out_of_range') : [];
}

function regimeFaults({ regimeId, kind, value, effectiveFrom, effectiveTo, legalBasis, channels }: Regime): DraftFault[] {
  const path = `regime.${regimeId}`;
  const isAmount = kind === 'set_amount';
  const isValue = Number.isInteger(value) && value >= 0 && (isAmount || value <= 100);
  return [
    ...textFault(`${path}.legalBasis`, legalBasis),
    ...(isValue ? [] : fault(`${path}.value`, 'out_of_range')),
    ...(channels.length === 0 ? fault(`${path}.channels`, 'missing') : []),
    ...(effectiveTo !== null && effectiveTo < effectiveFrom ? fault(`${path}.effectiveTo`, 'out_of_range') : []),
  ];
}

const isPercent = (text: string): boolean => /^\d{1,3}(\.\d{1,4})?$/.test(text) && Number(text) <= 100;

const withoutDays = (fee: Fee): string => {
  const { validFrom: _from, validTo, confidence: _confidence, ...rest } = fee;
  return canonical({ ...rest, validTo: validTo ?? null });
};

/** Nothing but its first day is new. */
const isSameBut = (fee: Fee, known: Fee): boolean => withoutDays(fee) === withoutDays(known);

/** JSON with the names of every object in one order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
