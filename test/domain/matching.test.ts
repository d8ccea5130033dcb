// Matching: which obligations a credit pays. Certain or not at all; whatever is unsure goes to a person.
import fc from 'fast-check';
import { matchTransaction, type Candidate, type Credit, type Match, type NamedBy } from '../../src/domain/matching';
import { sumOf, vnd } from '../../src/domain/money';
import { readingsOf, slips } from '../../src/domain/reading';
import { seededChance } from '../support/chance';
import { referencesFrom } from '../support/manyObligations';
import { damaged } from '../support/transferContents';

const lan = 'NP7KMHQ9U4';
const [minh = '', household = ''] = referencesFrom(20261210, 2);
const nearLan = 'NP7KMHQ984';
const nearMinh = damaged(minh, 'swapped_symbols', seededChance(1));

const credit = (content: string, dong: number, more: Partial<Credit> = {}): Credit => ({ content, amount: vnd(dong), ...more });
const named = (obligationId: string, reference: string, dong: number, by: NamedBy = 'reference'): Candidate => ({
  obligationId,
  by,
  reference,
  outstanding: vnd(dong),
});

const outcomeOf = (match: Match): string =>
  match.kind === 'unmatched'
    ? match.why
    : `${match.proof.rule}: ${match.shares.map(({ obligationId, amount }) => `${obligationId} ${amount.toString()}`).join(', ')}`;

type Case = [what: string, credit: Credit, candidates: Candidate[], expected: string];

describe('a reference exactly as written', () => {
  it.each<Case>([
    ['pays what is owed', credit(lan, 50), [named('lan', lan, 50)], 'exact_reference: lan 50'],
    ['takes less than is owed', credit(lan, 20), [named('lan', lan, 50)], 'exact_reference: lan 20'],
    ['takes more than is owed', credit(lan, 80), [named('lan', lan, 50)], 'exact_reference: lan 80'],
    ['takes what comes again after it is settled or cancelled', credit(lan, 50), [named('lan', lan, 0)], 'exact_reference: lan 50'],
    ['counts once when written twice', credit(`${lan} ${lan}`, 50), [named('lan', lan, 50)], 'exact_reference: lan 50'],
    ['beside one that we never issued', credit(`${lan} ${minh}`, 50), [named('lan', lan, 50)], 'exact_reference: lan 50'],
    ['that we never issued', credit(lan, 50), [], 'unknown_reference'],
    ['is not there', credit('nop le phi', 50), [], 'no_reference'],
    ['is not there, but a candidate is', credit('nop le phi', 50), [named('lan', lan, 50)], 'no_reference'],
  ])('%s', (_, given, candidates, expected) => expect(outcomeOf(matchTransaction(given, candidates))).toBe(expected));
});

describe('more money than one reference asks for', () => {
  const siblings = [named('lan land', minh, 30, 'same_dossier'), named('lan birth', household, 8, 'same_dossier')];

  it.each<Case>([
    ['pays what else the same dossier owes', credit(lan, 80), siblings, 'exact_sum: lan 50, lan land 30'],
    ['pays them all', credit(lan, 88), siblings, 'exact_sum: lan 50, lan birth 8, lan land 30'],
    ['stays with the named one when it comes to no sum', credit(lan, 81), siblings, 'exact_reference: lan 81'],
    ['stays with the named one when it is not more', credit(lan, 30), siblings, 'exact_reference: lan 30'],
    [
      'stays with the named one when two sums are possible',
      credit(lan, 80),
      [...siblings, named('lan car', household, 30, 'same_dossier')],
      'exact_reference: lan 80',
    ],
  ])('%s', (_, given, others, expected) => expect(outcomeOf(matchTransaction(given, [named('lan', lan, 50), ...others]))).toBe(expected));

  it('stays with the named one when that is settled: it was paid twice', () => {
    expect(outcomeOf(matchTransaction(credit(lan, 30), [named('lan', lan, 0), ...siblings]))).toBe('exact_reference: lan 30');
  });
});

