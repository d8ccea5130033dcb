// Continuity: which missing movements the running balances betray, and that nothing else looks like one.
import fc from 'fast-check';
import { breaksIn, isLinked, type Movement } from '../../src/domain/continuity';
import { vnd } from '../../src/domain/money';
import { addMs, instantOf, type Instant } from '../../src/domain/time';

const start = instantOf(Date.UTC(2026, 10, 21, 1));
const at = (second: number): Instant => addMs(start, second * 1000);

/** Movements as they happened: each `[second, amount]`, money out below zero. */
function happened(opening: number, ...moves: readonly (readonly [second: number, amount: number])[]): Movement[] {
  let balance = opening;
  return moves.map(([second, amount], index) => {
    balance += amount;
    return {
      id: `m${index}`,
      bankTime: at(second),
      amount: vnd(Math.abs(amount)),
      direction: amount < 0 ? 'out' : 'in',
      balanceAfter: vnd(balance),
    };
  });
}

const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, place) => place !== index);
const told = (breaks: ReturnType<typeof breaksIn>) => breaks.map(({ missing, ...rest }) => ({ ...rest, missing: Number(missing.dong) }));

describe('running balances', () => {
  it('go on through a day, in whichever order the day is told', () => {
    const day = happened(1_000_000, [0, 50_000], [7, -20_000], [9, 8_000]);
    expect(breaksIn(day)).toEqual([]);
    expect(breaksIn(day.toReversed())).toEqual([]);
  });

  it('begin and end anywhere: the edges of the window are no break', () => {
    expect(breaksIn([])).toEqual([]);
    expect(breaksIn(happened(7, [0, 50_000]))).toEqual([]);
  });

  it('betray a missing credit: between which movements, when, and how much', () => {
    const day = happened(1_000_000, [0, 50_000], [7, 120_000], [9, -8_000]);
    expect(told(breaksIn(without(day, 1)))).toEqual([{ afterId: 'm0', beforeId: 'm2', from: at(0), to: at(9), missing: 120_000 }]);
  });

  it('betray a missing debit as less than nothing, and several movements as their sum', () => {
    const day = happened(1_000_000, [0, 50_000], [7, -120_000], [8, 20_000], [9, 8_000]);
    expect(told(breaksIn([day[0]!, day[3]!]))).toEqual([{ afterId: 'm0', beforeId: 'm3', from: at(0), to: at(9), missing: -100_000 }]);
  });

  it('do not betray movements that cancel out', () => {
    const day = happened(0, [0, 50_000], [1, 9_000], [2, -9_000], [3, 1]);
    expect(breaksIn([day[0]!, day[3]!])).toEqual([]);
  });

  it('are whole again when the missing movement comes late', () => {
    const day = happened(0, [0, 50_000], [7, 120_000], [9, 8_000]);
    const [first, second, third] = day as [Movement, Movement, Movement];
    expect(breaksIn([first, third])).toHaveLength(1);
    expect(breaksIn([first, third, second])).toEqual([]);
  });

  it('take a movement told twice once', () => {
    const day = happened(0, [0, 50_000], [7, 120_000]);
    expect(breaksIn([...day, ...day])).toEqual([]);
  });

  it('name two breaks where two are missing', () => {
    const day = happened(0, [0, 1], [1, 20], [2, 300], [3, 4_000], [4, 50_000]);
    expect(told(breaksIn([day[0]!, day[2]!, day[4]!])).map(({ missing }) => missing)).toEqual([20, 4_000]);
  });
});

describe('movements whose balance is not known', () => {
  const day = happened(1_000_000, [0, 50_000], [7, 120_000], [9, -8_000], [11, 3_000]);
  const unknownAt = (index: number): Movement[] =>
    day.map(({ balanceAfter, ...movement }, place) => (balanceAfter && place !== index ? { ...movement, balanceAfter } : movement));

  it('are no break, nor is what stands beside them', () => {
    for (const index of [0, 1, 2, 3]) expect(breaksIn(unknownAt(index))).toEqual([]);
    expect(breaksIn(without(unknownAt(1), 2))).toEqual([]);
  });

  it('hide no break elsewhere', () => {
    expect(told(breaksIn(without(unknownAt(0), 2)))).toMatchObject([{ afterId: 'm1', beforeId: 'm3', missing: -8_000 }]);
  });

  it('link the ends of a break by their amounts, and by nothing less', () => {
    const [found] = breaksIn([day[0]!, day[3]!]);
    const ends = { ...found!, afterId: 'm0', beforeId: 'm3' };
    const links = (...between: Movement[]) => isLinked([day[0]!, ...between, day[3]!], ends, []);
    expect(links()).toBe(false);
    expect(links(day[1]!)).toBe(false);
    expect(links(unknownAt(1)[1]!)).toBe(false);
    expect(links(day[1]!, day[2]!)).toBe(true);
    expect(links(unknownAt(1)[1]!, day[2]!)).toBe(true);
    expect(links(unknownAt(1)[1]!, unknownAt(2)[2]!)).toBe(true);
    expect(isLinked([day[0]!, day[1]!, day[3]!], ends, breaksIn([day[1]!, day[3]!]))).toBe(true);
    expect(isLinked([day[3]!], ends, [])).toBe(false);
  });
});

