// Exact sums: which of several amounts come to a total, to the đồng, and whether there is only one answer.
import type { Money } from './money';

/** More amounts than this are not searched, where nothing else is said. Sixteen obligations in one transfer is a family at the land registry. */
export const mostAmounts = 16;

/** `several`: more than one subset, or too many amounts to know that there is only one. */
export type ExactSum = { kind: 'none' } | { kind: 'unique'; places: readonly number[] } | { kind: 'several' };

const none: ExactSum = { kind: 'none' };

/** One amount that may take part, with its place in the list. Amounts fit a number exactly, as JSON carries them. */
interface Part {
  place: number;
  dong: number;
}

/**
 * The one subset of the amounts that comes to the total, as ascending places. Zero takes no part, nor does what is more than the total.
 * All the amounts together are found however many they are. Work is bounded: two halves of 2^(most / 2) sums, met in the middle.
 */
export function exactSum(amounts: readonly Money[], total: Money, most = mostAmounts): ExactSum {
  if (!total.isPositive()) return none;
  const parts = partsOf(amounts, total);
  const sum = parts.reduce((dong, part) => dong + BigInt(part.dong), 0n);
  if (sum < total.dong) return none;
  if (sum === total.dong) return { kind: 'unique', places: parts.map((part) => part.place) };
  if (parts.length > most) return { kind: 'several' };
  return meetInTheMiddle(parts, Number(total.dong));
}

function partsOf(amounts: readonly Money[], total: Money): Part[] {
  const fits = (amount: Money): boolean => amount.isPositive() && amount.compare(total) <= 0;
  return amounts.flatMap((amount, place) => (fits(amount) ? [{ place, dong: Number(amount.dong) }] : []));
}

/** Every sum of one half is looked for in the other, until a second answer is found. */
function meetInTheMiddle(parts: readonly Part[], total: number): ExactSum {
  const middle = parts.length >> 1;
  const [left, right] = [parts.slice(0, middle), parts.slice(middle)];
  const known = subsetsBySum(sumsOf(left, total));
  let answer: ExactSum = none;
  for (const [subset, sum] of sumsOf(right, total).entries()) {
    const others = known.get(total - sum);
    if (others === undefined) continue;
    if (others === 'several' || answer.kind !== 'none') return { kind: 'several' };
    answer = { kind: 'unique', places: [...placesIn(left, others), ...placesIn(right, subset)] };
  }
  return answer;
}

/** The sum of each subset, where bit i says that part i takes part; `Infinity` once it is more than the total. */
function sumsOf(parts: readonly Part[], total: number): Float64Array {
  const sums = new Float64Array(1 << parts.length);
  parts.forEach(({ dong }, place) => {
    const size = 1 << place;
    for (let subset = 0; subset < size; subset++) {
      const sum = (sums[subset] ?? 0) + dong;
      sums[size + subset] = sum > total ? Infinity : sum;
    }
  });
  return sums;
}

function subsetsBySum(sums: Float64Array): Map<number, number | 'several'> {
  const subsets = new Map<number, number | 'several'>();
  sums.forEach((sum, subset) => subsets.set(sum, subsets.has(sum) ? 'several' : subset));
  return subsets;
}

const placesIn = (parts: readonly Part[], subset: number): number[] =>
  parts.flatMap(({ place }, bit) => (subset & (1 << bit) ? [place] : []));