describe('a reference with one slip', () => {
  it.each<Case>([
    ['is believed when the amount agrees', credit(nearLan, 50), [named('lan', lan, 50)], 'corrected_reference: lan 50'],
    ['is not believed with less', credit(nearLan, 49), [named('lan', lan, 50)], 'correction_unsure'],
    ['is not believed with more', credit(nearLan, 51), [named('lan', lan, 50)], 'correction_unsure'],
    ['is not believed when it is settled', credit(nearLan, 50), [named('lan', lan, 0)], 'correction_unsure'],
    [
      'is not believed when the sum is of something else of the dossier too',
      credit(nearLan, 80),
      [named('lan', lan, 50), named('lan land', minh, 30, 'same_dossier')],
      'correction_unsure',
    ],
    [
      'is believed for a whole household',
      credit(nearLan, 80),
      [named('a', lan, 50), named('b', lan, 30)],
      'corrected_reference: a 50, b 30',
    ],
    ['is not believed for part of a household', credit(nearLan, 30), [named('a', lan, 50), named('b', lan, 30)], 'correction_unsure'],
    [
      'that may be either of two goes to a person, even when the amount is of one',
      credit(`${nearLan} ${nearMinh}`, 50),
      [named('lan', lan, 50), named('minh', minh, 30)],
      'ambiguous',
    ],
  ])('%s', (_, given, candidates, expected) => expect(outcomeOf(matchTransaction(given, candidates))).toBe(expected));
});

describe('several references, or one for a household', () => {
  const both = `${lan} ${minh}`;
  const family = [named('father', household, 50), named('mother', household, 30), named('child', household, 8)];

  it.each<Case>([
    ['are all paid by their sum', credit(both, 80), [named('lan', lan, 50), named('minh', minh, 30)], 'exact_sum: lan 50, minh 30'],
    ['are not paid by another sum', credit(both, 70), [named('lan', lan, 50), named('minh', minh, 30)], 'ambiguous'],
    ['are not paid in part: both were written', credit(both, 50), [named('lan', lan, 50), named('minh', minh, 30)], 'ambiguous'],
    ['one of them settled before', credit(both, 50), [named('lan', lan, 50), named('minh', minh, 0)], 'exact_sum: lan 50'],
    ['one of them settled before, and another sum', credit(both, 80), [named('lan', lan, 50), named('minh', minh, 0)], 'ambiguous'],
    ['both settled before', credit(both, 80), [named('lan', lan, 0), named('minh', minh, 0)], 'ambiguous'],
    ['a household paid at once', credit(household, 88), family, 'basket: child 8, father 50, mother 30'],
    ['two of a household', credit(household, 58), family, 'basket: child 8, father 50'],
    [
      'a household of which one was cancelled meanwhile: its part stays with it',
      credit(household, 88),
      [...family.slice(0, 2), named('child', household, 0)],
      'basket: child 8, father 50, mother 30',
    ],
    ['a household that pays too much', credit(household, 90), family, 'basket: child 10, father 50, mother 30'],
    ['a household that pays once more', credit(household, 88), family.map((one) => ({ ...one, outstanding: vnd(0) })), 'basket: child 88'],
    ['a sum that no members of a household owe', credit(household, 60), family, 'ambiguous'],
    ['a sum that one or two others of a household owe', credit(household, 50), [...family, named('aunt', household, 20)], 'ambiguous'],
    [
      'one and the same owed, named by two references',
      credit(both, 20),
      [named('lan', lan, 50), named('lan', minh, 50)],
      'exact_reference: lan 20',
    ],
  ])('%s', (_, given, candidates, expected) => expect(outcomeOf(matchTransaction(given, candidates))).toBe(expected));
});