describe('several movements of one second', () => {
  it('are put into the order of their balances', () => {
    const burst = happened(0, [0, 5], [3, 10], [3, 20], [3, -30], [3, 40], [4, 1]);
    expect(breaksIn(burst.toReversed())).toEqual([]);
  });

  it('may pass a balance twice: taking the wrong way from there is no break', () => {
    // From 100 one may go to 150 and come back, or go to 180 and be stuck.
    for (const order of [
      [50, -50, 80],
      [80, -80, 50],
    ] as const) {
      const burst = happened(90, [0, 10], ...order.map((amount) => [3, amount] as const), [4, 1]);
      expect(breaksIn(burst)).toEqual([]);
      expect(breaksIn(burst.toReversed())).toEqual([]);
    }
  });

  it('may be the first of the window, and go round', () => {
    const burst = happened(100, [0, 50], [0, -50], [0, 70], [0, -70], [4, 1]);
    expect(breaksIn(burst.toReversed())).toEqual([]);
  });

  it('may be all of a day, at a bank that tells no times', () => {
    const amounts = Array.from({ length: 2_000 }, (_, index) => [0, ((index * 7_919) % 13) - 6 || 5] as const);
    const day = happened(10_000_000, ...amounts);
    expect(breaksIn(day.toReversed())).toEqual([]);
    expect(breaksIn(without(day, 1_000)).length).toBeLessThanOrEqual(1);
  });

  it('betray one that is missing among them', () => {
    const burst = happened(0, [0, 5], [3, 10], [3, 200], [3, 3_000], [4, 1]);
    for (const gone of [1, 2, 3]) {
      const [found, ...more] = told(breaksIn(without(burst, gone)));
      expect(more).toEqual([]);
      expect(found).toMatchObject({ missing: Number(burst[gone]!.amount.dong) });
    }
  });
});

/** Steps between seconds, mostly none, so that there are ties; small amounts, so that balances come back. */
const moves = fc.array(
  fc.tuple(
    fc.constantFrom(0, 0, 1, 2),
    fc.integer({ min: -3, max: 3 }).filter((amount) => amount !== 0),
  ),
  {
    minLength: 1,
    maxLength: 25,
  },
);
const history = (list: readonly (readonly [number, number])[], scale: (amount: number, index: number) => number): Movement[] => {
  let second = 1;
  const inner = list.map(([pause, amount], index) => [(second += pause), scale(amount, index)] as const);
  return happened(1_000, [0, 1], ...inner, [second + 1, 1]);
};
const shuffledWith = (list: readonly Movement[], seeds: readonly number[]): Movement[] =>
  list
    .map((movement, index) => ({ movement, seed: seeds[index % seeds.length] ?? 0 }))
    .sort((a, b) => a.seed - b.seed)
    .map(({ movement }) => movement);
const seeds = fc.array(fc.integer(), { minLength: 30, maxLength: 30 });

describe('any history, told in any order', () => {
  it('has no break', () => {
    fc.assert(
      fc.property(moves, seeds, (list, order) => {
        expect(
          breaksIn(
            shuffledWith(
              history(list, (amount) => amount),
              order,
            ),
          ),
        ).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has exactly one break when any inner movement is gone, of its amount', () => {
    fc.assert(
      fc.property(moves, seeds, fc.nat(), (list, order, pick) => {
        const whole = history(list, (amount) => amount);
        const gone = 1 + (pick % list.length);
        const found = breaksIn(shuffledWith(without(whole, gone), order));
        expect(found).toHaveLength(1);
        const { direction, amount } = whole[gone]!;
        expect(Number(found[0]!.missing.dong)).toBe(direction === 'in' ? Number(amount.dong) : -Number(amount.dong));
      }),
      { numRuns: 5_000 },
    );
  });

  it('says when: the window of the break holds the time of what is gone, where no balance comes twice', () => {
    fc.assert(
      fc.property(moves, seeds, fc.nat(), (list, order, pick) => {
        const whole = history(list, (amount, index) => Math.sign(amount) * 2 ** index * 2);
        const gone = 1 + (pick % list.length);
        const [found, ...more] = breaksIn(shuffledWith(without(whole, gone), order));
        expect(more).toEqual([]);
        expect(found!.from <= whole[gone]!.bankTime && whole[gone]!.bankTime <= found!.to).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
