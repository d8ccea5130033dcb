// Rule trials: how a match differs, and how it stands to what a person decided about the same money.
import type { Share } from '../../src/domain/matching';
import { smaller, vnd } from '../../src/domain/money';
import { matchOf, type Resolution } from '../../src/domain/resolution';
import { isLongEnough, kindOf, progressOf, usualFrom, verdictOn, type RuleTrial } from '../../src/domain/ruleTrial';
import type { Instant } from '../../src/domain/time';

const at = '2026-11-21T07:05:09.000Z' as Instant;
const share = (text: string): Share => {
  const [obligationId = '', dong = '0'] = text.split(' ');
  return { obligationId, amount: vnd(Number(dong)) };
};
const shares = (...texts: string[]): Share[] => texts.map(share);

describe('A match differs', () => {
  it.each([
    ['not at all', ['a 50'], ['a 50'], undefined],
    ['not by the order of its parts', ['a 50', 'b 30'], ['b 30', 'a 50'], undefined],
    ['not where both leave it to a person', [], [], undefined],
    ['by being one', [], ['a 50'], 'gained'],
    ['by being none', ['a 50'], [], 'lost'],
    ['by another obligation', ['a 50'], ['b 50'], 'changed'],
    ['by another part', ['a 80'], ['a 50', 'b 30'], 'changed'],
  ])('%s', (_, was, would, kind) => expect(kindOf(shares(...was), shares(...would))).toBe(kind));
});

let count = 0;
const decided = (action: Resolution['action'], amount: number, more: Partial<Resolution> = {}): Resolution => ({
  id: `rs_${++count}`,
  transactionId: 'tx',
  action,
  amount: vnd(amount),
  reason: '',
  by: 'of',
  at,
  ...more,
});
const gave = (obligationId: string, amount: number) => decided('allocate', amount, { obligationId });
const tookBack = decided('undo', 80, { undoes: matchOf('tx') });
const given = gave('b', 80);

describe('A person who decided about 80', () => {
  it.each<[what: string, was: string[], would: string[], takes: number, resolutions: Resolution[], verdict: string]>([
    ['nobody did', [], ['a 80'], 80, [], 'undecided'],
    ['gave all to the same', [], ['a 80'], 80, [gave('a', 80)], 'agrees'],
    ['gave all to another', [], ['a 80'], 80, [gave('b', 80)], 'contradicts'],
    ['gave a part to the same, and paid back what was too much', [], ['a 80'], 50, [gave('a', 50), decided('refund', 30)], 'agrees'],
    ['gave a part to the same, and paid back what it would take', [], ['a 80'], 80, [gave('a', 50), decided('refund', 30)], 'contradicts'],
    ['gave a part to the same, and the rest waits', [], ['a 80'], 80, [gave('a', 50)], 'agrees'],
    ['gave a part to another', [], ['a 80'], 80, [gave('a', 50), gave('b', 30)], 'contradicts'],
    ['gave both what they would get', [], ['a 50', 'b 30'], 80, [gave('a', 50), gave('b', 30)], 'agrees'],
    ['said that it is not ours', [], ['a 80'], 80, [decided('not_ours', 80)], 'contradicts'],
    ['said that it is interest', [], ['a 80'], 80, [decided('interest', 80)], 'contradicts'],
    ['found it to be a settlement', [], ['a 80'], 80, [decided('settlement', 80)], 'contradicts'],
    ['took a decision back again', [], ['a 80'], 80, [given, decided('undo', 80, { undoes: given.id })], 'undecided'],
    ['took back the match that would be none', ['a 80'], [], 80, [tookBack], 'agrees'],
    ['took back the match, and another would be made', ['a 80'], ['b 80'], 80, [tookBack], 'undecided'],
    ['took back the match that would be made in part again', ['a 50', 'c 30'], ['a 80'], 80, [tookBack], 'contradicts'],
    ['took back the match, and gave all to the other', ['a 80'], ['b 80'], 80, [tookBack, gave('b', 80)], 'agrees'],
    ['let the match stand, and gave the excess to a sibling', ['a 80'], ['a 50', 'b 30'], 50, [gave('b', 30)], 'agrees'],
    ['let the match stand, and gave the excess elsewhere', ['a 80'], ['a 50', 'b 30'], 50, [gave('c', 30)], 'contradicts'],
    ['decided what would be left to a person', ['a 80'], [], 80, [gave('b', 30)], 'undecided'],
  ])('%s', (_, was, would, takes, resolutions, verdict) => {
    expect(
      verdictOn({
        transactionId: 'tx',
        amount: vnd(80),
        was: shares(...was),
        would: shares(...would),
        takes: ({ amount }) => smaller(amount, vnd(takes)),
        resolutions,
      }),
    ).toBe(verdict);
  });
});

describe('A trial', () => {
  const trial = { from: usualFrom(at), to: at };

  it('is long enough over ninety days, or over all money that there is', () => {
    expect(isLongEnough(trial, '2020-01-01T00:00:00.000Z' as Instant)).toBe(true);
    expect(isLongEnough({ ...trial, from: usualFrom(at, 89) }, '2020-01-01T00:00:00.000Z' as Instant)).toBe(false);
    expect(isLongEnough({ ...trial, from: usualFrom(at, 2) }, usualFrom(at, 1))).toBe(true);
    expect(isLongEnough({ ...trial, from: usualFrom(at, 2) }, undefined)).toBe(true);
  });

  it('says how far it is', () => {
    const running = { ...trial, state: 'running' } as RuleTrial;
    expect(progressOf(running)).toBe(0);
    expect(progressOf({ ...running, last: { transactionId: 'tx', receivedAt: usualFrom(at, 45) } })).toBe(50);
    expect(progressOf({ ...running, last: { transactionId: 'tx', receivedAt: at } })).toBe(99);
    expect(progressOf({ ...running, state: 'done' })).toBe(100);
  });
});
