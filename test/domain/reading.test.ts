// Reading a content: what was written exactly, and what was meant when one letter slipped.
import fc from 'fast-check';
import { isReference } from '../../src/domain/reference';
import { longestContent, mostCorrected, mostExact, readingsOf, slips, type Reading } from '../../src/domain/reading';
import { seededChance } from '../support/chance';
import { referencesFrom } from '../support/manyObligations';
import { bareContents, codedContents, damaged, withOurCode } from '../support/transferContents';

const reference = 'NP7KMHQ9U4';
const readingOf = (content: string, wanted = reference): Reading | undefined =>
  readingsOf(content).find((reading) => reading.reference === wanted);

describe('a reference as it was meant', () => {
  it.each([
    ['written exactly', 'nop le phi NP7KMHQ9U4 cam on', 'exact', 'NP7KMHQ9U4'],
    ['cut in two by a bank', 'nop le phi NP7K MHQ9U4 cam on', 'exact', 'NP7KMHQ9U4'],
    ['with 8 for U', 'NP7KMHQ984', 'wrong_symbol', 'NP7KMHQ984'],
    ['with the letter O, which we never use', 'NPOKMHQ9U4', 'wrong_symbol', 'NPOKMHQ9U4'],
    ['with a nought in the last place', 'NP7KMHQ9U0 NGUYEN', 'wrong_symbol', 'NP7KMHQ9U0'],
    ['with the digit 1 in the middle', 'NP7KM1Q9U4', 'wrong_symbol', 'NP7KM1Q9U4'],
    ['without its first symbol', 'NPKMHQ9U4', 'missing_symbol', 'NPKMHQ9U4'],
    ['without a symbol in the middle', 'ho so NP7KMQ9U4 phi', 'missing_symbol', 'NP7KMQ9U4'],
    ['without its last symbol, cut by a bank', 'ho so NP7KMHQ9U', 'missing_symbol', 'NP7KMHQ9U'],
    ['with a symbol twice', 'NP7KKMHQ9U4', 'extra_symbol', 'NP7KKMHQ9U4'],
    ['with a stray I', 'NP7KMIHQ9U4', 'extra_symbol', 'NP7KMIHQ9U4'],
    ['with a stray symbol right after the prefix', 'NPX7KMHQ9U4', 'extra_symbol', 'NPX7KMHQ9U4'],
    ['with two symbols swapped', 'NP7KHMQ9U4', 'swapped_symbols', 'NP7KHMQ9U4'],
    ['with the two check symbols swapped', 'NP7KMHQ94U', 'swapped_symbols', 'NP7KMHQ94U'],
    ['with P and the first symbol swapped', 'N7PKMHQ9U4', 'swapped_symbols', 'N7PKMHQ9U4'],
    ['with MP for NP', 'MP7KMHQ9U4', 'damaged_prefix', 'P7KMHQ9U4'],
    ['with NB for NP', 'NB7KMHQ9U4', 'damaged_prefix', 'NB7KMHQ9U4'],
    ['with N0 for NP', 'N07KMHQ9U4', 'damaged_prefix', 'N07KMHQ9U4'],
    ['without N', 'P7KMHQ9U4', 'damaged_prefix', 'P7KMHQ9U4'],
    ['without P', 'N7KMHQ9U4', 'damaged_prefix', 'N7KMHQ9U4'],
    ['with PN for NP', 'PN7KMHQ9U4', 'damaged_prefix', 'N7KMHQ9U4'],
    ['with something between N and P', 'N2P7KMHQ9U4', 'damaged_prefix', 'P7KMHQ9U4'],
  ])('%s: %s', (_, content, how, found) => {
    expect(readingOf(content)).toEqual({ reference, how, found });
  });

  it.each([
    ['two wrong symbols', 'NP8KMHQ9U5'],
    ['two missing symbols', 'NPKMHQ9U'],
    ['a prefix that is gone', '7KMHQ9U4'],
    ['two swaps', 'NPK7MHQ94U'],
    ['letters outside the alphabet twice', 'NPOKMHQ9UI'],
  ])('is not guessed from %s: %s', (_, content) => {
    expect(readingOf(content)).toBeUndefined();
  });

  it('is found after any single slip in any content that a bank delivers', () => {
    const seed = 20261130;
    const chance = seededChance(seed);
    for (const sample of codedContents) {
      for (const meant of referencesFrom(chance.below(1e9), 5)) {
        for (const slip of slips) {
          const content = withOurCode(sample, damaged(meant, slip, chance));
          expect([seed, content, readingOf(content, meant)?.reference]).toEqual([seed, content, meant]);
        }
      }
    }
  });
});

