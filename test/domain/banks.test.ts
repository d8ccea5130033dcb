// The table of banks, held against an independent list.
import { Banks } from 'vietnam-qr-pay';
import { bankNamed, bankOfBin, banks } from '../../src/domain/banks';

describe('Banks of Vietnam', () => {
  it('gives every bank a number of its own', () => {
    expect(banks.length).toBeGreaterThanOrEqual(40);
    expect(new Set(banks.map((bank) => bank.bin)).size).toBe(banks.length);
    expect(new Set(banks.map((bank) => bank.code)).size).toBe(banks.length);
  });

  it.each(banks.map((bank) => [bank.shortName, bank] as const))('agrees with an independent list on the number of %s', (_, bank) => {
    const theirs = Banks.filter((other) => other.bin === bank.bin);
    expect(theirs).not.toHaveLength(0);
    expect(theirs.map((other) => bankNamed(other.shortName))).toEqual(theirs.map(() => bank));
    expect(bankOfBin(bank.bin)).toBe(bank);
  });

  it.each([
    ['Vietcombank', '970436'],
    ['VCB', '970436'],
    ['MBBank', '970422'],
    ['MB Bank', '970422'],
    ['MBB', '970422'],
    ['Techcombank', '970407'],
    ['BIDV', '970418'],
    ['VietinBank', '970415'],
    ['Vietinbank', '970415'],
    ['ICB', '970415'],
    ['CTG', '970415'],
    ['AGRIBANK', '970405'],
    ['ACB', '970416'],
    ['TPBank', '970423'],
    ['Sacombank', '970403'],
    ['VIB', '970441'],
    ['VPBank', '970432'],
    ['HDBank', '970437'],
    ['SHB', '970443'],
    ['OCB', '970448'],
    ['MSB', '970426'],
    ['SeABank', '970440'],
    ['LienVietPostBank', '970449'],
    ['Eximbank', '970431'],
    ['KienLongBank', '970452'],
    ['  mb-bank ', '970422'],
    ['Ngân hàng TMCP Ngoại Thương Việt Nam', '970436'],
    ['NGAN HANG TMCP DAU TU VA PHAT TRIEN VIET NAM', '970418'],
  ])('knows which bank a webhook means by "%s"', (name, bin) => {
    expect(bankNamed(name)?.bin).toBe(bin);
  });

  it('lets every code, short name and legal name lead back to its bank, but for the one code that two banks go by', () => {
    const names = banks.flatMap((bank) => [bank.code, bank.shortName, bank.name].map((name) => ({ name, bank })));
    const lost = names.filter(({ name, bank }) => bankNamed(name) !== bank);
    expect(lost.map(({ name }) => name)).toEqual(['BVB']);
    expect(bankNamed('BVB')).toBeUndefined();
  });

  it.each(['', ' ', '-', '🏦', 'Ngân hàng', 'Bank of Nowhere'])('finds no bank behind "%s"', (name) => {
    expect(bankNamed(name)).toBeUndefined();
  });

  it('finds no bank behind a number that is not in the list', () => {
    expect(bankOfBin('000000')).toBeUndefined();
    expect(bankOfBin('')).toBeUndefined();
  });
});
