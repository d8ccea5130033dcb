// The fee schedule as published: every row, every test amount of the circulars, and every reason not to collect.
import { chargeable } from '../../src/domain/fee';
import { inputsOf, type FeeInputs } from '../../src/domain/feeInputs';
import type { FeeRule } from '../../src/domain/feeRule';
import { feesInForce } from '../../src/domain/feeSchedule';
import type { Day } from '../../src/domain/time';
import { feeLike, feeNamed, priced, refused, schedule, today } from '../support/fees';

const amountOf = (id: string, inputs: FeeInputs) => priced(id, inputs).amount.toJSON();
const idsInForce = (procedureCode: string, localityCode: string, on: string) =>
  feesInForce(schedule, { procedureCode, localityCode, on: on as Day }).map((fee) => fee.id);

describe('the amounts of the schedule', () => {
  it.each<[string, string, FeeInputs, number]>([
    ['a certified copy of one page', 'CT-2.000815', { units: 1 }, 2_000],
    ['a certified copy of two pages', 'CT-2.000815', { units: 2 }, 4_000],
    ['a certified copy of three pages', 'CT-2.000815', { units: 3 }, 5_000],
    ['three certified copies of five pages', 'CT-2.000815', { units: 5, quantity: 3 }, 21_000],
    ['a certified copy of 197 pages, just under the cap', 'CT-2.000815', { units: 197 }, 199_000],
    ['a certified copy of 198 pages, exactly the cap', 'CT-2.000815', { units: 198 }, 200_000],
    ['two certified copies of 250 pages, capped each', 'CT-2.000815', { units: 250, quantity: 2 }, 400_000],
    ['a certified signature in four papers', 'CT-2.000884', { quantity: 4 }, 40_000],
    ['two civil-status extracts', 'HT-2.000635', { quantity: 2 }, 16_000],
    ['three siblings adopted abroad, half from the second', 'CN-1.003976', { units: 3 }, 18_000_000],
    ['five people on a temporary-residence list', 'CU-DS-1.004194', { quantity: 5 }, 50_000],
    ['a judicial record of one paper', 'LL-3.000333', {}, 200_000],
    ['a judicial record of two papers', 'LL-3.000333', { units: 2 }, 200_000],
    ['a judicial record of three papers', 'LL-3.000333', { units: 3 }, 205_000],
    ['a judicial record of four papers', 'LL-3.000333', { units: 4 }, 210_000],
    ['judicial records of four papers for two people', 'LL-3.000333', { units: 4, quantity: 2 }, 420_000],
    ['land appraisal of one billion', 'DD-H26-TD-1.012787', { value: 1_000_000_000 }, 1_500_000],
    ['land appraisal of the highest value below the cap', 'DD-H26-TD-1.012787', { value: 3_333_332_999 }, 4_999_999],
    ['land appraisal where the cap bites', 'DD-H26-TD-1.012787', { value: 3_333_333_334 }, 5_000_000],
    ['land appraisal of the highest value', 'DD-H26-TD-1.012787', { value: 10_000_000_000_000 }, 5_000_000],
    ['land appraisal just under half a đồng, rounded down', 'DD-H26-TD-1.012787', { value: 1_000_000_333 - 1 }, 1_500_000],
    ['land appraisal just over half a đồng, rounded up', 'DD-H26-TD-1.012787', { value: 1_000_000_334 }, 1_500_001],
    ['land appraisal of exactly half a đồng, rounded up', 'DD-H26-TD-1.012787', { value: 1_000 }, 2],
    ['a change of land in a ward', 'DD-H26-BD-1.012787', { case: { khu_vuc: 'phuong' } }, 28_000],
    ['a change of land elsewhere', 'DD-H26-BD-1.012787', { case: { khu_vuc: 'khu_vuc_khac' } }, 14_000],
    ['a first certificate in a ward', 'DD-H26-GCN-1.013978', { case: { khu_vuc: 'phuong', doi_tuong_cap: 'dat_va_tai_san' } }, 100_000],
    ['a first certificate elsewhere', 'DD-H26-GCN-1.013978', { case: { khu_vuc: 'khu_vuc_khac', doi_tuong_cap: 'chi_dat' } }, 10_000],
    ['a birth registered on time', 'HT-H26-1.001193', { case: { tinh_trang_thoi_han: 'dung_han' } }, 0],
    ['a birth registered late', 'HT-H26-1.001193', { case: { tinh_trang_thoi_han: 'qua_han' } }, 5_000],
    ['a correction for a child under 14 in Hải Phòng', 'HT-H24-1.004859', { case: { tuoi_nguoi_duoc_dang_ky: 'duoi_14' } }, 10_000],
    ['a civil-status act that the law makes free', 'HT-FREE-1.000894', {}, 0],
  ])('prices %s', (_what, id, inputs, dong) => {
    expect(amountOf(id, inputs)).toBe(dong);
  });

  it('keeps a line of zero đồng as a line, with its name and legal basis', () => {
    const line = priced('HT-FREE-1.000894');
    expect(line).toMatchObject({ feeId: 'HT-FREE-1.000894', kind: 'le_phi', quantity: 1, trace: ['Không thu tiền: 0 ₫'] });
    expect(line.legalBasis).not.toHaveLength(0);
  });

  it('freezes the line with the inputs that the rule asked for', () => {
    const line = priced('CT-2.000815', { units: 5, quantity: 3 });
    expect(line).toMatchObject({ units: 5, quantity: 3 });
    expect(line.unitAmount.toJSON()).toBe(7_000);
    expect(line).not.toHaveProperty('value');
    expect([Object.isFrozen(line), Object.isFrozen(line.trace), Object.isFrozen(line.legalBasis)]).toEqual([true, true, true]);
  });

  it('raises a percentage to its minimum', () => {
    const rule: FeeRule = {
      type: 'percentage',
      rateNumerator: 1,
      rateDenominator: 1_000,
      base: 'gia_tri',
      min: 10_000,
      max: null,
      unit: 'ho_so',
    };
    const line = priced(feeLike('DD-H26-TD-1.012787', { rule }), { value: 2_000_000, quantity: 2 });
    expect(line.amount.toJSON()).toBe(20_000);
    expect(line.trace).toEqual(['0,1 % × 2.000.000 ₫ = 2.000 ₫', 'Tối thiểu 10.000 ₫', '2 hồ sơ × 10.000 ₫ = 20.000 ₫']);
  });
});

