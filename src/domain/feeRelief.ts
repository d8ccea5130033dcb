// Three kinds of zero, which reports must tell apart: free by law, exempted with a reason, and paid by the budget in the payer's place.
import type { FeeItem } from './obligation';
import { sumOf, zero, type Money } from './money';

/** What a line is with regard to relief: `full` is charged as the rule says. */
export type Relief = 'full' | 'free_by_law' | 'exempted' | 'reduced' | 'supported';
type Line = Pick<FeeItem, 'grossAmount' | 'amount' | 'preference'>;

/**
 * Free by law: the rule itself asks for nothing, and no preference is recorded. Exempted and reduced: a preference with its reason takes
 * all or a part. Supported: the budget pays what the payer does not, so the amount is income of the collecting body all the same.
 */
export function reliefOf({ grossAmount, amount, preference }: Line): Relief {
  if (preference?.effect === 'budget_supported') return 'supported';
  if (grossAmount.isZero()) return 'free_by_law';
  if (amount.isZero()) return 'exempted';
  return amount.compare(grossAmount) < 0 ? 'reduced' : 'full';
}

/** What the payer is spared, and of that what the budget owes for it. */
export interface Relieved {
  lines: Readonly<Record<Relief, number>>;
  gross: Money;
  /** By exemption and reduction: nobody pays it. */
  remitted: Money;
  /** By support: the budget pays it. */
  supported: Money;
  /** What payers owe. */
  due: Money;
}

export function relievedBy(items: readonly Line[]): Relieved {
  const lines = { full: 0, free_by_law: 0, exempted: 0, reduced: 0, supported: 0 };
  let remitted = zero;
  let supported = zero;
  for (const item of items) {
    const relief = reliefOf(item);
    const spared = item.grossAmount.minus(item.amount);
    lines[relief]++;
    if (relief === 'supported') supported = supported.plus(spared);
    else remitted = remitted.plus(spared);
  }
  return { lines, gross: sumOf(items.map((item) => item.grossAmount)), remitted, supported, due: sumOf(items.map((item) => item.amount)) };
}
