// What a statement says of itself: whose account it is of, whether its totals fit its lines, and whether its day was over.
import { foldedContent, isTelling, lineIdentityOf, nameDifferent } from '../../src/domain/lineIdentity';
import { vnd } from '../../src/domain/money';
import { faultyTotalsOf, isBalanced, isFinal, isOfAccount } from '../../src/domain/statement';
import type { Day, Instant } from '../../src/domain/time';

describe('A statement', () => {
  it.each([
    [undefined, '0011001932418', true],
    ['0011001932418', '0011001932418', true],
    ['0011 0019 32418', '0011001932418', true],
    ['11001932418', '0011001932418', false],
    ['001100xxxx418', '0011001932418', true],
    ['001100****419', '0011001932418', false],
    ['9999999999999', '0011001932418', false],
  ])('that names account %s is of account %s: %s', (stated, own, expected) => {
    expect(isOfAccount(stated, own)).toBe(expected);
  });

  const counted = { credits: vnd(38_527_500), debits: vnd(0), lineCount: 6, rejectedCount: 0 };

  it('that states nothing to compare is neither balanced nor unbalanced', () => {
    expect(isBalanced({ ...counted, totals: {} })).toBeUndefined();
    expect(isBalanced({ ...counted, totals: { openingBalance: vnd(1) } })).toBeUndefined();
  });

  it.each([
    [{ openingBalance: vnd(10), closingBalance: vnd(38_527_510) }, []],
    [{ openingBalance: vnd(10), closingBalance: vnd(38_527_500) }, ['closing']],
    [{ statedCount: 6, statedCredits: vnd(37_337_500) }, ['credits']],
    [{ statedCount: 7, statedDebits: vnd(1) }, ['debits', 'count']],
    [{ statedCount: 6, statedCredits: vnd(38_527_500) }, []],
  ])('that states %j has these faults: %j', (totals, faults) => {
    expect(faultyTotalsOf({ ...counted, totals }).map(({ fault }) => fault)).toEqual(faults);
    expect(isBalanced({ ...counted, totals })).toBe(faults.length === 0);
  });

  it('counts its spoilt rows as rows', () => {
    expect(isBalanced({ ...counted, lineCount: 5, rejectedCount: 1, totals: { statedCount: 6 } })).toBe(true);
  });

  it('is final when its last day was over in Vietnam', () => {
    expect(isFinal('2026-11-20' as Day, '2026-11-20T16:59:59.000Z' as Instant)).toBe(false);
    expect(isFinal('2026-11-20' as Day, '2026-11-20T17:00:00.000Z' as Instant)).toBe(true);
    expect(isFinal(undefined, '2026-11-20T17:00:00.000Z' as Instant)).toBe(false);
  });
});

describe('A line', () => {
  const line = { direction: 'in', amount: vnd(21_000), day: '2026-11-20' as Day, bankReference: 'FT 26-1', content: 'Nộp  phí' } as const;

  it('is known by its reference, however that is spaced, and by its content and balance where the reference says nothing', () => {
    expect(lineIdentityOf('acc', line)).toBe(lineIdentityOf('acc', { ...line, bankReference: 'ft261', content: 'khác' }));
    const bare = { ...line, bankReference: 'IBFT' };
    expect(lineIdentityOf('acc', bare)).toBe(lineIdentityOf('acc', { ...bare, bankReference: '-', content: 'NOP PHI' }));
    expect(lineIdentityOf('acc', bare)).not.toBe(lineIdentityOf('acc', { ...bare, balanceAfter: vnd(1) }));
    expect(lineIdentityOf('acc', bare)).not.toBe(lineIdentityOf('acc', { ...bare, content: 'khac' }));
    expect([isTelling('IBFT'), isTelling(undefined), isTelling('5243.65937')]).toEqual([false, false, true]);
    expect(foldedContent('Nộp  phí')).toBe('NOPPHI');
  });

  it('of another account, day, direction or amount is another line', () => {
    const others = [
      lineIdentityOf('other', line),
      lineIdentityOf('acc', { ...line, day: '2025-11-20' as Day }),
      lineIdentityOf('acc', { ...line, direction: 'out' }),
      lineIdentityOf('acc', { ...line, amount: vnd(21_001) }),
    ];
    expect(new Set([lineIdentityOf('acc', line), ...others]).size).toBe(5);
  });

  it('that names no payment reference of ours may be any transfer', () => {
    expect(nameDifferent('nop phi', 'chuyen tien')).toBe(false);
  });
});