describe('how an amount came about', () => {
  it.each<[string, string, FeeInputs, string[]]>([
    ['pages by tier', 'CT-2.000815', { units: 2 }, ['Trang 1–2: 2 × 2.000 ₫ = 4.000 ₫']],
    [
      'the cap of each copy',
      'CT-2.000815',
      { units: 250, quantity: 2 },
      [
        'Trang 1–2: 2 × 2.000 ₫ = 4.000 ₫',
        'Trang 3–250: 248 × 1.000 ₫ = 248.000 ₫',
        'Tối đa 200.000 ₫ mỗi bản',
        '2 bản × 200.000 ₫ = 400.000 ₫',
      ],
    ],
    ['a percentage', 'DD-H26-TD-1.012787', { value: 1_000_000_000 }, ['0,15 % × 1.000.000.000 ₫ = 1.500.000 ₫']],
    ['rounding', 'DD-H26-TD-1.012787', { value: 1_000_001_000 }, ['0,15 % × 1.000.001.000 ₫ = 1.500.002 ₫ (làm tròn đến đồng)']],
    ['the extra papers', 'LL-3.000333', { units: 4 }, ['Mức thu: 200.000 ₫', 'Phiếu 3–4: 2 × 5.000 ₫ = 10.000 ₫']],
    ['the case', 'DD-H26-BD-1.012787', { case: { khu_vuc: 'phuong' } }, ['Khu vực (phường): 28.000 ₫']],
  ])('is told in Vietnamese: %s', (_what, id, inputs, trace) => {
    expect(priced(id, inputs).trace).toEqual(trace);
  });
});

