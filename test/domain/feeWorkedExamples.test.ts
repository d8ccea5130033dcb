// Each amount and each overlapping regime that the law of late 2026 gives, priced at its boundary days.
import type { Channel } from '../../src/domain/fee';
import type { FeeInputs } from '../../src/domain/feeInputs';
import type { Day } from '../../src/domain/time';
import { feeNamed, priced, refused } from '../support/fees';

const evidence = 'Số 12/2026';
const overdue = { case: { tinh_trang_thoi_han: 'qua_han' } };
const child = { case: { tuoi_nguoi_duoc_dang_ky: 'duoi_14' } };
const adult = { case: { tuoi_nguoi_duoc_dang_ky: 'tu_du_14' } };
const land = { case: { khu_vuc: 'phuong' } };

describe('the amounts of each sector', () => {
  it.each<[string, string, FeeInputs, number]>([
    ['a translator’s signature', 'CT-2.000992', {}, 10_000],
    ['a translator’s signature, of somebody who is no collaborator', 'CT-2.001008', {}, 10_000],
    ['a certified contract', 'CT-2.001035', {}, 50_000],
    ['a certified change of a contract', 'CT-2.000913', {}, 30_000],
    ['a corrected contract', 'CT-2.000927', {}, 25_000],
    ['a waiver of an inheritance', 'CT-2.001016', {}, 50_000],
    ['a will', 'CT-2.001019', {}, 50_000],
    ['a division of an estate', 'CT-2.001406', {}, 50_000],
    ['a civil-status confirmation', 'HT-2.002516', {}, 8_000],
    ['a late birth in Hanoi', 'HT-H26-1.001193', overdue, 5_000],
    ['a late death in Hanoi', 'HT-H26-1.000656', overdue, 5_000],
    ['a marital-status certificate in Hanoi', 'HT-H26-1.004873', {}, 3_000],
    ['a correction for a child in Hanoi', 'HT-H26-1.004859', child, 5_000],
    ['a correction from 14 years on in Hanoi', 'HT-H26-1.004859', adult, 25_000],
    ['a domestic marriage', 'HT-FREE-1.000894', {}, 0],
    ['a guardianship', 'HT-FREE-1.004837', {}, 0],
    ['a late birth in Hải Phòng', 'HT-H24-1.001193', overdue, 8_000],
    ['a birth registered again in Hải Phòng', 'HT-H24-1.004884', {}, 8_000],
    ['a marriage registered again in Hải Phòng', 'HT-H24-1.004746', {}, 30_000],
    ['a parent recognised in Hải Phòng', 'HT-H24-1.001022', {}, 10_000],
    ['a marital-status certificate in Hải Phòng', 'HT-H24-1.004873', {}, 5_000],
    ['a nationality granted', 'QT-2.002039', {}, 3_000_000],
    ['a nationality regained', 'QT-2.002038', {}, 2_500_000],
    ['a nationality given up', 'QT-2.002036', {}, 2_500_000],
    ['a nationality confirmed', 'QT-1.005136', {}, 100_000],
    ['a domestic adoption', 'CN-2.001263', {}, 400_000],
    ['an adoption abroad', 'CN-1.003160', {}, 4_500_000],
    ['an adoption by foreigners', 'CN-1.003976', { units: 1 }, 9_000_000],
    ['an adoption by foreigners of two siblings', 'CN-1.003976', { units: 2 }, 13_500_000],
    ['a security in movables', 'BD-1.011435', {}, 80_000],
    ['its change', 'BD-1.011436', {}, 60_000],
    ['its deletion', 'BD-1.011437', {}, 20_000],
    ['a notice of its sale', 'BD-1.011438', {}, 30_000],
    ['a copy of its certificate', 'BD-1.011440', {}, 25_000],
    ['a temporary residence', 'CU-1.004194', {}, 15_000],
    ['a household divided', 'CU-1.010038', {}, 10_000],
    ['a driving licence', 'LX-3.000347', {}, 135_000],
    ['a theory test for a motorcycle', 'LX-SH-3.000346', { case: { nhom_hang: 'A1_A_B1', noi_dung: 'ly_thuyet' } }, 60_000],
    ['the publication of a company', 'DN-CB-2.002043', {}, 100_000],
    ['a business household in Hanoi', 'HK-H26-1.001612', {}, 100_000],
    ['a pause of a business household', 'HK-H26-1.001570', {}, 0],
    ['a construction permit for a house', 'XD-H29-1.013225', { case: { loai: 'nha_o_rieng_le' } }, 75_000],
    ['a construction permit for other works', 'XD-H29-1.013225', { case: { loai: 'cong_trinh_khac' } }, 150_000],
    ['a longer construction permit', 'XD-H29-1.013227', {}, 15_000],
  ])('are right for %s', (_what, id, inputs, dong) => {
    expect(priced(id, inputs).amount.toJSON()).toBe(dong);
  });
});

