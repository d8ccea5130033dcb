// One fee of the legal schedule: its rule, dates and preferences, and whether a counter may collect it.
import { hasNoAmount, type FeeRule } from './feeRule';
import { isBetween, type Day } from './time';

/** Service fee (phí), state charge (lệ phí), or tax (thuế), which only a tax notice sets. */
export type FeeKind = 'phi' | 'le_phi' | 'thue';
export type ChargedKind = Exclude<FeeKind, 'thue'>;

/** Due on filing, on the result, or by the notice of the tax authority. */
export type CollectWhen = 'khi_nop_ho_so' | 'khi_tra_ket_qua' | 'theo_thong_bao_thue';

/** How a dossier is filed; the schedule says truc_tiep, truc_tuyen, buu_chinh. */
export type Channel = 'counter' | 'online' | 'postal';
export type ScheduleChannel = 'truc_tiep' | 'truc_tuyen' | 'buu_chinh';

export type Confidence = 'high' | 'medium' | 'low';

/** A reduction by decree for some channels and days; with `conditions` it needs evidence, without them it is automatic. */
export type Regime = {
  readonly regimeId: string;
  readonly kind: 'percent_off' | 'set_amount' | 'waived' | 'budget_supported';
  /** Percent off or supported; for `set_amount` the đồng that one quantity costs instead. */
  readonly value: number;
  readonly channels: readonly ScheduleChannel[];
  readonly locality: string;
  readonly effectiveFrom: Day;
  readonly effectiveTo: Day | null;
  readonly legalBasis: string;
  readonly conditions: string | null;
  readonly confidence: Confidence;
};

/** A group of people whom the law exempts (miễn), charges less (giảm), or leaves to another text (theo văn bản riêng). */
export type Exemption = {
  readonly code: string;
  readonly label: string;
  readonly effect: 'mien' | 'giam' | 'theo_van_ban_rieng';
  readonly percent: number | null;
  readonly legalBasis: string;
  readonly condition: string | null;
};

/** A row of the schedule. `localityCode` is `national`, `province` (a placeholder until a council decides) or a province id such as `H26`. */
export type Fee = {
  readonly id: string;
  readonly procedureCode: string;
  readonly sectorCode: string;
  readonly name: string;
  readonly kind: FeeKind;
  readonly localityCode: string;
  readonly collectWhen: CollectWhen;
  readonly rule: FeeRule;
  readonly generalReductions: readonly Regime[];
  readonly onlineDiscount: readonly Regime[];
  readonly exemptions: readonly Exemption[];
  readonly legalBasis: readonly string[];
  /** First day; absent: open. */
  readonly validFrom?: Day;
  /** Last day, included; absent: open. */
  readonly validTo?: Day;
  readonly confidence: Confidence;
  /** The budget sub-item (tiểu mục) it is booked under; absent where the decision that we have does not name it. */
  readonly budgetSubItem?: string;
  /** The percentage that the collecting unit retains (tỷ lệ để lại), as a decimal: `50`, `85.5`; absent where it is not known. */
  readonly retentionPercent?: string;
};

/** What stands in brackets instead of a name, as in `(không thu)`, is a remark of the schedule and no name. */
export const isNameless = ({ name }: Pick<Fee, 'name'>): boolean => /^\(.*\)$/.test(name.trim());

/** The name for pages, lines and papers. */
export const shownNameOf = (fee: Pick<Fee, 'name'>): string => (isNameless(fee) ? 'Không thu phí, lệ phí' : fee.name);

/** What the unit retains by law: of a state charge nothing (Law 97/2015/QH13, article 13), of a service fee what its decision says. */
export const retentionOf = (fee: Pick<Fee, 'kind' | 'retentionPercent'>): string | undefined =>
  fee.kind === 'phi' ? fee.retentionPercent : '0';

export type NotChargeable = 'not_set_by_council' | 'amount_unknown' | 'tax_by_notice';
export type Chargeable = { readonly ok: true } | { readonly ok: false; readonly why: NotChargeable };

/** Why no line could be made. `input` is its path in the request (`units`, `case.khu_vuc`, `preference.code`). */
export type FeeRefusal = {
  readonly refused:
    | NotChargeable
    | 'not_in_force'
    | 'input_missing'
    | 'input_unknown'
    | 'input_out_of_range'
    | 'case_unknown'
    | 'preference_unknown'
    | 'preference_not_applicable'
    | 'preference_evidence_missing'
    | 'preference_by_own_document';
  readonly feeId: string;
  readonly input?: string;
  /** What would have been accepted there, where that is a short list. */
  readonly allowed?: readonly string[];
};

/**
 * Whether a counter may collect this fee at all. Tax is collected by notice only (Decree 10/2022); an amount that no council has set,
 * or that nobody has seen, is never guessed. One unknown case of a rule by cases is refused only when that case is chosen.
 */
export function chargeable(fee: Fee): Chargeable {
  if (fee.kind === 'thue' || fee.collectWhen === 'theo_thong_bao_thue') return { ok: false, why: 'tax_by_notice' };
  if (fee.rule.type === 'by_provincial_council') return { ok: false, why: 'not_set_by_council' };
  return hasNoAmount(fee.rule) ? { ok: false, why: 'amount_unknown' } : { ok: true };
}

/** A tax, or a charge that comes with the notice of the tax authority alone. */
export function isByNotice(fee: Fee): boolean {
  const answer = chargeable(fee);
  return !answer.ok && answer.why === 'tax_by_notice';
}

/** Whether the fee is in force on a day; both ends are included, an absent end is open. */
export const isInForce = (fee: Fee, on: Day): boolean => isBetween(on, fee.validFrom, fee.validTo);

/** Tells a refusal from a priced line, checked inputs or a preference. */
export const isRefusal = (result: object | undefined): result is FeeRefusal => result !== undefined && 'refused' in result;
