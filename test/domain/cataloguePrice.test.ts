// What a catalogue prints as a price and its notes: amounts that may be trusted, and the last day that a note really names.
import { amountsIn, lastDayIn, priceIn } from '../../src/domain/cataloguePrice';

it.each([
  ['Áp dụng đến hết ngày 31/12/2026', '2026-12-31'],
  ['Giảm 50% đến ngày 28/02/2027.', '2027-02-28'],
  ['Áp dụng trước ngày 01/01/2027', '2026-12-31'],
  ['Áp dụng đến trước ngày 01/03/2027', '2027-02-28'],
  ['Hết hiệu lực kể từ ngày 01/01/2027', '2026-12-31'],
  ['Từ ngày 01/12/2023 đến hết ngày 31/12/2025', '2025-12-31'],
  ['Từ ngày 01/12/2023', undefined],
  ['Đến hết ngày 31/02/2026', undefined],
])('The last day in “%s” is %s', (note, day) => {
  expect(lastDayIn(note)).toBe(day);
});

it.each([
  ['digits', '1'.repeat(4_000)],
  ['amounts', '1.000.'.repeat(660)],
  ['amounts and a share', `${'1.000 đồng, '.repeat(330)} 0,15%`],
  ['dots', `1${'.'.repeat(3_900)}1`],
])('A cell that is full of %s is read in a moment', (_what, cell) => {
  const started = performance.now();
  for (let count = 0; count < 8; count++) {
    priceIn(cell);
    amountsIn(cell, true);
  }
  expect(performance.now() - started).toBeLessThan(1_000);
});

it.each([
  ['0,15%', { kind: 'percent', text: '0.15' }],
  ['Bằng 2 % giá chuyển nhượng', { kind: 'percent', text: '2' }],
  ['10.000 đồng', { kind: 'amount', dong: 10_000 }],
])('The price “%s” is %j', (cell, price) => {
  expect(priceIn(cell)).toEqual(price);
});

it('A number longer than any amount is none', () => {
  expect(amountsIn('Số tài khoản 99999999999999999999 đồng, phí 10.000 đồng', true)).toEqual([10_000]);
});