describe('what may not be collected', () => {
  it.each([
    ['an amount that the council has not set', 'HT-TINH-2.000528', 'not_set_by_council'],
    ['an amount that nobody has seen', 'XN-1.001456-2026', 'amount_unknown'],
    ['a registration fee set by a tax notice', 'TB-1.007277', 'tax_by_notice'],
    ['a tax', 'TB-TNCN-1.012787', 'tax_by_notice'],
  ] as const)('refuses %s', (_what, id, why) => {
    expect(chargeable(feeNamed(id))).toEqual({ ok: false, why });
    expect(refused(id, {})).toEqual({ refused: why, feeId: id });
  });

  it('refuses a case without an amount only when that case is chosen', () => {
    expect(chargeable(feeNamed('HT-H24-1.004859'))).toEqual({ ok: true });
    expect(refused('HT-H24-1.004859', { case: { tuoi_nguoi_duoc_dang_ky: 'tu_du_14' } }).refused).toBe('amount_unknown');
  });

  it.each<[string, FeeRule]>([
    ['a fixed amount', { type: 'fixed', amount: null, unit: 'ban' }],
    ['a price of each', { type: 'per_unit', unitPrice: null, unit: 'ban' }],
    ['an extra', { type: 'fixed_plus_extra', amount: 1_000, unit: 'ban', extra: { unit: 'phieu', fromUnit: 2, unitPrice: null } }],
    [
      'a tier',
      {
        type: 'tiered_per_unit',
        unit: 'phieu',
        tiers: [{ fromUnit: 1, toUnit: null, unitPrice: null }],
        capPerItem: null,
        itemUnit: 'ban',
      },
    ],
    ['every case', { type: 'conditional', dimension: 'loai', cases: [{ when: 'a', amount: null }], unit: 'ban' }],
  ])('refuses a rule that lacks %s', (_what, rule) => {
    expect(chargeable(feeLike('CT-2.000884', { rule }))).toEqual({ ok: false, why: 'amount_unknown' });
  });

  it('refuses a fee on a day on which it is not in force', () => {
    expect(refused('HK-H26-1.001612', {}, { on: '2026-07-24' as Day }).refused).toBe('not_in_force');
  });
});

describe('inputs that are missing, unknown or impossible', () => {
  it.each<[string, string, FeeInputs, object]>([
    ['pages left out', 'CT-2.000815', {}, { refused: 'input_missing', input: 'units' }],
    ['the value left out', 'DD-H26-TD-1.012787', {}, { refused: 'input_missing', input: 'value' }],
    ['a case left out', 'DD-H26-BD-1.012787', {}, { refused: 'input_missing', input: 'case.khu_vuc', allowed: ['phuong', 'khu_vuc_khac'] }],
    ['pages for a fee by the case', 'CT-2.000884', { units: 2 }, { refused: 'input_unknown', input: 'units', allowed: ['quantity'] }],
    ['a value for a copy', 'CT-2.000815', { units: 1, value: 5 }, { refused: 'input_unknown', input: 'value' }],
    ['a quantity for a free fee', 'HT-FREE-1.000894', { quantity: 1 }, { refused: 'input_unknown', input: 'quantity' }],
    ['a dimension of another fee', 'CT-2.000884', { case: { khu_vuc: 'phuong' } }, { refused: 'input_unknown', input: 'case.khu_vuc' }],
    ['an amount', 'CT-2.000884', { amount: 5_000 } as FeeInputs, { refused: 'input_unknown', input: 'amount' }],
    ['an unheard-of case', 'DD-H26-BD-1.012787', { case: { khu_vuc: 'xa' } }, { refused: 'case_unknown', input: 'case.khu_vuc' }],
    [
      'a combination that the matrix does not have',
      'LX-SH-3.000346',
      { case: { nhom_hang: 'A1_A_B1', noi_dung: 'mo_phong' } },
      { refused: 'case_unknown', input: 'case.noi_dung', allowed: ['ly_thuyet', 'thuc_hanh'] },
    ],
    ['no copies', 'CT-2.000884', { quantity: 0 }, { refused: 'input_out_of_range', input: 'quantity' }],
    ['half a page', 'CT-2.000815', { units: 1.5 }, { refused: 'input_out_of_range', input: 'units' }],
    ['too many pages', 'CT-2.000815', { units: 10_001 }, { refused: 'input_out_of_range', input: 'units' }],
    ['too high a value', 'DD-H26-TD-1.012787', { value: 10_000_000_000_001 }, { refused: 'input_out_of_range', input: 'value' }],
  ])('refuses %s by name', (_what, id, inputs, refusal) => {
    expect(refused(id, inputs)).toMatchObject(refusal);
  });

  it('refuses a line above ten thousand billion đồng', () => {
    const fee = feeLike('CT-2.000884', { rule: { type: 'fixed', amount: 10_000_000_000, unit: 'ban' } });
    expect(refused(fee, { quantity: 1_001 })).toMatchObject({ refused: 'input_out_of_range', input: 'quantity' });
  });

  it('asks exactly what the rule needs', () => {
    expect(inputsOf(feeNamed('CT-2.000815'))).toEqual([
      { name: 'units', unit: 'trang_ban_chinh', required: true, maximum: 10_000 },
      { name: 'quantity', unit: 'ban_sao', required: false, maximum: 10_000 },
    ]);
    expect(inputsOf(feeNamed('LL-3.000333')).map((input) => [input.name, input.required])).toEqual([
      ['units', false],
      ['quantity', false],
    ]);
    expect(inputsOf(feeNamed('DD-H26-BD-1.012787'))).toContainEqual({
      name: 'case',
      dimension: 'khu_vuc',
      options: ['phuong', 'khu_vuc_khac'],
      required: true,
    });
    expect(inputsOf(feeNamed('HT-FREE-1.000894'))).toEqual([]);
  });
});

