// Twins: however the feeds of one account tell of transfers that the bank does not tell apart, the money is counted once.
import fc from 'fast-check';
import type { IdentifiedTransaction, Telling } from '../../src/domain/transaction';
import { placeOf } from '../../src/domain/twins';
import { instantOf } from '../../src/domain/time';
import { referencesFrom } from '../support/manyObligations';

const [lan = '', minh = '', hoa = ''] = referencesFrom(20261230, 3);
const torn = 'nop phi';

/** What a feed tells, as `feed content`. */
function tellingOf(text: string, number: number): Telling {
  const [provider = '', ...words] = text.split(' ');
  const content = words.join(' ');
  return { provider, scope: 'acc', providerId: String(number), transactionId: '', via: 'push', content, toldAt: instantOf(0) };
}

/** The transactions that come of it, each as its tellings. */
function toldInTurn(texts: readonly string[]): string[][] {
  const known: (IdentifiedTransaction & { tellings: Telling[] })[] = [];
  texts.map(tellingOf).forEach((telling, number) => {
    const place = placeOf(telling, known);
    const found = known.find(({ id }) => id === place);
    if (found) found.tellings.push(telling);
    else known.push({ ...telling, id: `tx${number}`, bankIdentity: 'same', tellings: [] });
  });
  return known.map((one) => [one, ...one.tellings].map(({ provider, content }) => `${provider} ${content}`));
}

describe('transfers of one bank reference, amount and day', () => {
  it.each<[string, string[], string[][]]>([
    ['one that two feeds tell of', [`a ${lan}`, `b ${lan}`], [[`a ${lan}`, `b ${lan}`]]],
    ['one whose code a feed tore away', [`a ${torn}`, `b ${lan}`], [[`a ${torn}`, `b ${lan}`]]],
    ['two that one feed tells of, even with one content', [`a ${lan}`, `a ${lan}`], [[`a ${lan}`], [`a ${lan}`]]],
    ['two with different codes', [`a ${lan}`, `b ${minh}`], [[`a ${lan}`], [`b ${minh}`]]],
    [
      'two with different codes, though a third feed told neither',
      [`a ${torn}`, `b ${lan}`, `c ${minh}`],
      [[`a ${torn}`, `b ${lan}`], [`c ${minh}`]],
    ],
    [
      'two, the torn one told first by the other feed',
      [`a ${lan}`, `a ${minh}`, `b ${torn}`, `b ${lan}`],
      [[`a ${lan}`, `b ${torn}`, `b ${lan}`], [`a ${minh}`]],
    ],
    [
      'two, the torn one goes to the torn one',
      [`a ${lan}`, `a ${torn}`, `b x`, `b ${lan}`],
      [
        [`a ${lan}`, `b ${lan}`],
        [`a ${torn}`, 'b x'],
      ],
    ],
    [
      'three, told crosswise',
      [`a ${torn}`, `b ${minh}`, `b ${lan}`, `a ${lan}`, `a ${hoa}`, `b ${hoa}`],
      [
        [`a ${torn}`, `b ${minh}`],
        [`b ${lan}`, `a ${lan}`],
        [`a ${hoa}`, `b ${hoa}`],
      ],
    ],
  ])('%s', (_, texts, expected) => expect(toldInTurn(texts)).toEqual(expected));

  it('are as many as any one feed tells of, and never more than there were, in whatever order and with whatever torn contents', () => {
    const feeds = ['a', 'b', 'c'];
    const anyTransfers = fc.array(fc.constantFrom(lan, minh, hoa), { minLength: 1, maxLength: 4 });
    const anyTold = anyTransfers.chain((transfers) => {
      const whole = feeds.flatMap((feed) => transfers.map((code, transfer) => ({ feed, code, transfer })));
      const heard = fc.shuffledSubarray(whole, { minLength: 1 });
      return fc.tuple(heard, fc.array(fc.boolean(), { minLength: whole.length, maxLength: whole.length }));
    });
    fc.assert(
      fc.property(anyTold, ([heard, isTorn]) => {
        const made = toldInTurn(heard.map(({ feed, code }, i) => `${feed} ${isTorn[i] ? torn : code}`)).length;
        const most = Math.max(...feeds.map((feed) => heard.filter((one) => one.feed === feed).length));
        expect(made).toBeGreaterThanOrEqual(most);
        expect(made).toBeLessThanOrEqual(new Set(heard.map(({ transfer }) => transfer)).size);
      }),
      { numRuns: 5000 },
    );
  });
});
