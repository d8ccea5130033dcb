// Sums of cash, collections and shares, for any amounts: parts are the whole, to the đồng.
import fc from 'fast-check';
import type { Agency } from '../../src/domain/agency';
import { cashBookOf, cashMovementKinds, type CashMovement } from '../../src/domain/cashBook';
import { collectedOf, type CollectableLine } from '../../src/domain/collection';
import { depositFor, drawDepositCode } from '../../src/domain/deposit';
import { smaller, sumOf, vnd, zero } from '../../src/domain/money';
import {
  firstDue,
  lineKey,
  linesUpTo,
  monthsOf,
  outstandingLines,
  remitDue,
  remittanceCode,
  sumOfLines,
  type Remittance,
} from '../../src/domain/remittance';
import { parsePercent, retentionFor, split, type Retention } from '../../src/domain/retention';
import { depositDue, sumOfPieces } from '../../src/domain/shift';
import type { Day, Instant } from '../../src/domain/time';

const at = (text: string): Instant => text as Instant;
const day = (text: string): Day => text as Day;
const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(vnd);

describe('shares of what was collected', () => {
  it('what is retained and what is the budget’s are the whole, whatever the rate, also of money taken back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 10_000 }), (dong, points) => {
        const { retained, toBudget } = split(vnd(dong), points);
        expect(retained.plus(toBudget).dong).toBe(dong);
        const other = split(vnd(-dong), points);
        expect(other.retained.plus(retained).isZero()).toBe(true);
      }),
    );
  });

  it('an odd đồng is the budget’s', () => {
    expect(split(vnd(21_001), 5_000)).toEqual({ retained: vnd(10_500), toBudget: vnd(10_501) });
    expect(split(vnd(100), 3_333)).toEqual({ retained: vnd(33), toBudget: vnd(67) });
  });

  it.each([
    ['50', 5_000],
    ['37,5', 3_750],
    ['85.25', 8_525],
    ['100', 10_000],
    ['100,01', undefined],
    ['-1', undefined],
    ['1/2', undefined],
  ])('a rate typed as %s is %s hundredths of a percent', (text, points) => expect(parsePercent(text)).toBe(points));
});

describe('collections of an obligation with several lines', () => {
  const line = (feeId: string, amount: number, kind: 'phi' | 'le_phi' = 'phi'): CollectableLine => ({
    feeId,
    name: feeId,
    kind,
    amount: vnd(amount),
  });
  const change = (amount: number, paidAt: string, keptAt = paidAt) => ({ amount: vnd(amount), paidAt: at(paidAt), keptAt: at(keptAt) });

  it('money fills the lines in their order, on the day of its payment; what is taken back counts on the day of its taking', () => {
    const lines = [line('A', 10_000), line('B', 5_000, 'le_phi')];
    const changes = [
      change(12_000, '2026-11-03T02:00:00.000Z'),
      change(3_000, '2026-11-04T18:00:00.000Z'), // in Vietnam the 5th
      change(-3_000, '2026-11-04T18:00:00.000Z', '2026-12-01T02:00:00.000Z'),
    ];
    expect(collectedOf('H26', lines, changes).map(({ feeId, day: on, amount }) => [feeId, on, amount.toJSON()])).toEqual([
      ['A', '2026-11-03', 10_000],
      ['B', '2026-11-03', 2_000],
      ['B', '2026-11-05', 3_000],
      ['B', '2026-12-01', -3_000],
    ]);
  });

  it('every đồng that was paid belongs to exactly one line, however it came and went', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 9_000 })), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 5 }), steps, (sizes, moves) => {
        const due = sizes.reduce((sum, size) => sum + size, 0);
        let paid = 0;
        const changes = moves.map(([isIn, size]) => {
          const amount = isIn ? Math.min(size, due - paid) : -Math.min(size, paid);
          paid += amount;
          return change(amount, '2026-11-03T02:00:00.000Z');
        });
        const collected = collectedOf(
          'H26',
          sizes.map((size, place) => line(`F${place}`, size)),
          changes,
        );
        expect(sumOf(collected.map(({ amount }) => amount)).toJSON()).toBe(paid);
        sizes.forEach((size, place) => {
          const own = sumOf(collected.filter(({ feeId }) => feeId === `F${place}`).map(({ amount }) => amount)).toJSON();
          expect(own >= 0 && own <= size).toBe(true);
        });
      }),
    );
  });
});