describe('the fees in force', () => {
  it.each([
    ['the last day of the old passport fee', '1.001456', 'H26', '2026-03-31', ['XN-1.001456-2021']],
    ['the first day of the new one', '1.001456', 'H26', '2026-04-01', ['XN-1.001456-2026']],
    ['the day before Hanoi set its household-business fee', '1.001612', 'H26', '2026-07-24', ['HK-1.001612']],
    ['the day on which Hanoi set it', '1.001612', 'H26', '2026-07-25', ['HK-H26-1.001612']],
    ['a province that has set nothing', '1.001612', 'H24', '2026-11-21', ['HK-1.001612']],
    ['a procedure with two fees of the province', '1.013978', 'H26', '2026-11-21', ['DD-H26-TD-1.013978', 'DD-H26-GCN-1.013978']],
    ['a fee of one province asked for in another', '1.004873', 'H29', '2026-11-21', []],
    ['national and provincial fees together', '2.002043', 'H26', '2026-11-21', ['DN-LP-2.002043', 'DN-CB-2.002043']],
    ['a fee without a first day', '1.001193', 'H26', '1999-01-01', ['HT-H26-1.001193']],
    ['a procedure that is not in the schedule', '9.999999', 'H26', '2026-11-21', []],
  ])('are right on %s', (_when, procedureCode, localityCode, on, ids) => {
    expect(idsInForce(procedureCode, localityCode, on)).toEqual(ids);
  });

  it('keep asking for a service fee that no council has set where only the state charge of the procedure was set', () => {
    const placeholder = schedule.find((fee) => fee.localityCode === 'province' && fee.kind === 'phi');
    if (!placeholder) throw new Error('no placeholder of a service fee');
    const own = { ...placeholder, id: 'own', localityCode: 'H26', rule: { type: 'fixed', amount: 28_000, unit: 'ho_so' } } as const;
    const asked = { procedureCode: placeholder.procedureCode, localityCode: 'H26', on: today };
    const idsWith = (kind: 'phi' | 'le_phi') => feesInForce([...schedule, { ...own, kind }], asked).map((fee) => fee.id);
    expect(idsWith('le_phi')).toEqual([placeholder.id, 'own']);
    expect(idsWith('phi')).toEqual(['own']);
  });

  it('gives Hải Phòng its own rule and Hanoi the placeholder where only Hải Phòng has decided', () => {
    expect(idsInForce('1.004746', 'H24', today)).toEqual(['HT-H24-1.004746']);
    expect(idsInForce('1.004746', 'H26', today)).toEqual(['HT-TINH-1.004746']);
  });
});
