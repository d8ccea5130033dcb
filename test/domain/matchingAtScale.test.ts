// Matching among a million live obligations, all of the same amount: what was meant is paid, and never another.
import { matchTransaction, type Candidate, type Match } from '../../src/domain/matching';
import { vnd } from '../../src/domain/money';
import { readingsOf, slips, type Slip } from '../../src/domain/reading';
import { seededChance } from '../support/chance';
import { referencesFrom } from '../support/manyObligations';
import { bareContents, codedContents, damaged, withOurCode } from '../support/transferContents';

const seed = 20261230;
const liveCount = 1_000_000;
const samplesOfEach = 1500;
/** The same for all, so that the amount tells none from another. */
const amount = vnd(50_000);

const chance = seededChance(seed);
const references = referencesFrom(seed, liveCount);
const live = new Set(references);

describe(`among ${liveCount} live obligations of the same amount (seed ${seed})`, () => {
  it('every reference written exactly is paid, in every content that a bank delivers', () => {
    for (const sample of codedContents) {
      for (let i = 0; i < 100; i++) {
        const meant = references[chance.below(liveCount)] ?? '';
        const content = withOurCode(sample, meant);
        expect([content, paidBy(content)]).toEqual([content, readsOthersToo(content, meant) ? 'ambiguous' : meant]);
      }
    }
  });

  it.each(slips)('of references with a %s at least 99 in 100 are paid, the rest go to a person, and none pays another', (slip) => {
    const paid = Array.from({ length: samplesOfEach }, () => paidAfter(slip));
    expect(paid.filter((as) => as === 'another')).toEqual([]);
    expect(paid.filter((as) => as === 'meant').length).toBeGreaterThanOrEqual(samplesOfEach * 0.99);
  });

  it('contents without a code pay nobody', () => {
    expect(bareContents.map(({ content }) => paidBy(content)).filter((reference) => live.has(reference))).toEqual([]);
  });
});

function paidAfter(slip: Slip): 'meant' | 'another' | 'nobody' {
  const meant = references[chance.below(liveCount)] ?? '';
  const sample = codedContents[chance.below(codedContents.length)] ?? codedContents[0]!;
  const reference = paidBy(withOurCode(sample, damaged(meant, slip, chance)));
  return reference === meant ? 'meant' : live.has(reference) ? 'another' : 'nobody';
}

/** The reference of the one obligation that the content pays, or why none. */
function paidBy(content: string): string {
  const match: Match = matchTransaction({ content, amount }, candidatesOf(content));
  return match.kind === 'matched' ? match.shares.map((share) => share.obligationId).join() : match.why;
}

const candidatesOf = (content: string): Candidate[] =>
  readingsOf(content)
    .filter(({ reference }) => live.has(reference))
    .map(({ reference }) => ({ obligationId: reference, by: 'reference', reference, outstanding: amount }));

/** By accident of its letters, a content may be one slip away from another live reference that owes just as much: one in about five thousand. */
const readsOthersToo = (content: string, meant: string): boolean => candidatesOf(content).some(({ reference }) => reference !== meant);