describe('regimes at the days on which they begin and end', () => {
  it.each<[string, string, FeeInputs, Channel, string, number]>([
    ['the half of Circular 64/2025 on its first day', 'BD-1.011439', {}, 'counter', '2025-07-01', 15_000],
    ['nothing off the day before', 'BD-1.011439', {}, 'counter', '2025-06-30', 30_000],
    ['the half on its last day', 'BD-1.011439', {}, 'counter', '2026-12-31', 15_000],
    ['nothing off from the new year on', 'BD-1.011439', {}, 'counter', '2027-01-01', 30_000],
    ['an identity card lost, half, on the last day', 'CC-1.014064', {}, 'postal', '2026-12-31', 35_000],
    ['an identity card lost, whole, on the next', 'CC-1.014064', {}, 'postal', '2027-01-01', 70_000],
    ['a company online, free, before and after', 'DN-LP-2.002043', {}, 'online', '2027-01-01', 0],
    ['a company at the counter, half, on the last day', 'DN-LP-2.002043', {}, 'counter', '2026-12-31', 25_000],
    ['a company at the counter, whole, on the next', 'DN-LP-2.002043', {}, 'counter', '2027-01-01', 50_000],
    ['a licence online on the last day of its price', 'LX-3.000347', {}, 'online', '2025-12-31', 115_000],
    ['a licence online on the next', 'LX-3.000347', {}, 'online', '2026-01-01', 135_000],
    [
      'a passport online by Circular 63/2023, a tenth off',
      'XN-1.001456-2021',
      { case: { truong_hop: 'mat_hoac_hong' } },
      'online',
      '2025-12-31',
      360_000,
    ],
    [
      'a passport online when that circular is over',
      'XN-1.001456-2021',
      { case: { truong_hop: 'mat_hoac_hong' } },
      'online',
      '2026-01-01',
      400_000,
    ],
    ['a residence online', 'CU-1.004222', {}, 'online', '2026-11-21', 10_000],
    ['a temporary residence online', 'CU-1.004194', {}, 'online', '2026-11-21', 7_000],
    ['a household divided, online', 'CU-1.010038', {}, 'online', '2026-11-21', 5_000],
    ['a business household online in Hanoi', 'HK-H26-1.001612', {}, 'online', '2026-07-25', 0],
  ])('%s', (_what, id, inputs, channel, on, dong) => {
    expect(priced(id, inputs, { channel, on: on as Day, localityCode: 'H26' }).amount.toJSON()).toBe(dong);
  });

  it.each([
    ['the day before Resolution 66.22/2026', '2026-08-14', false],
    ['its first day', '2026-08-15', true],
    ['its last day', '2027-02-28', true],
    ['the day after', '2027-03-01', false],
  ])('waive a judicial record for whoever has all five documents: %s', (_what, on, isWaived) => {
    const claim = { channel: 'online', on: on as Day, preference: { code: 'TT117-2026', evidence } } as const;
    if (isWaived) expect(priced('LL-3.000333', {}, claim)).toMatchObject({ preference: { code: 'TT117-2026', evidence } });
    else expect(refused('LL-3.000333', {}, claim).refused).toBe('preference_not_applicable');
  });

  it('give a Hanoi fee online to Resolution 07/2023 until the end of 2025 and to 77/2025 from then on', () => {
    const code = (claimed: string, on: string) => {
      const given = { channel: 'online', on: on as Day, localityCode: 'H26', preference: { code: claimed, evidence } } as const;
      return priced('DD-H26-BD-1.012787', land, given).preference?.code;
    };
    expect([code('HN-NQ07-2023', '2025-12-31'), code('HN-NQ77-2025', '2026-01-01')]).toEqual(['HN-NQ07-2023', 'HN-NQ77-2025']);
    expect(() => code('HN-NQ07-2023', '2026-01-01')).toThrow('preference_not_applicable');
  });

  it('never make the appraisal of land free by Resolution 77/2025', () => {
    const claim = { channel: 'online', localityCode: 'H26', preference: { code: 'HN-NQ77-2025', evidence } } as const;
    expect(refused('DD-H26-TD-1.012787', { value: 1_000_000_000 }, claim).refused).toBe('preference_unknown');
  });

  it('take only the highest of several, and never add them up', () => {
    const claim = { channel: 'online', localityCode: 'H26', preference: { code: 'TT117-2026', evidence } } as const;
    const line = priced('HT-2.000635', { quantity: 3 }, claim);
    expect([line.grossAmount.toJSON(), line.amount.toJSON(), line.preference?.effect]).toEqual([24_000, 0, 'waived']);
  });

  it('collect no passport fee from 1 April 2026 on, because its amount has not been seen', () => {
    expect(priced('XN-1.001456-2021', { case: { truong_hop: 'mat_hoac_hong' } }, { on: '2026-03-31' as Day }).amount.toJSON()).toBe(
      400_000,
    );
    expect(refused('XN-1.001456-2021', {}, { on: '2026-04-01' as Day }).refused).toBe('not_in_force');
    expect(refused('XN-1.001456-2026', {}, { on: '2026-04-01' as Day }).refused).toBe('amount_unknown');
  });
});