describe('what is to be handed over', () => {
  const agencies: Agency[] = [
    { code: 'H26', name: 'Tỉnh', kind: 'province', localityCode: 'H26', dynamicQrFlag: 2, validFrom: day('2020-01-01') },
    { code: 'H26.1', name: 'Xã', kind: 'point', parentCode: 'H26', localityCode: 'H26', dynamicQrFlag: 2, validFrom: day('2020-01-01') },
  ];
  const rate = (changes: Partial<Retention> = {}): Retention => ({
    id: 'rr_1',
    agencyCode: 'H26',
    feeId: 'CT-1',
    retainedPoints: 5_000,
    remitByDay: 5,
    legalBasis: 'TT 226/2016/TT-BTC',
    validFrom: day('2026-01-01'),
    proposedBy: 'a',
    proposedAt: at('2026-01-01T00:00:00.000Z'),
    decision: { decision: 'approved', by: 'b', at: at('2026-01-02T00:00:00.000Z') },
    ...changes,
  });
  const of = (feeId: string, amount: number, on = '2026-11-03', agencyCode = 'H26.1') => ({
    feeId,
    name: feeId,
    kind: 'phi' as const,
    agencyCode,
    day: day(on),
    amount: vnd(amount),
  });

  const slip: Remittance = {
    id: 'rm_1',
    agencyCode: 'H26.1',
    number: 3,
    accountId: 'acc',
    month: '2026-11',
    amount: vnd(10_501),
    dueDay: day('2026-12-05'),
    draftedBy: 'a',
    draftedAt: at('2026-12-01T00:00:00.000Z'),
    lines: [{ kind: 'phi', subject: 'CT-1', name: 'CT-1', month: '2026-11', amount: vnd(10_501) }],
    steps: [],
  };

  it('a rate holds from its day on, for the agency and those below it, once a second person approved it; the nearest one counts', () => {
    const asked = { agencyCode: 'H26.1', feeId: 'CT-1', day: day('2026-11-03') };
    expect(retentionFor(agencies, [rate()], asked)?.id).toBe('rr_1');
    expect(retentionFor(agencies, [rate()], { ...asked, day: day('2025-12-31') })).toBeUndefined();
    const { decision: _, ...proposed } = rate();
    expect(retentionFor(agencies, [proposed], asked)).toBeUndefined();
    expect(retentionFor(agencies, [rate(), rate({ id: 'rr_2', agencyCode: 'H26.1' })], asked)?.id).toBe('rr_2');
    expect(retentionFor(agencies, [rate({ agencyCode: 'H26.1' })], { ...asked, agencyCode: 'H26' })).toBeUndefined();
  });

  it('without a rate all of it is the budget’s, and that is said', () => {
    const [month] = monthsOf([of('X', 21_001)], agencies, []);
    expect(month).toMatchObject({ toBudget: vnd(21_001), retained: zero, isWithoutRate: true, remitByDay: 20 });
    const [lePhi] = monthsOf([{ ...of('LP', 8_000), kind: 'le_phi' }], agencies, []);
    expect(lePhi).toMatchObject({ toBudget: vnd(8_000), retained: zero, isWithoutRate: false, retainedPoints: [0] });
  });

  it('for any collections, what is retained and what is the budget’s are the sum of all payments', () => {
    const payments = fc.array(
      fc.tuple(fc.constantFrom('CT-1', 'X', 'Y'), fc.integer({ min: -50_000, max: 90_000 }), fc.integer({ min: 1, max: 28 })),
    );
    fc.assert(
      fc.property(payments, fc.integer({ min: 0, max: 10_000 }), (paid, points) => {
        const collected = paid.map(([feeId, amount, date]) => of(feeId, amount, `2026-11-${String(date).padStart(2, '0')}`));
        const rates = [
          rate({ retainedPoints: points, validTo: day('2026-11-15') }),
          rate({ id: 'rr_2', feeId: 'Y', retainedPoints: 3_333 }),
        ];
        const months = monthsOf(collected, agencies, rates);
        const whole = sumOf(collected.map(({ amount }) => amount));
        expect(sumOf(months.map(({ retained, toBudget }) => retained.plus(toBudget)))).toEqual(whole);
        expect(sumOf(months.map((month) => month.collected))).toEqual(whole);
      }),
    );
  });

  it('what stands on a slip is not asked for again, what the books lost since is taken off the next one', () => {
    const months = monthsOf([of('CT-1', 21_001)], agencies, [rate()]);
    const [first] = outstandingLines({ months, owed: [] }, []);
    expect(first).toMatchObject({ amount: vnd(10_501), dueDay: '2026-12-05' });
    expect(outstandingLines({ months, owed: [] }, [slip])).toEqual([]);
    expect(outstandingLines({ months: [], owed: [] }, [slip])).toMatchObject([{ subject: 'CT-1', amount: vnd(-10_501) }]);
    const refused = { ...slip, steps: [{ state: 'refused' as const, by: 'b', at: at('2026-12-01T00:00:00.000Z') }] };
    expect(outstandingLines({ months, owed: [] }, [refused])).toHaveLength(1);
    expect(remittanceCode(slip)).toBe('NNSH261T202611S3E');
    expect(remittanceCode({ ...slip, number: 31 })).not.toContain(remittanceCode(slip));
  });

  it('in slips of whatever sums every share is handed over once, what is due first before others, and the last takes what is left', () => {
    const brought = fc.tuple(fc.constantFrom('09', '10', '11'), fc.constantFrom('A', 'CT-1', 'Y'), fc.integer({ min: -9, max: 30 }));
    const asked = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(brought), asked, (collected, sums) => {
        const days = collected.map(([month, feeId, amount]) => of(feeId, amount, `2026-${month}-03`));
        const books = { months: monthsOf(days, agencies, []), owed: [] };
        const slips: Remittance[] = [];
        for (const sum of sums) {
          const outstanding = outstandingLines(books, slips);
          const whole = sumOfLines(outstanding);
          if (!whole.isPositive()) break;
          const lines = linesUpTo(smaller(vnd(sum), whole), outstanding);
          slips.push({ ...slip, lines });
          const left = outstandingLines(books, slips);
          expect(sumOfLines(lines).plus(sumOfLines(left))).toEqual(whole);
          expect(lines.every((line) => !line.amount.isZero()) && left.every((line) => line.amount.isPositive())).toBe(true);
          const taken = new Set(lines.map(lineKey));
          expect(left.slice(1).filter((line) => taken.has(lineKey(line)))).toEqual([]);
          const lastDue = outstanding.filter((line) => line.amount.isPositive() && taken.has(lineKey(line))).at(-1)?.dueDay ?? '';
          expect(left.every(({ dueDay }) => dueDay >= lastDue)).toBe(true);
        }
      }),
    );
  });

  it('the 5th and the 20th are those of the next month', () => {
    expect([remitDue('2026-11', 5), remitDue('2026-12', 20)]).toEqual(['2026-12-05', '2027-01-20']);
    const line = (dong: number, dueDay: string) => ({ amount: vnd(dong), dueDay: day(dueDay) });
    expect(firstDue([line(9_000, '2026-12-05'), line(-5_000, '2026-11-05')])).toBe('2026-12-05'); // handed over too much is late for nobody
    expect(firstDue([line(-5_000, '2026-11-05')])).toBeUndefined();
  });
});