describe('one reference as written and another with a slip', () => {
  const mixed = `${lan} ${nearMinh}`;

  it.each<Case>([
    [
      'is the written one when just that is paid',
      credit(mixed, 50),
      [named('lan', lan, 50), named('minh', minh, 30)],
      'exact_reference: lan 50',
    ],
    ['goes to a person when both owe the same', credit(mixed, 50), [named('lan', lan, 50), named('minh', minh, 50)], 'ambiguous'],
    ['goes to a person when both together are paid', credit(mixed, 80), [named('lan', lan, 50), named('minh', minh, 30)], 'ambiguous'],
    ['goes to a person when the other is paid', credit(mixed, 30), [named('lan', lan, 50), named('minh', minh, 30)], 'ambiguous'],
    ['goes to a person when neither agrees', credit(mixed, 20), [named('lan', lan, 50), named('minh', minh, 30)], 'ambiguous'],
    ['goes to a person when the written one is settled', credit(mixed, 50), [named('lan', lan, 0), named('minh', minh, 50)], 'ambiguous'],
  ])('%s', (_, given, candidates, expected) => expect(outcomeOf(matchTransaction(given, candidates))).toBe(expected));
});

describe("a gateway's order or a virtual account", () => {
  const order = { orderId: 'cs_1' };
  const account = { virtualAccount: '9021' };

  it.each<Case>([
    ['pays its obligation, whatever the amount', credit('', 20, order), [named('lan', lan, 50, 'order')], 'order: lan 20'],
    ['pays even what is settled', credit('', 20, account), [named('lan', lan, 0, 'virtual_account')], 'virtual_account: lan 20'],
    [
      'is stronger than a written reference',
      credit(minh, 50, order),
      [named('lan', lan, 50, 'order'), named('minh', minh, 50)],
      'order: lan 50',
    ],
    [
      'an order is stronger than an account',
      credit('', 50, { ...order, ...account }),
      [named('minh', minh, 50, 'virtual_account'), named('lan', lan, 50, 'order')],
      'order: lan 50',
    ],
    [
      'an order for a household is paid by its sum',
      credit('', 80, order),
      [named('a', lan, 50, 'order'), named('b', lan, 30, 'order')],
      'order: a 50, b 30',
    ],
    ['and by no other sum', credit('', 70, order), [named('a', lan, 50, 'order'), named('b', lan, 30, 'order')], 'ambiguous'],
    ['that nobody knows', credit('', 50, order), [], 'unknown_order'],
    ['that nobody knows, beside a written reference', credit(lan, 50, order), [named('lan', lan, 50)], 'exact_reference: lan 50'],
    ['an account that nobody knows', credit('', 50, account), [], 'no_reference'],
  ])('%s', (_, given, candidates, expected) => expect(outcomeOf(matchTransaction(given, candidates))).toBe(expected));
});

describe('why an obligation took no share', () => {
  const whyOf = (given: Credit, candidates: Candidate[]) =>
    Object.fromEntries(matchTransaction(given, candidates).proof.rejected.map(({ obligationId, why }) => [obligationId, why]));

  it.each<[string, Credit, Candidate[], Record<string, string>]>([
    [
      'the order says otherwise',
      credit(minh, 50, { orderId: 'cs_1' }),
      [named('lan', lan, 50, 'order'), named('minh', minh, 50), named('account', household, 1, 'virtual_account')],
      { minh: 'contradicts_order', account: 'contradicts_order' },
    ],
    [
      'the account says otherwise',
      credit(minh, 50, { virtualAccount: '9021' }),
      [named('lan', lan, 50, 'virtual_account'), named('minh', minh, 50)],
      { minh: 'contradicts_virtual_account' },
    ],
    [
      'the order is for another of the same household',
      credit(household, 50, { orderId: 'cs_1' }),
      [named('father', household, 50, 'order'), named('father', household, 50), named('mother', household, 30)],
      { mother: 'named_more_weakly' },
    ],
    [
      'it is not in the sum',
      credit(household, 50),
      [named('a', household, 50), named('b', household, 30), named('c', household, 0)],
      { b: 'not_in_the_sum', c: 'nothing_outstanding' },
    ],
    ['its amount differs', credit(nearLan, 49), [named('lan', lan, 50)], { lan: 'amount_differs' }],
    ['it is settled', credit(nearLan, 50), [named('lan', lan, 0)], { lan: 'nothing_outstanding' }],
    [
      'others are as likely',
      credit(`${lan} ${minh}`, 9),
      [named('lan', lan, 50), named('minh', minh, 50)],
      { lan: 'as_likely_as_others', minh: 'as_likely_as_others' },
    ],
    [
      'it is only of the same dossier',
      credit(lan, 50),
      [named('lan', lan, 50), named('land', minh, 30, 'same_dossier')],
      { land: 'named_more_weakly' },
    ],
    ['it is nowhere in the content', credit(lan, 50), [named('lan', lan, 50), named('minh', minh, 30)], { minh: 'not_read' }],
  ])('%s', (_, given, candidates, expected) => expect(whyOf(given, candidates)).toEqual(expected));
});

