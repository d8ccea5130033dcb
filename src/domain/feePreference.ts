// Preferences (ưu đãi): exemptions and reductions that lower one fee; the single best one counts, and they never add up.
import { Decimal } from 'decimal.js';
import { isRefusal, type Channel, type Exemption, type Fee, type FeeRefusal, type Regime, type ScheduleChannel } from './fee';
import { inDong } from './feeWords';
import { smaller, vnd, type Money } from './money';
import { isBetween, type Day } from './time';

/** Where and when the obligation arises. `localityCode`: the province of the agency, for regimes of a province on national fees. */
export type FeeContext = {
  readonly channel: Channel;
  readonly on: Day;
  readonly localityCode?: string;
  readonly preference?: PreferenceClaim;
};

/** What the payer claims: an exemption's code or a conditional regime's id, and what the officer saw as evidence. */
export type PreferenceClaim = { readonly code: string; readonly evidence: string };

export type PreferenceEffect = 'mien' | 'giam' | Regime['kind'];

/** A preference as it can be offered on a form. `value` is a percentage; for `set_amount` the đồng that one quantity costs instead. */
export type Preference = {
  readonly code: string;
  readonly effect: PreferenceEffect;
  readonly value: number;
  readonly legalBasis: string;
  readonly label?: string;
  /** Who may claim it, in the words of the schedule. */
  readonly condition?: string;
  /** Counts only when claimed with evidence; otherwise it applies by itself. */
  readonly needsEvidence: boolean;
  /** How the dossier must be filed; absent: in any way. */
  readonly channels?: readonly ScheduleChannel[];
  /** Its last day; absent: open. */
  readonly until?: Day;
};

/** A preference frozen on a line, with the evidence where it was claimed. */
export type AppliedPreference = Readonly<Pick<Preference, 'code' | 'effect' | 'value' | 'legalBasis'> & { evidence?: string }>;

type Line = { readonly grossAmount: Money; readonly quantity: number };
type Reduced = { readonly amount: Money; readonly preference?: AppliedPreference; readonly trace: readonly string[] };

const scheduleChannels: Record<Channel, ScheduleChannel> = { counter: 'truc_tiep', online: 'truc_tuyen', postal: 'buu_chinh' };

/** Every preference that can count on that day, for that channel and place: exemptions first, then regimes. */
export function preferencesOf(fee: Fee, context: FeeContext): Preference[] {
  const regimes = regimesOf(fee).filter((regime) => isApplicable(regime, fee, context));
  return [...fee.exemptions.flatMap(fromExemption), ...regimes.map(fromRegime)];
}

/** Whether the schedule knows this code for this fee, on whatever day; a claim for a dossier goes only to the fees that know it. */
export const knowsPreference = (fee: Fee, code: string): boolean => codesOf(fee).includes(code);

/**
 * Applies the one preference that leaves the lowest amount (Resolution 66.22/2026/NQ-CP, Article 5(2)): the automatic ones compete with
 * the one claimed, and at the same amount the claimed one is recorded. The reduced amount is rounded half up to đồng.
 */
export function applyPreference(fee: Fee, line: Line, context: FeeContext): Reduced | FeeRefusal {
  const { preference: claim } = context;
  const preferences = preferencesOf(fee, context);
  const refusal = claim && refusalOf(fee, claim, preferences);
  if (isRefusal(refusal)) return refusal;
  const claimed = preferences.filter((one) => one.code === claim?.code);
  const automatic = preferences.filter((one) => !one.needsEvidence && one.code !== claim?.code);
  return best([...claimed, ...automatic], line, claim);
}

function best(candidates: readonly Preference[], line: Line, claim: PreferenceClaim | undefined): Reduced {
  let lowest: Reduced = { amount: line.grossAmount, trace: [] };
  for (const candidate of candidates) {
    const amount = smaller(amountUnder(candidate, line), line.grossAmount);
    if (amount.compare(lowest.amount) < 0)
      lowest = { amount, preference: applied(candidate, claim), trace: [sentenceOf(candidate, amount)] };
  }
  const outdone = claim && lowest.preference && lowest.preference.code !== claim.code;
  return outdone ? { ...lowest, trace: [...lowest.trace, 'Không cộng dồn với ưu đãi đã chọn: chỉ áp dụng ưu đãi cao nhất'] } : lowest;
}