describe('what else is read', () => {
  it('is little: of bare contents and of codes written exactly, less than one other reading each', () => {
    const exact = codedContents.map((sample) => withOurCode(sample, reference));
    const others = [...bareContents.map(({ content }) => content), ...exact]
      .flatMap((content) => readingsOf(content))
      .filter(({ how }) => how !== 'exact');
    expect(others.length).toBeLessThan(codedContents.length + bareContents.length);
  });

  it('is always a sound reference, each once, the exact ones first, and found in the content', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'NPNP23456789ABCDEFGHJKLMNPQRSTUVWXYZ01IO .-'), maxLength: 60 });
    fc.assert(
      fc.property(letters, (content) => {
        const readings = readingsOf(content);
        const kinds = readings.map(({ how }) => how === 'exact');
        expect(readings.filter((reading) => !isReference(reading.reference))).toEqual([]);
        expect(new Set(readings.map((reading) => reading.reference)).size).toBe(readings.length);
        expect(kinds).toEqual([...kinds].sort((a, b) => Number(b) - Number(a)));
        expect(readings.every(({ found }) => content.replace(/[^A-Z0-9]/g, '').includes(found))).toBe(true);
        expect(readings.every(({ reference: one, how, found }) => (how === 'exact') === (one === found))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('is what trying every slip finds, with other letters glued on both sides', () => {
    const chance = seededChance(20261201);
    const glue = (): string => Array.from({ length: chance.below(12) }, () => 'NPNP2345ABCDEFXYZ01OI'.charAt(chance.below(21))).join('');
    for (const meant of referencesFrom(20261202, 150)) {
      const content = glue() + damaged(meant, chance.among(slips), chance) + glue();
      const read = readingsOf(content).map((reading) => reading.reference);
      expect([content, read.sort()]).toEqual([content, referencesNear(content)]);
    }
  });

  it('is exact before it is corrected, where the same reference is written twice', () => {
    expect(readingsOf('NP7KMHQ984 NP7KMHQ9U4').filter((reading) => reading.reference === reference)).toEqual([
      { reference, how: 'exact', found: reference },
    ]);
  });
});

describe('contents made to be slow', () => {
  it.each([
    ['a thousand prefixes', 'NP'.repeat(1000)],
    ['a million spaces before a reference', `${' '.repeat(1_000_000)}${reference}`],
    ['a million prefixes', 'NP'.repeat(1_000_000)],
    ['a million letters with marks', 'Ộ'.repeat(1_000_000)],
  ])('%s take no time', (_, content) => {
    const started = performance.now();
    expect(readingsOf(content).length).toBeLessThanOrEqual(mostCorrected);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('lose all corrections when there are too many, so that none is judged without its rivals, but nothing that is exact', () => {
    const chance = seededChance(20261203);
    const exact = referencesFrom(20261204, 20);
    const noise = Array.from({ length: 600 }, () => `NP${'23456789ABCDEFGHJKLMQRSTUVWXYZ'.charAt(chance.below(30))}`).join('');
    expect(readingsOf(noise.slice(0, 300)).length).toBeGreaterThan(30);
    const readings = readingsOf(exact.join('') + noise);
    expect(readings.map((reading) => reading.how)).toEqual(readings.map(() => 'exact'));
    expect(readings.map((reading) => reading.reference)).toEqual(expect.arrayContaining(exact));
  });

  it('are read up to their limits: 2000 characters, 400 exact references', () => {
    expect(readingsOf(reference.padStart(longestContent))).toHaveLength(3);
    expect(readingsOf(reference.padStart(longestContent + 1)).filter(({ how }) => how === 'exact')).toEqual([]);
    expect(readingsOf(referencesFrom(20261205, 190).join('')).length).toBeLessThanOrEqual(mostExact + mostCorrected);
  });
});

/** The slow way: the content after every slip undone that there may have been, and what can then be read exactly. */
function referencesNear(content: string): string[] {
  const edits = Array.from('23456789ABCDEFGHJKLMNPQRSTUVWXYZ');
  const near = new Set<string>();
  const consider = (text: string): void => {
    for (let start = text.indexOf('NP'); start >= 0; start = text.indexOf('NP', start + 1)) {
      if (isReference(text.slice(start, start + 10))) near.add(text.slice(start, start + 10));
    }
  };
  for (let place = 0; place <= content.length; place++) {
    const [before, after] = [content.slice(0, place), content.slice(place)];
    for (const letter of edits) {
      consider(before + letter + after);
      consider(before + letter + after.slice(1));
    }
    consider(before + after.slice(1));
    consider(before + after.charAt(1) + after.charAt(0) + after.slice(2));
  }
  return [...near].sort();
}
