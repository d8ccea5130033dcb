// Exact sums: the one way in which some amounts come to a total, or that there is none, or more than one.
import fc from 'fast-check';
import { exactSum, mostAmounts } from '../../src/domain/exactSum';
import { sumOf, vnd } from '../../src/domain/money';

const unique = (...places: number[]) => ({ kind: 'unique', places });
const largest = Number.MAX_SAFE_INTEGER;

describe('amounts that come to a total', () => {
  it.each([
    ['one of three', [50_000, 21_000, 8_000], 21_000, unique(1)],
    ['two of three', [50_000, 21_000, 8_000], 58_000, unique(0, 2)],
    ['all of three', [50_000, 21_000, 8_000], 79_000, unique(0, 1, 2)],
    ['none of three', [50_000, 21_000, 8_000], 60_000, { kind: 'none' }],
    ['less than any', [50_000, 21_000], 1, { kind: 'none' }],
    ['more than all', [50_000, 21_000], 71_001, { kind: 'none' }],
    ['either of two equal ones', [50_000, 50_000], 50_000, { kind: 'several' }],
    ['both of two equal ones', [50_000, 50_000], 100_000, unique(0, 1)],
    ['one, or two others together', [50_000, 20_000, 30_000], 50_000, { kind: 'several' }],
    ['one beside a settled one', [0, 50_000, 0], 50_000, unique(1)],
    ['nothing for nothing', [0, 50_000], 0, { kind: 'none' }],
    ['nothing of no amounts', [], 50_000, { kind: 'none' }],
    ['the largest sum there is', [largest, largest, 1], largest, { kind: 'several' }],
    ['the largest sum less one', [largest - 1, 1, largest], largest - 1, unique(0)],
    ['a sum at the edge of what a number holds', [largest - 2, 1, 1, 2, 3], largest, { kind: 'several' }],
  ])('%s', (_, amounts, total, expected) => {
    expect(exactSum(amounts.map(vnd), vnd(total))).toEqual(expected);
  });

  it('are searched up to sixteen; beyond it nobody knows, except all of them', () => {
    const amounts = Array.from({ length: mostAmounts + 1 }, (_, i) => vnd(2 ** i));
    expect(exactSum(amounts.slice(1), vnd(2 ** 3 + 2 ** 9))).toEqual(unique(2, 8));
    expect(exactSum(amounts, sumOf(amounts))).toEqual(unique(...amounts.keys()));
    expect(exactSum(amounts, vnd(2 ** 17 - 2))).toEqual({ kind: 'several' });
  });

  it('are what trying every subset finds', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 10 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 120 }), (some, total) => {
        const answers = subsetsOf(some).filter(
          (subset) => total > 0 && subset.reduce((sum, place) => sum + (some[place] ?? 0), 0) === total,
        );
        const [only, second] = answers;
        const expected = second ? { kind: 'several' } : only ? unique(...only) : { kind: 'none' };
        expect(exactSum(some.map(vnd), vnd(total))).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('take no time, whatever they are', () => {
    const equal = Array.from({ length: mostAmounts }, () => vnd(1_000));
    const started = performance.now();
    for (let total = 1; total <= 100; total++) exactSum(equal, vnd(total * 170 + 1));
    expect(performance.now() - started).toBeLessThan(500);
  });
});

/** Every subset of the places of amounts above zero. */
function subsetsOf(amounts: readonly number[]): number[][] {
  const places = amounts.flatMap((amount, place) => (amount > 0 ? [place] : []));
  return places.reduce<number[][]>((subsets, place) => [...subsets, ...subsets.map((subset) => [...subset, place])], [[]]);
}
