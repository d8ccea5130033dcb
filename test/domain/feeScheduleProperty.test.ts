// What holds for every fee of the schedule, whatever the inputs: random inputs, with the seed printed on failure.
import fc from 'fast-check';
import { chargeable, isRefusal, type Channel, type Fee } from '../../src/domain/fee';
import { inputsOf, maxCount, maxValueDong, type FeeInputs } from '../../src/domain/feeInputs';
import { preferencesOf, type FeeContext } from '../../src/domain/feePreference';
import { priceFee } from '../../src/domain/feePrice';
import type { Day } from '../../src/domain/time';
import { feeNamed, priced, refused, schedule, today } from '../support/fees';

const collected = schedule.filter((fee) => chargeable(fee).ok);
const anyFee = fc.constantFrom(...collected);
const anyContext = fc.record({
  channel: fc.constantFrom<Channel>('counter', 'online', 'postal'),
  on: fc.constantFrom('2024-06-01', '2025-12-31', '2026-01-01', '2026-08-15', '2026-11-21').map((day) => day as Day),
  localityCode: fc.constantFrom('H26', 'H24', 'H29'),
});
const count = fc.integer({ min: 1, max: maxCount });

/** Inputs that the fee's own form would send. */
function inputsFor(fee: Fee): fc.Arbitrary<FeeInputs> {
  const asked = inputsOf(fee);
  const has = (name: string) => asked.some((input) => input.name === name);
  const cases = asked.flatMap((input) => (input.name === 'case' ? [[input.dimension, fc.constantFrom(...input.options)] as const] : []));
  return fc.record({
    ...(has('quantity') && { quantity: count }),
    ...(has('units') && { units: count }),
    ...(has('value') && { value: fc.integer({ min: 1, max: maxValueDong }) }),
    ...(cases.length > 0 && { case: fc.record(Object.fromEntries(cases)) }),
  });
}

const anyLine = anyFee.chain((fee) => fc.tuple(fc.constant(fee), inputsFor(fee), anyContext));

/** The same context with the first preference of the fee claimed, if it has one. */
function claiming(fee: Fee, context: FeeContext): FeeContext {
  const code = preferencesOf(fee, context)[0]?.code;
  return code === undefined ? context : { ...context, preference: { code, evidence: 'đã xem' } };
}

describe('every fee that a counter may collect', () => {
  it('covers most of the schedule', () => {
    expect(collected.length).toBeGreaterThan(90);
  });

  it('is never negative and never above the gross amount', () => {
    fc.assert(
      fc.property(anyLine, ([fee, inputs, context]) => {
        const line = priceFee(fee, inputs, claiming(fee, context));
        if (isRefusal(line)) return ['not_in_force', 'amount_unknown', 'case_unknown', 'input_out_of_range'].includes(line.refused);
        return line.amount.dong >= 0n && line.amount.compare(line.grossAmount) <= 0 && line.grossAmount.dong <= maxValueDong;
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same when it is priced twice', () => {
    fc.assert(
      fc.property(anyLine, ([fee, inputs, context]) => {
        expect(JSON.stringify(priceFee(fee, inputs, context))).toBe(JSON.stringify(priceFee(fee, inputs, context)));
      }),
    );
  });

  it('costs no less for more pages or papers', () => {
    const counted = fc.constantFrom('CT-2.000815', 'CT-2.000942', 'CN-1.003976', 'LL-3.000333', 'LL-3.000330');
    fc.assert(
      fc.property(counted, fc.integer({ min: 1, max: 999 }), (id, units) => {
        expect(priced(id, { units: units + 1 }).amount.compare(priced(id, { units }).amount)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('costs twice as much for twice the quantity', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 5_000 }), (units, quantity) => {
        const single = priced('CT-2.000815', { units, quantity });
        expect(priced('CT-2.000815', { units, quantity: quantity * 2 }).amount.equals(single.amount.times(2))).toBe(true);
      }),
    );
  });

  it('takes 0.15 % of a land value to the nearest đồng, half up, and never more than five million', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: maxValueDong }), (value) => {
        const exact = (BigInt(value) * 15n * 2n + 10_000n) / 20_000n;
        expect(priced('DD-H26-TD-1.012787', { value }).amount.dong).toBe(exact < 5_000_000n ? exact : 5_000_000n);
      }),
    );
  });

  it('refuses by name an input that its rule does not use', () => {
    const names = ['quantity', 'units', 'value', 'amount', 'toString'];
    fc.assert(
      fc.property(anyLine, fc.constantFrom(...names), ([fee, inputs], name) => {
        fc.pre(!inputsOf(fee).some((input) => input.name === name));
        const given = { ...inputs, [name]: 1 };
        const on = fee.validTo ?? today;
        expect(refused(fee, given, { on })).toMatchObject({ refused: 'input_unknown', input: name });
      }),
    );
  });

  it('survives being stored as JSON', () => {
    expect(JSON.parse(JSON.stringify(schedule))).toEqual(schedule);
    expect(feeNamed('CT-2.000815').validFrom).toBe('2017-01-01');
  });
});
