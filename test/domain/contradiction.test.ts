// Contradictions: where the order or the account that was paid says one thing, and the content with the amount says another, a person decides.
import { matchTransaction, type Candidate, type Credit, type NamedBy } from '../../src/domain/matching';
import { vnd } from '../../src/domain/money';
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

describe("a gateway's order beside a written reference", () => {
  it.each<[what: string, credit: Credit, candidates: Candidate[], expected: string]>([
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
  ])('%s', (_, given, candidates, expected) => {
    const match = matchTransaction(given, candidates);
    const shares = match.kind === 'matched' ? match.shares.map(({ obligationId, amount }) => `${obligationId} ${amount.toString()}`) : [];
    expect(match.kind === 'matched' ? `${match.proof.rule}: ${shares.join(', ')}` : match.why).toBe(expected);
  });

  it('says of both that the other is as likely', () => {
    const { proof } = matchTransaction(credit(minh, 50, order), [named('lan', lan, 20, 'order'), named('minh', minh, 50)]);
    expect(proof).toMatchObject({
      rule: null,
      rejected: ['lan', 'minh'].map((obligationId) => ({ obligationId, why: 'as_likely_as_others' })),
    });
  });
});
