// The numbers of a series: cut into ranges, one agency's each, and used from small to large without a gap (Decree 254/2026/NĐ-CP, Article 25).
import { lastReceiptNumber } from './receiptSymbol';

/** How many numbers an agency gets at once. */
export const rangeLength = 1_000;

export interface ReceiptRange {
  firstNumber: number;
  lastNumber: number;
  /** One less than `firstNumber` while nothing is used. */
  usedTo: number;
}

export interface TakenNumbers {
  numbers: number[];
  /** Every range from which numbers were taken, as it is afterwards. */
  ranges: ReceiptRange[];
  cutTo: number;
}

/**
 * The next `count` numbers of an agency: what is left of its open range, then new ranges, cut behind the last one (`cutTo`) of the series.
 * Undefined when the series has no room for them.
 */
export function takeNumbers(cutTo: number, open: ReceiptRange | undefined, count: number): TakenNumbers | undefined {
  const taken: TakenNumbers = { numbers: [], ranges: [], cutTo };
  for (let range = open; taken.numbers.length < count; range = undefined) {
    const source = range ?? nextRange(taken.cutTo);
    if (!source) return undefined;
    taken.cutTo = Math.max(taken.cutTo, source.lastNumber);
    const usedTo = Math.min(source.lastNumber, source.usedTo + count - taken.numbers.length);
    for (let number = source.usedTo + 1; number <= usedTo; number++) taken.numbers.push(number);
    taken.ranges.push({ ...source, usedTo });
  }
  return taken;
}

function nextRange(cutTo: number): ReceiptRange | undefined {
  if (cutTo >= lastReceiptNumber) return undefined;
  return { firstNumber: cutTo + 1, lastNumber: Math.min(cutTo + rangeLength, lastReceiptNumber), usedTo: cutTo };
}
