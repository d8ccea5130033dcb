// A basket's money: shared out to the đồng among what its one reference names.
import fc from 'fast-check';
import { matchTransaction, type Candidate } from '../../src/domain/matching';
import { sumOf, vnd } from '../../src/domain/money';
import { referencesFrom } from '../support/manyObligations';

const [household = ''] = referencesFrom(20261122, 1);
const credit = (content: string, dong: number) => ({ content, amount: vnd(dong) });
const named = (obligationId: string, reference: string, dong: number): Candidate => ({
  ...{ obligationId, by: 'reference', reference, outstanding: vnd(dong) },
});

describe('one reference for several', () => {
  it('shares out every đồng, and no leg but one gets more than it asks for', () => {
    const legs = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(legs, fc.integer({ min: 1, max: 900 }), (asked, amount) => {
        const candidates = asked.map((dong, place) => named(`leg-${place}`, household, dong));
        const match = matchTransaction(credit(household, amount), candidates);
        const all = asked.reduce((sum, dong) => sum + dong, 0);
        if (match.kind === 'unmatched') return expect(amount).toBeLessThan(all);
        expect(Number(sumOf(match.shares.map((share) => share.amount)).dong)).toBe(amount);
        const over = match.shares.filter((share) => Number(share.amount.dong) > (asked[Number(share.obligationId.slice(4))] ?? 0));
        expect(over.length).toBeLessThanOrEqual(1);
        if (amount >= all) expect(match.shares.length).toBeGreaterThanOrEqual(asked.filter((dong) => dong > 0).length);
      }),
    );
  });
});
