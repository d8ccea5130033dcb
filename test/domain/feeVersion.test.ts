// Versions of a fee as they follow one another: on every day exactly one, whatever was approved in which order.
import fc from 'fast-check';
import { isInForce } from '../../src/domain/fee';
import { feesInTime, type ApprovedVersion } from '../../src/domain/feeVersion';
import { addDays, type Day, type Instant } from '../../src/domain/time';
import { feeLike } from '../support/fees';

const base = feeLike('CT-2.000884', {});
const version = (effectiveFrom: string, amount: number, decidedAt = '2026-01-01', validTo?: string): ApprovedVersion => ({
  id: `fv_${amount}`,
  fee: { ...base, rule: { type: 'fixed', amount, unit: 'ban' }, ...(validTo ? { validTo: validTo as Day } : {}) },
  effectiveFrom: effectiveFrom as Day,
  decidedAt: `${decidedAt}T00:00:00.000Z` as Instant,
});
const spans = (approved: ApprovedVersion[], first = [base]) =>
  feesInTime(first, approved).map((fee) => [fee.validFrom, fee.validTo, fee.rule.type === 'fixed' ? fee.rule.amount : null]);

describe('The versions of a fee', () => {
  it('end on the day before the next', () => {
    expect(spans([version('2027-01-01', 2), version('2026-07-01', 1)])).toEqual([
      ['2017-01-01', '2026-06-30', 10_000],
      ['2026-07-01', '2026-12-31', 1],
      ['2027-01-01', undefined, 2],
    ]);
  });

  it('keep an own last day that is sooner, and then nothing is in force', () => {
    expect(spans([version('2026-07-01', 1, '2026-01-01', '2026-07-31'), version('2027-01-01', 2)])[1]).toEqual([
      '2026-07-01',
      '2026-07-31',
      1,
    ]);
  });

  it('give way to the one approved later on the same first day, and so does what came with the service', () => {
    expect(spans([version('2017-01-01', 1)])).toEqual([['2017-01-01', undefined, 1]]);
    expect(spans([version('2027-01-01', 3, '2026-03-01'), version('2027-01-01', 2, '2026-02-01')])[1]).toEqual([
      '2027-01-01',
      undefined,
      3,
    ]);
  });

  it('leave other fees alone', () => {
    const other = feeLike('CT-2.000992', {});
    expect(feesInTime([base, other], [version('2027-01-01', 1)]).filter((fee) => fee.id === other.id)).toEqual([other]);
  });

  it('are on every day exactly one, in whichever order they were approved', () => {
    const start = '2026-01-01' as Day;
    const anyVersion = fc.record({
      from: fc.integer({ min: 0, max: 400 }),
      amount: fc.integer({ min: 1, max: 1_000_000 }),
      decided: fc.integer({ min: 10, max: 28 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(anyVersion, { maxLength: 8, selector: (one) => one.amount }),
        fc.integer({ min: 0, max: 420 }),
        (given, day) => {
          const approved = given.map(({ from, amount, decided }) => version(addDays(start, from), amount, `2025-12-${decided}`));
          const on = addDays(start, day);
          const inForce = feesInTime([base], approved).filter((fee) => isInForce(fee, on));
          const past = approved.filter((one) => one.effectiveFrom <= on);
          const latest = past.reduce<Day | undefined>(
            (last, one) => (last === undefined || one.effectiveFrom > last ? one.effectiveFrom : last),
            undefined,
          );
          expect(inForce).toHaveLength(1);
          expect(inForce[0]?.validFrom).toBe(latest ?? base.validFrom);
        },
      ),
    );
  });
});