function amountUnder(preference: Preference, line: Line): Money {
  if (preference.effect === 'set_amount') return vnd(preference.value).times(line.quantity);
  return line.grossAmount.share(new Decimal(100 - preference.value).div(100).toString());
}

function applied(preference: Preference, claim: PreferenceClaim | undefined): AppliedPreference {
  const { code, effect, value, legalBasis } = preference;
  const evidence = code === claim?.code ? claim.evidence.trim() : '';
  return Object.freeze({ code, effect, value, legalBasis, ...(evidence && { evidence }) });
}

/** A personal reason is not named, by words or by code: it may say that the payer is poor, disabled or ill, and this stands on screens and paper. */
function sentenceOf({ effect, value, legalBasis, code }: Preference, amount: Money): string {
  const says: Record<PreferenceEffect, string> = {
    mien: 'Miễn theo diện ưu tiên,',
    giam: `Giảm ${value} % theo diện ưu tiên,`,
    waived: `Miễn (${code})`,
    percent_off: `Giảm ${value} % (${code})`,
    set_amount: `Mức thu ưu đãi ${inDong(vnd(value))} (${code})`,
    budget_supported: `Ngân sách hỗ trợ ${value} % (${code})`,
  };
  return `${says[effect]} theo ${legalBasis}: còn ${inDong(amount)}`;
}

function refusalOf(fee: Fee, claim: PreferenceClaim, preferences: readonly Preference[]): FeeRefusal | undefined {
  const refused = (why: FeeRefusal['refused'], input: string): FeeRefusal => ({ refused: why, feeId: fee.id, input });
  const found = preferences.find((one) => one.code === claim.code);
  if (found)
    return found.needsEvidence && !claim.evidence.trim() ? refused('preference_evidence_missing', 'preference.evidence') : undefined;
  if (fee.exemptions.some((one) => one.code === claim.code)) return refused('preference_by_own_document', 'preference.code');
  if (knowsPreference(fee, claim.code)) return refused('preference_not_applicable', 'preference.code');
  return { ...refused('preference_unknown', 'preference.code'), allowed: [...new Set(codesOf(fee))] };
}

const codesOf = (fee: Fee): string[] => [...fee.exemptions.map((one) => one.code), ...regimesOf(fee).map((one) => one.regimeId)];

const regimesOf = (fee: Fee): Regime[] => [...fee.generalReductions, ...fee.onlineDiscount];

function isApplicable(regime: Regime, fee: Fee, context: FeeContext): boolean {
  const isHere = ['national', fee.localityCode, context.localityCode].includes(regime.locality);
  const isChannel = regime.channels.includes(scheduleChannels[context.channel]);
  return isHere && isChannel && isBetween(context.on, regime.effectiveFrom, regime.effectiveTo);
}

/** An exemption left to another text has no effect that we can compute, so it is no preference. */
function fromExemption({ code, label, effect, percent, legalBasis, condition }: Exemption): Preference[] {
  const value = effect === 'mien' ? 100 : percent;
  if (effect === 'theo_van_ban_rieng' || value === null) return [];
  return [{ code, effect, value, legalBasis, label, needsEvidence: true, ...(condition !== null && { condition }) }];
}

function fromRegime({ regimeId, kind, value, legalBasis, conditions, channels, effectiveTo }: Regime): Preference {
  const effective = kind === 'waived' ? 100 : value;
  const needsEvidence = conditions !== null;
  return {
    code: regimeId,
    effect: kind,
    value: effective,
    legalBasis,
    needsEvidence,
    channels,
    ...(effectiveTo !== null && { until: effectiveTo }),
    ...(conditions !== null && { condition: conditions }),
  };
}

/** Tells personal exemptions apart where their words must not stand: the first of a procedure's is group 1, and so on. */
export const exemptionGroups = (fees: readonly Pick<Fee, 'exemptions'>[]): ReadonlyMap<string, number> =>
  new Map([...new Set(fees.flatMap(({ exemptions }) => exemptions.map((one) => one.code)))].map((code, place) => [code, place + 1]));
