// The words for the codes of the fee schedule: none may reach a screen as a bare code.
import { inputsOf } from '../../src/domain/feeInputs';
import { feeLabel, isLabelled } from '../../src/web/feeLabels';
import { schedule } from '../support/fees';

const codes = new Set(
  schedule.flatMap(inputsOf).flatMap((input) => {
    if (input.name === 'case') return [input.dimension, ...input.options];
    return input.name === 'value' ? [input.base] : [input.unit];
  }),
);

describe('the labels of the fee schedule', () => {
  it('has a word in Vietnamese and English for every unit, base, dimension and case of the schedule', () => {
    expect(codes.size).toBeGreaterThan(50);
    expect([...codes].filter((code) => !isLabelled(code))).toEqual([]);
    expect([...codes].filter((code) => feeLabel(code, 'vi').includes('_') || feeLabel(code, 'en').includes('_'))).toEqual([]);
  });

  it.each([
    ['trang_ban_chinh', 'trang bản chính', 'page of the original'],
    ['ban_sao', 'bản sao', 'certified copy'],
    ['khu_vuc', 'khu vực', 'area'],
    ['phuong', 'phường', 'ward'],
  ])('says %s as "%s" and "%s"', (code, vietnamese, english) => {
    expect([feeLabel(code, 'vi'), feeLabel(code, 'en')]).toEqual([vietnamese, english]);
  });

  it('shows a code that a council has just invented without underscores', () => {
    expect(feeLabel('loai_moi', 'en')).toBe('loai moi');
    expect(feeLabel('constructor', 'en')).toBe('constructor');
  });
});
