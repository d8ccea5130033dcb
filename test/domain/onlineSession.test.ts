// Online sessions: which sums a gateway takes, and when nobody needs a session any more.
import { vnd } from '../../src/domain/money';
import type { BareObligation } from '../../src/domain/obligation';
import { isNeedless, unfitFor, type OnlineMethod } from '../../src/domain/onlineSession';
import { addMs, instantOf } from '../../src/domain/time';

describe('a gateway', () => {
  it.each<[OnlineMethod, number, string | undefined]>([
    ['stripe', 12_999, 'too_small 13000'],
    ['stripe', 13_000, undefined],
    ['stripe', 99_999_999, undefined],
    ['stripe', 100_000_000, 'too_large 99999999'],
    ['vnpay', 4_999, 'too_small 5000'],
    ['vnpay', 5_000, undefined],
    ['vnpay', 999_999_999, undefined],
    ['vnpay', 1_000_000_000, 'too_large 999999999'],
    ['payos', 1_000, undefined],
    ['payos', 500_000_000, 'too_large 499999999'],
  ])('%s is asked for %i: %s', (method, amount, expected) => {
    const unfit = unfitFor(method, vnd(amount));
    expect(unfit && `${unfit.why} ${unfit.limit}`).toBe(expected);
  });
});

describe('a session', () => {
  const now = instantOf(Date.parse('2026-11-21T07:00:00Z'));
  const session = { amount: vnd(35_000), expiresAt: addMs(now, 60_000) };
  const cancelled = { at: now, by: 'of-1', reason: 'Lập nhầm' };
  const leg = (due: number, paid = 0, more: object = {}): BareObligation => {
    const bare = {
      id: 'ob',
      dossierId: 'ds',
      dossierCode: '',
      reference: '',
      agencyCode: '',
      due: vnd(due),
      paid: vnd(paid),
      excess: vnd(0),
    };
    return { ...bare, flags: [], version: 1, createdAt: now, createdBy: 'of-1', ...more };
  };

  it.each([
    ['is needed while its legs ask for just its sum', [leg(14_000), leg(21_000)], false],
    ['is needless when a leg was paid', [leg(14_000, 14_000), leg(21_000)], true],
    ['is needless when a leg was paid in part', [leg(14_000, 1_000), leg(21_000)], true],
    ['is needless when a leg was cancelled', [leg(14_000, 0, { cancelled }), leg(21_000)], true],
    ['is needless when everything is paid', [leg(14_000, 14_000), leg(21_000, 21_000)], true],
    ['is needless for what is unknown', [], true],
  ])('%s', (_, legs, expected) => expect(isNeedless(session, legs, now)).toBe(expected));

  it('is needless when its time is over', () => {
    expect(isNeedless(session, [leg(35_000)], addMs(now, 60_000))).toBe(true);
  });
});
