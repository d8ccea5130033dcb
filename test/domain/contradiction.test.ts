// Contradictions: what was paid by order or account, or is written, says one thing, and the content or the amount another: a person decides.
import { matchTransaction, type Candidate, type Credit, type Match, type NamedBy } from '../../src/domain/matching';
import { vnd } from '../../src/domain/money';
import { readingsOf } from '../../src/domain/reading';
import { rederive } from '../../src/domain/rederivation';
import { firstRules } from '../../src/domain/ruleSet';
import { seededChance } from '../support/chance';
import { referencesFrom } from '../support/manyObligations';
import { damaged } from '../support/transferContents';

const [lan = '', minh = '', household = ''] = referencesFrom(20261231, 3);
const nearLan = damaged(lan, 'swapped_symbols', seededChance(1));
const order = { orderId: 'cs_1' };
const account = { virtualAccount: '9021' };

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

describe("a gateway's order beside a written reference", () => {
  it.each<Case>([
    [
      'is stronger than a written reference whose obligation asks for another amount, as it does itself',
      credit(minh, 20, order),
      [named('lan', lan, 50, 'order'), named('minh', minh, 30)],
      'order: lan 20',
    ],
    [
      'does not outweigh a written reference that asks for just this amount',
      credit(minh, 50, order),
      [named('lan', lan, 20, 'order'), named('minh', minh, 50)],
      'ambiguous',
    ],
    [
      'that was paid before does not outweigh it either',
      credit(minh, 50, order),
      [named('lan', lan, 0, 'order'), named('minh', minh, 50)],
      'ambiguous',
    ],
    [
      'an account does not outweigh it either',
      credit(minh, 50, account),
      [named('lan', lan, 20, 'virtual_account'), named('minh', minh, 50)],
      'ambiguous',
    ],
    [
      'is no contradiction of its own reference, which names another of the household with just this amount',
      credit(household, 30, order),
      [named('father', household, 50, 'order'), named('father', household, 50), named('mother', household, 30)],
      'order: father 30',
    ],
    [
      'is stronger than a slip put right, whatever that asks for',
      credit(nearLan, 50, order),
      [named('minh', minh, 20, 'order'), named('lan', lan, 50)],
      'order: minh 50',
    ],
  ])('%s', (_, given, candidates, expected) => expect(outcomeOf(matchTransaction(given, candidates))).toBe(expected));

  it('says of both that the other is as likely', () => {
    const { proof } = matchTransaction(credit(minh, 50, order), [named('lan', lan, 20, 'order'), named('minh', minh, 50)]);
    expect(proof).toMatchObject({
      rule: null,
      rejected: ['lan', 'minh'].map((obligationId) => ({ obligationId, why: 'as_likely_as_others' })),
    });
  });
});

describe('one reference as written, in whose letters another would be with a slip', () => {
  const written = 'NPAGLNYNA5';
  const within = 'NPAGL5NYNA';

  it('is such a one', () => {
    expect(readingsOf(written).map(({ reference, how }) => `${how} ${reference}`)).toEqual([
      `exact ${written}`,
      `missing_symbol ${within}`,
    ]);
  });

  it.each<Case>([
    ['takes less than is owed', credit(written, 20), [named('lan', written, 50), named('minh', within, 30)], 'exact_reference: lan 20'],
    ['takes more than is owed', credit(written, 90), [named('lan', written, 50), named('minh', within, 30)], 'exact_reference: lan 90'],
    ['pays what is owed', credit(written, 50), [named('lan', written, 50), named('minh', within, 30)], 'exact_reference: lan 50'],
    ['goes to a person when the other is paid', credit(written, 30), [named('lan', written, 50), named('minh', within, 30)], 'ambiguous'],
    ['goes to a person when both are paid', credit(written, 80), [named('lan', written, 50), named('minh', within, 30)], 'ambiguous'],
    [
      'goes to a person beside a slip of its own',
      credit(`${written} ${nearLan}`, 20),
      [named('minh', written, 50), named('household', within, 30), named('lan', lan, 70)],
      'ambiguous',
    ],
  ])('%s', (_, given, candidates, expected) => expect(outcomeOf(matchTransaction(given, candidates))).toBe(expected));

  it('went to a person by the rules of before, which its proof still says', () => {
    const before = { version: 5, rules: firstRules } as const;
    const candidates = [named('lan', written, 50), named('minh', within, 30)];
    const { kind, proof } = matchTransaction(credit(written, 20), candidates, undefined, before);
    expect([kind, rederive({ content: written, amount: vnd(20) }, proof).holds]).toEqual(['unmatched', true]);
  });
});
