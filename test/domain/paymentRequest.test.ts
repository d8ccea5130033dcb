// Late money: it came when something had been offered and all of that had expired; a later offer changes nothing about it.
import { isLate } from '../../src/domain/paymentRequest';
import { addMs, instantOf, type Instant } from '../../src/domain/time';

const noon = instantOf(Date.parse('2026-11-23T05:00:00.000Z'));
const at = (minutes: number): Instant => addMs(noon, minutes * 60_000);
/** A QR that is good for fifteen minutes. */
const offerAt = (minutes: number) => ({ createdAt: at(minutes), expiresAt: at(minutes + 15) });

describe('Money for an obligation', () => {
  it.each([
    ['without any offer', [], 99, false],
    ['while the offer is good', [0], 10, false],
    ['in the second in which the offer expires', [0], 15, false],
    ['after the offer', [0], 20, true],
    ['after the first of two offers, before the second', [0, 25], 20, true],
    ['after the first of two offers, while the second is good', [0, 25], 30, false],
    ['after both', [0, 25], 45, true],
    ['while the first is good still, and the second too', [0, 5], 12, false],
    ['before anything was offered', [0, 25], -5, false],
  ] as const)('%s', (_, offers, minutes, expected) => {
    expect(isLate(offers.map(offerAt), at(minutes))).toBe(expected);
  });

  it('is judged by whole seconds, as banks tell them', () => {
    const justOffered = { createdAt: addMs(at(30), 900), expiresAt: at(45) };
    expect(isLate([offerAt(0), justOffered], at(30))).toBe(false);
    expect(isLate([offerAt(0)], addMs(at(15), 1000))).toBe(false);
    expect(isLate([offerAt(0)], addMs(at(15), 1001))).toBe(true);
  });
});

describe('Money that came between two offers', () => {
  it('is late, whether we hear of it before the second offer or after', () => {
    const heardBefore = isLate([offerAt(0)], at(20));
    const heardAfter = isLate([offerAt(0), offerAt(25)], at(20));
    expect([heardBefore, heardAfter]).toEqual([true, true]);
  });
});