it.each([
  [3_333_333_333, 5_000_000, true],
  [3_333_333_334, 5_000_000, true],
  [3_333_000_000, 4_999_500, false],
])('The appraisal of land of %d ₫ says its cap where it is reached', (value, dong, isSaid) => {
  const line = priced('DD-H26-TD-1.012787', { value });
  expect([line.amount.toJSON(), line.trace.some((step) => step === 'Tối đa 5.000.000 ₫')]).toEqual([dong, isSaid]);
});

it('A procedure without a fee has a line that says so, and no remark of the schedule', () => {
  expect(priced('CT-2.000908').name).toBe('Không thu phí, lệ phí');
});

describe('a preference on a line', () => {
  it('keeps the regime, the evidence, and the amounts before and after', () => {
    const line = priced('LL-3.000333', { units: 3 }, { preference: { code: 'SINH_VIEN', evidence } });
    expect(line.preference).toMatchObject({ code: 'SINH_VIEN', effect: 'giam', value: 50, evidence });
    expect([line.grossAmount.toJSON(), line.amount.toJSON()]).toEqual([205_000, 102_500]);
  });

  it('names no personal reason, by words or by code', () => {
    const exemptions = feeNamed('HT-H26-1.001193').exemptions.map((one) => ({ ...one, label: 'Người nhiễm HIV' }));
    const line = priced({ ...feeNamed('HT-H26-1.001193'), exemptions }, overdue, { preference: { code: 'HO_NGHEO', evidence } });
    expect(JSON.stringify(line)).not.toContain('HIV');
    expect(line.trace.join()).not.toContain('HO_NGHEO');
    expect(line.trace.at(-1)).toMatch(/^Miễn theo diện ưu tiên, theo .*: còn 0 ₫$/);
  });
});