describe('cash', () => {
  it('the balance of a cash book runs from its opening to its closing, for any movements', () => {
    const movement = fc.record({
      kind: fc.constantFrom(...cashMovementKinds),
      counterId: fc.constantFrom('1', '2'),
      amount: amounts,
      minute: fc.integer({ min: 0, max: 59 }),
    });
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 20 }), amounts, (told, opening) => {
        const movements: CashMovement[] = told.map(({ minute, ...one }, place) => ({
          ...one,
          at: at(`2026-11-03T02:${String(minute).padStart(2, '0')}:00.000Z`),
          by: 'a',
          subjectId: String(place),
        }));
        const counters = [
          { id: '1', name: 'Quầy 1' },
          { id: '2', name: 'Quầy 2' },
        ];
        const book = cashBookOf({ agencyCode: 'H26', day: day('2026-11-03'), counters, openings: new Map([['1', opening]]), movements });
        for (const { opening: first, rows, closing } of book.counters) {
          expect(rows.at(-1)?.balance ?? first).toEqual(closing);
          expect(first.plus(sumOf(rows.map(({ amount }) => amount)))).toEqual(closing);
        }
        expect(book.total.closing).toEqual(book.total.opening.plus(sumOf(Object.values(book.total.sums))));
      }),
    );
  });

  it('a deposit is found by amount, account and its slip or our code; two that fit leave it to a person', () => {
    const deposit = {
      id: 'a',
      accountId: 'acc',
      amount: vnd(50_000),
      code: drawDepositCode(new Uint8Array([0, 1, 2, 3])),
      slipNumber: 'GNT-0012345',
    };
    const credit = (content: string, changes: object = {}) => ({ accountId: 'acc', amount: vnd(50_000), content, ...changes });
    expect(deposit.code).toMatch(/^NTM\d{7}$/);
    expect(depositFor(credit(`NOP TIEN MAT ${deposit.code}`), [deposit])).toBe(deposit);
    expect(depositFor(credit('nop tien mat GNT0012345'), [deposit])).toBe(deposit);
    expect(depositFor(credit('NOP TIEN MAT GNT-0012345'), [deposit])).toBe(deposit);
    expect(depositFor(credit('nop tien mat GNT 9 0012345'), [deposit])).toBeUndefined();
    expect(depositFor(credit('nop tien mat 9900123456'), [deposit])).toBeUndefined();
    expect(depositFor(credit(deposit.code, { amount: vnd(50_001) }), [deposit])).toBeUndefined();
    expect(depositFor(credit(deposit.code, { accountId: 'other' }), [deposit])).toBeUndefined();
    expect(depositFor(credit('GNT0012345'), [deposit, { ...deposit, id: 'b', code: 'NTM9999999' }])).toBeUndefined();
  });

  it('the pieces make the sum, and cash is at the bank on the next working day', () => {
    expect(sumOfPieces({ '500000': 2, '1000': 3 })).toEqual(vnd(1_003_000));
    expect(depositDue(at('2026-11-20T10:00:00.000Z'))).toBe('2026-11-23');
    expect(depositDue(at('2026-11-19T18:00:00.000Z'))).toBe('2026-11-23');
    expect(depositDue(at('2026-11-19T10:00:00.000Z'))).toBe('2026-11-20');
  });
});
