// Three kinds of zero: free by law, exempted, and paid by the budget; and who must set an amount that is not known.
import { authorityOf, unsetSentence } from '../../src/domain/feeAuthority';
import { relievedBy, reliefOf } from '../../src/domain/feeRelief';
import { retentionOf } from '../../src/domain/fee';
import { shownEvidence } from '../../src/domain/evidence';
import { feeNamed, priced } from '../support/fees';

const evidence = 'Số 12/2026';
const overdue = { case: { tinh_trang_thoi_han: 'qua_han' } };
const free = priced('HT-FREE-1.000894');
const exempted = priced('HT-H26-1.001193', overdue, { preference: { code: 'HO_NGHEO', evidence } });
const supported = priced('CT-2.001035', {}, { channel: 'online', localityCode: 'H26', preference: { code: 'HN-NQ77-2025', evidence } });
const reduced = priced('LL-3.000333', {}, { preference: { code: 'SINH_VIEN', evidence } });
const full = priced('CT-2.000884');
const onTime = priced('HT-H26-1.001193', { case: { tinh_trang_thoi_han: 'dung_han' } });

describe('A line of 0 đồng', () => {
  it('is told apart by what made it nothing', () => {
    expect([free, onTime, exempted, supported, reduced, full].map(reliefOf)).toEqual([
      'free_by_law',
      'free_by_law',
      'exempted',
      'supported',
      'reduced',
      'full',
    ]);
  });

  it('of a support is money that the budget owes; of an exemption it is owed by nobody', () => {
    const sums = relievedBy([free, exempted, supported, reduced, full]);
    expect([sums.gross, sums.remitted, sums.supported, sums.due].map((sum) => sum.toJSON())).toEqual([265_000, 105_000, 50_000, 110_000]);
    expect(sums.gross.minus(sums.remitted).minus(sums.supported).equals(sums.due)).toBe(true);
    expect(sums.lines).toEqual({ full: 1, free_by_law: 1, exempted: 1, reduced: 1, supported: 1 });
  });
});

describe('An amount that is not known', () => {
  it.each([
    ['HT-TINH-2.000528', 'H26', 'Hội đồng nhân dân thành phố Hà Nội'],
    ['HT-TINH-2.000528', 'H24', 'Hội đồng nhân dân thành phố Hải Phòng'],
    ['HT-TINH-2.000528', 'H44', 'Hội đồng nhân dân tỉnh Phú Thọ'],
    ['HT-TINH-2.000528', undefined, 'Hội đồng nhân dân cấp tỉnh'],
    ['HT-H24-1.004859', 'H24', 'Hội đồng nhân dân thành phố Hải Phòng'],
    ['XN-1.001456-2026', 'H26', 'Bộ Tài chính'],
  ])('of %s in %s must be set by %s', (id, place, who) => {
    expect(authorityOf(feeNamed(id), place)).toBe(who);
  });

  it('is refused with a sentence that says so', () => {
    expect(unsetSentence(feeNamed('HT-TINH-2.000528'), 'not_set_by_council', 'H26')).toBe(
      'Lệ phí hộ tịch: chưa được thu, vì Hội đồng nhân dân thành phố Hà Nội chưa quyết định mức thu.',
    );
    expect(unsetSentence(feeNamed('XN-1.001456-2026'), 'amount_unknown', 'H26')).toContain('Bộ Tài chính');
    expect(unsetSentence(feeNamed('CT-2.000884'), 'input_missing', 'H26')).toBeUndefined();
  });
});

describe('What is retained and what goes to the budget', () => {
  it('is nothing of a state charge, and unknown of a service fee unless its decision says so', () => {
    expect([retentionOf(feeNamed('HT-2.000635')), retentionOf(feeNamed('QT-2.002039'))]).toEqual([undefined, '0']);
    expect(retentionOf({ kind: 'phi', retentionPercent: '85' })).toBe('85');
  });

  it('has a sub-item where the schedule names one', () => {
    expect([feeNamed('TB-1.007277').budgetSubItem, feeNamed('CT-2.000815').budgetSubItem]).toEqual(['2801', undefined]);
  });
});

it.each([
  ['Giấy chứng nhận hộ nghèo số 12/2026-UBND', '12/2026'],
  ['GCN-HN-0012', '0012'],
  ['HO_NGHEO-12/2026', '12/2026'],
  ['hộ_nghèo_số_7', '7'],
  ['HIV-2026.15', '2026.15'],
  ['người nhiễm HIV', '•••'],
  ['', '•••'],
])('On a screen the evidence “%s” is its number alone: %s', (text, shown) => {
  expect(shownEvidence(text)).toBe(shown);
});