describe('whatever comes', () => {
  const chance = seededChance(20261211);
  const references = referencesFrom(20261212, 6);
  const word = fc.constantFrom(...references, ...references.flatMap((one) => slips.map((slip) => damaged(one, slip, chance))), 'nop phi');
  const smallAmount = fc.integer({ min: 1, max: 6 });
  const anyCandidate = fc.record({
    obligationId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    by: fc.constantFrom<NamedBy>('reference', 'reference', 'reference', 'same_dossier', 'virtual_account', 'order'),
    reference: fc.constantFrom(...references),
  });
  const anyDebts = fc.record({ a: fc.nat(4), b: fc.nat(4), c: fc.nat(4), d: fc.nat(4), e: fc.nat(4) });
  const anyCase = fc
    .record({ words: fc.array(word, { maxLength: 3 }), dong: smallAmount, some: fc.array(anyCandidate, { maxLength: 8 }), debts: anyDebts })
    .map(({ words, dong, some, debts }) => ({
      given: credit(words.join(' '), dong, { orderId: 'cs_1' }),
      candidates: some.map((one) => ({ ...one, outstanding: vnd(debts[one.obligationId as keyof typeof debts]) })),
    }));
  const runs = { numRuns: 3000 };

  it('the shares are the amount, none is nothing, and none goes to an obligation that was not a candidate', () => {
    fc.assert(
      fc.property(anyCase, ({ given, candidates }) => {
        const match = matchTransaction(given, candidates);
        if (match.kind === 'unmatched') return;
        expect(sumOf(match.shares.map((share) => share.amount))).toEqual(given.amount);
        expect(match.shares.every((share) => share.amount.isPositive())).toBe(true);
        const ids = match.shares.map((share) => share.obligationId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(candidates.map((one) => one.obligationId)).toEqual(expect.arrayContaining(ids));
      }),
      runs,
    );
  });

  it('the order of candidates and readings changes nothing', () => {
    const shuffled = anyCase.chain(({ given, candidates }) =>
      fc.record({
        given: fc.constant(given),
        candidates: fc.constant(candidates),
        otherwise: fc.shuffledSubarray(candidates, { minLength: candidates.length }),
        readings: fc.shuffledSubarray(readingsOf(given.content), { minLength: readingsOf(given.content).length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ given, candidates, otherwise, readings }) => {
        expect(matchTransaction(given, [...otherwise, ...otherwise], readings)).toEqual(matchTransaction(given, candidates));
      }),
      runs,
    );
  });

  it('of two that are named alike and owe the same, neither is paid alone', () => {
    const twoAlike = fc.record({
      how: fc.constantFrom('exact', ...slips),
      pair: fc.shuffledSubarray(references, { minLength: 2, maxLength: 2 }),
      dong: smallAmount,
    });
    fc.assert(
      fc.property(twoAlike, ({ how, pair, dong }) => {
        const written = pair.map((reference) => (how === 'exact' ? reference : damaged(reference, how, chance)));
        const candidates = pair.map((reference, i) => named(`ob${i}`, reference, dong));
        expect(outcomeOf(matchTransaction(credit(written.join(' '), dong), candidates))).toBe('ambiguous');
      }),
      runs,
    );
  });
});
