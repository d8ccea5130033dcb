// Preferences on a fee: who gets which, on which days and channels, and that only the best one counts.
import type { Fee, Regime } from '../../src/domain/fee';
import { knowsPreference, preferencesOf } from '../../src/domain/feePreference';
import type { Day } from '../../src/domain/time';
import { feeLike, feeNamed, priced, refused, today } from '../support/fees';

const evidence = 'Giấy xác nhận số 12';
const late = { case: { tinh_trang_thoi_han: 'qua_han' } };

/** An automatic reduction on all channels in 2026. */
const regime = (change: Partial<Regime>): Regime => ({
  regimeId: 'R',
  kind: 'percent_off',
  value: 50,
  channels: ['truc_tiep', 'truc_tuyen', 'buu_chinh'],
  locality: 'national',
  effectiveFrom: '2026-01-01' as Day,
  effectiveTo: '2026-12-31' as Day,
  legalBasis: 'Thông tư thử',
  conditions: null,
  confidence: 'high',
  ...change,
});
const feeOf = (amount: number, ...generalReductions: Regime[]): Fee =>
  feeLike('CT-2.000884', { rule: { type: 'fixed', amount, unit: 'ban' }, generalReductions });

describe('preferences that apply by themselves', () => {
  it.each([
    ['halves an ID card at the counter in 2026', 'CC-1.014063', 'counter', '2026-12-31', 25_000],
    ['charges it in full from 2027', 'CC-1.014063', 'counter', '2027-01-01', 50_000],
    ['takes the online price of residence', 'CU-1.004222', 'online', '2026-11-21', 10_000],
    ['charges residence in full by post', 'CU-1.004222', 'postal', '2026-11-21', 20_000],
    ['prefers free online to half for a company', 'DN-LP-2.002043', 'online', '2026-11-21', 0],
    ['halves it for a company at the counter', 'DN-LP-2.002043', 'counter', '2026-11-21', 25_000],
  ] as const)('%s', (_what, id, channel, on, dong) => {
    expect(priced(id, {}, { channel, on: on as Day }).amount.toJSON()).toBe(dong);
  });

  it('multiplies a set amount by the number of people', () => {
    const line = priced('CU-DS-1.004194', { quantity: 3 }, { channel: 'online' });
    expect([line.grossAmount.toJSON(), line.amount.toJSON()]).toEqual([30_000, 15_000]);
  });

  it('records code, effect and legal basis on the line, without evidence', () => {
    expect(priced('CC-1.014063').preference).toEqual({
      code: 'TT64-2025',
      effect: 'percent_off',
      value: 50,
      legalBasis: 'Thông tư 64/2025/TT-BTC ngày 30/6/2025',
    });
    expect(priced('CC-1.014063').trace.at(-1)).toBe('Giảm 50 % (TT64-2025) theo Thông tư 64/2025/TT-BTC ngày 30/6/2025: còn 25.000 ₫');
  });

  it('rounds a reduced amount half up to đồng', () => {
    expect(priced(feeOf(5_001, regime({}))).amount.toJSON()).toBe(2_501);
  });

  it('never adds preferences up, and never raises an amount', () => {
    expect(priced(feeOf(10_000, regime({ value: 50 }), regime({ regimeId: 'S', value: 30 }))).amount.toJSON()).toBe(5_000);
    const dearer = priced(feeOf(10_000, regime({ kind: 'set_amount', value: 20_000 })));
    expect([dearer.amount.toJSON(), dearer.preference]).toEqual([10_000, undefined]);
  });

  it('leaves the condition of a decree to a claim with evidence', () => {
    expect(priced('HT-H24-1.001193', late, { channel: 'online' }).amount.toJSON()).toBe(8_000);
  });

  it.each([
    ['HT-H26-1.001193', late, 5_000, 'set_amount'],
    ['CT-2.000913', {}, 30_000, 'budget_supported'],
    ['DD-H26-BD-1.012787', { case: { khu_vuc: 'phuong' } }, 28_000, 'set_amount'],
    ['XD-H26-1.013225', { case: { loai: 'nha_o_rieng_le' } }, 75_000, 'set_amount'],
  ] as const)('make %s cost nothing online in Hanoi, without being asked, and in full at the counter', (id, inputs, dong, effect) => {
    const at = (channel: 'online' | 'counter') => priced(id, inputs, { channel, localityCode: 'H26' });
    expect([at('online').amount.toJSON(), at('online').preference?.code, at('online').preference?.effect]).toEqual([
      0,
      'HN-NQ77-2025',
      effect,
    ]);
    expect(at('online').preference).not.toHaveProperty('evidence');
    expect([at('counter').amount.toJSON(), at('counter').preference]).toEqual([dong, undefined]);
  });

  it('never ask a citizen of Hanoi for evidence of the channel, but ask whoever claims all five documents', () => {
    const listed = preferencesOf(feeNamed('HT-H26-1.001193'), { channel: 'online', on: today, localityCode: 'H26' });
    expect(listed.filter((one) => one.needsEvidence && one.channels).map((one) => one.code)).toEqual(['TT117-2026']);
  });
});

