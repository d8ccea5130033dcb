// The price of one fee: its rule applied to the inputs, then the best preference, frozen as a fee item (dòng thu).
import { chargeable, isInForce, isRefusal, shownNameOf, type ChargedKind, type Fee, type FeeRefusal } from './fee';
import { chargeOf, type Charge } from './feeCharge';
import { checkInputs, inputsOf, maxValueDong, type CheckedInputs, type FeeInputs } from './feeInputs';
import { applyPreference, type AppliedPreference, type FeeContext } from './feePreference';
import { inDong, measureWord } from './feeWords';
import type { Money } from './money';

/** A frozen fee item: it stays as it was issued, whatever becomes of the schedule. Amounts are whole đồng. */
export type PricedFee = {
  readonly feeId: string;
  readonly name: string;
  readonly kind: ChargedKind;
  readonly quantity: number;
  readonly units?: number;
  readonly value?: number;
  readonly case?: Readonly<Record<string, string>>;
  /** What one quantity costs before any preference. */
  readonly unitAmount: Money;
  /** `unitAmount` × `quantity`. */
  readonly grossAmount: Money;
  /** What the payer owes, after the preference. */
  readonly amount: Money;
  readonly legalBasis: readonly string[];
  readonly preference?: AppliedPreference;
  /** Where it is booked, and what the unit retains of it, as far as the schedule said so that day. */
  readonly budgetSubItem?: string;
  readonly retentionPercent?: string;
  /** Vietnamese sentences on how the amount came about. */
  readonly trace: readonly string[];
};

/**
 * Prices one fee on a day; a line of 0 đồng is a line. `quantity` counts what the rule's unit (or item unit) names, `units` all the inner
 * units of tiers or extras, `value` is the base of a percentage in đồng. A percentage is rounded half up to đồng, then multiplied.
 * Returns a refusal, never a guess, for a fee not collected here or on that day, a missing, unknown or impossible input, and a
 * preference that cannot be applied. Rates: Law 97/2015/QH13, through the decision named in `legalBasis`.
 */
export function priceFee(fee: Fee, inputs: FeeInputs, context: FeeContext): PricedFee | FeeRefusal {
  const { kind } = fee;
  if (kind === 'thue') return { refused: 'tax_by_notice', feeId: fee.id };
  const allowed = chargeable(fee);
  if (!allowed.ok) return { refused: allowed.why, feeId: fee.id };
  if (!isInForce(fee, context.on)) return { refused: 'not_in_force', feeId: fee.id };
  const checked = checkInputs(fee, inputs);
  if (isRefusal(checked)) return checked;
  const charge = chargeOf(fee, checked);
  if (isRefusal(charge)) return charge;
  return lineOf(fee, kind, checked, charge, context);
}

function lineOf(fee: Fee, kind: ChargedKind, inputs: CheckedInputs, charge: Charge, context: FeeContext): PricedFee | FeeRefusal {
  const { quantity } = inputs;
  if (charge.amount.dong * BigInt(quantity) > maxValueDong) return { refused: 'input_out_of_range', feeId: fee.id, input: 'quantity' };
  const grossAmount = charge.amount.times(quantity);
  const reduced = applyPreference(fee, { grossAmount, quantity }, context);
  if (isRefusal(reduced)) return reduced;
  return Object.freeze({
    feeId: fee.id,
    name: shownNameOf(fee),
    kind,
    quantity,
    ...inputsUsed(fee, inputs),
    unitAmount: charge.amount,
    grossAmount,
    amount: reduced.amount,
    legalBasis: Object.freeze([...fee.legalBasis]),
    ...(reduced.preference && { preference: reduced.preference }),
    ...(fee.budgetSubItem !== undefined && { budgetSubItem: fee.budgetSubItem }),
    ...(fee.retentionPercent !== undefined && { retentionPercent: fee.retentionPercent }),
    trace: Object.freeze([...charge.trace, ...multiplication(fee, quantity, charge.amount, grossAmount), ...reduced.trace]),
  });
}

/** The inputs beside the quantity that the rule really asked for. */
function inputsUsed(fee: Fee, { units, value, case: chosen }: CheckedInputs): Pick<PricedFee, 'units' | 'value' | 'case'> {
  const names = inputsOf(fee).map((input) => input.name);
  return {
    ...(names.includes('units') && { units }),
    ...(names.includes('value') && { value }),
    ...(names.includes('case') && { case: Object.freeze({ ...chosen }) }),
  };
}

function multiplication(fee: Fee, quantity: number, unitAmount: Money, grossAmount: Money): string[] {
  const counted = inputsOf(fee).find((input) => input.name === 'quantity');
  if (quantity === 1 || counted?.name !== 'quantity') return [];
  return [`${quantity} ${measureWord(counted.unit)} × ${inDong(unitAmount)} = ${inDong(grossAmount)}`];
}