describe('preferences that are claimed', () => {
  it('exempts a poor household with evidence and records what was seen', () => {
    const line = priced('HT-H26-1.001193', late, { preference: { code: 'HO_NGHEO', evidence: ` ${evidence} ` } });
    expect([line.grossAmount.toJSON(), line.amount.toJSON()]).toEqual([5_000, 0]);
    expect(line.preference).toMatchObject({ code: 'HO_NGHEO', effect: 'mien', evidence });
  });

  it('halves a judicial record for a student', () => {
    const line = priced('LL-3.000333', { units: 4 }, { preference: { code: 'SINH_VIEN', evidence } });
    expect(line.amount.toJSON()).toBe(105_000);
  });

  it('waives a fee under a conditional decree on its days and channel', () => {
    const preference = { code: 'TT117-2026', evidence: 'VNeID mức 2, đủ 05 giấy tờ' };
    expect(priced('HT-2.000635', {}, { channel: 'online', preference }).preference).toMatchObject({ code: 'TT117-2026', effect: 'waived' });
    const wrong = { refused: 'preference_not_applicable', input: 'preference.code' };
    expect(refused('HT-2.000635', {}, { channel: 'counter', preference })).toMatchObject(wrong);
    expect(refused('HT-2.000635', {}, { channel: 'online', on: '2026-08-14' as Day, preference })).toMatchObject(wrong);
    expect(refused('HT-2.000635', {}, { channel: 'online', on: '2027-03-01' as Day, preference })).toMatchObject(wrong);
  });

  it('gives the support of a city for a national fee only to its own offices', () => {
    const online = { channel: 'online', preference: { code: 'HN-NQ77-2025', evidence } } as const;
    expect(priced('CT-2.001035', {}, { ...online, localityCode: 'H26' }).preference?.effect).toBe('budget_supported');
    expect(refused('CT-2.001035', {}, { ...online, localityCode: 'H24' }).refused).toBe('preference_not_applicable');
    expect(refused('CT-2.001035', {}, online).refused).toBe('preference_not_applicable');
  });

  it('says so when an automatic preference is better than the one claimed', () => {
    const fee = { ...feeOf(10_000, regime({ value: 80 })), exemptions: feeNamed('LL-3.000333').exemptions };
    const line = priced(fee, {}, { preference: { code: 'SINH_VIEN', evidence } });
    expect([line.amount.toJSON(), line.preference?.code, line.preference?.evidence]).toEqual([2_000, 'R', undefined]);
    expect(line.trace.at(-1)).toBe('Không cộng dồn với ưu đãi đã chọn: chỉ áp dụng ưu đãi cao nhất');
  });

  it('records the claimed one when it comes to the same amount', () => {
    const fee = { ...feeOf(10_000, regime({ value: 50 })), exemptions: feeNamed('LL-3.000333').exemptions };
    expect(priced(fee, {}, { preference: { code: 'SINH_VIEN', evidence } }).preference?.code).toBe('SINH_VIEN');
  });

  it.each([
    ['a code that the fee does not know', 'CT-2.000884', 'HO_NGHEO', evidence, 'preference_unknown', 'preference.code'],
    ['an exemption without evidence', 'HT-2.000635', 'HO_NGHEO', '  ', 'preference_evidence_missing', 'preference.evidence'],
  ])('refuses %s', (_what, id, code, seen, why, input) => {
    expect(refused(id, {}, { preference: { code, evidence: seen } })).toMatchObject({ refused: why, input });
  });

  it('refuses an exemption that another text rules, because its effect cannot be computed', () => {
    const exemptions = [{ code: 'X', label: 'X', effect: 'theo_van_ban_rieng', percent: null, legalBasis: 'X', condition: null }] as const;
    const fee = feeLike('CT-2.000884', { exemptions });
    expect(refused(fee, {}, { preference: { code: 'X', evidence } }).refused).toBe('preference_by_own_document');
  });

  it('lists for a form what can be claimed that day, and what the fee knows at all', () => {
    const listed = (on: string) => preferencesOf(feeNamed('HT-2.000635'), { channel: 'online', on: on as Day }).map((one) => one.code);
    expect(listed(today)).toEqual(['NGUOI_CO_CONG', 'HO_NGHEO', 'KHUYET_TAT', 'TT117-2026']);
    expect(listed('2027-03-01')).toEqual(['NGUOI_CO_CONG', 'HO_NGHEO', 'KHUYET_TAT']);
    expect(knowsPreference(feeNamed('HT-2.000635'), 'TT117-2026')).toBe(true);
    expect(knowsPreference(feeNamed('CT-2.000884'), 'HO_NGHEO')).toBe(false);
  });
});
