// Suggestions: what an officer is shown first for money that nothing named; ranked, few, and never a decision.
import fc from 'fast-check';
import { vnd } from '../../src/domain/money';
import { mostSuggestions, suggestionsFor, type OpenObligation, type PayerLink, type StrayCredit } from '../../src/domain/suggestion';
import { addMs, type Instant } from '../../src/domain/time';

const at = '2026-11-21T03:00:00.000Z' as Instant;
const minutesAgo = (minutes: number): Instant => addMs(at, -minutes * 60_000);
const daysAgo = (days: number): Instant => minutesAgo(days * 24 * 60);

const lan: OpenObligation = { obligationId: 'lan', references: ['NP7KMHQ9U4'], outstanding: vnd(50_000), offeredAt: [], applicant: 'LAN' };
const minh: OpenObligation = {
  obligationId: 'minh',
  references: ['NP22222243'],
  outstanding: vnd(21_000),
  offeredAt: [],
  applicant: 'MINH',
};
const stray: StrayCredit = { content: 'nop le phi', amount: vnd(30_000) };
const fromLan = (paidAt: Instant): PayerLink => ({ payerAccount: '0123456789', applicant: 'LAN', paidAt });
const suggested = (credit: StrayCredit, open: OpenObligation[], links: PayerLink[] = []) =>
  suggestionsFor(credit, open, links, at).map(({ obligationId, reasons }) => [obligationId, ...reasons]);

describe('what is suggested', () => {
  it.each<[string, StrayCredit, OpenObligation[], PayerLink[], string[][]]>([
    ['nothing when nothing agrees', stray, [lan, minh], [], []],
    ['the one that owes just this', { ...stray, amount: vnd(21_000) }, [lan, minh], [], [['minh', 'same_amount']]],
    [
      'the one whose mistyped reference was paid with another amount',
      { ...stray, content: 'NP7KMHQ984' },
      [lan, minh],
      [],
      [['lan', 'near_reference']],
    ],
    [
      'the one whose QR was opened ten minutes before',
      stray,
      [{ ...lan, offeredAt: [minutesAgo(10)] }],
      [],
      [['lan', 'offered_shortly_before']],
    ],
    ['none whose QR was opened an hour before', stray, [{ ...lan, offeredAt: [minutesAgo(60)] }], [], []],
    ['none whose QR was opened after the money came', stray, [{ ...lan, offeredAt: [minutesAgo(-1)] }], [], []],
    [
      'the one whose payer paid before',
      { ...stray, payerAccount: '0123456789' },
      [lan, minh],
      [fromLan(daysAgo(30))],
      [['lan', 'payer_paid_before']],
    ],
    [
      'the same when only the content says who paid',
      { ...stray, content: 'MBVCB.1.2.phi.CT tu 0123456789 NGUYEN VAN A toi 0987' },
      [lan, minh],
      [fromLan(daysAgo(30))],
      [['lan', 'payer_paid_before']],
    ],
    ['none whose payer paid two years ago', { ...stray, payerAccount: '0123456789' }, [lan], [fromLan(daysAgo(730))], []],
    ['none for another payer', { ...stray, payerAccount: '9999999999' }, [lan], [fromLan(daysAgo(1))], []],
    ['none only because it is on the same account', { ...stray, accountId: 'acc' }, [{ ...lan, accountId: 'acc' }], [], []],
    ['none that owes nothing for nothing', { ...stray, amount: vnd(0) }, [{ ...lan, outstanding: vnd(0) }], [], []],
  ])('%s', (_, credit, open, links, expected) => {
    expect(suggested(credit, open, links)).toEqual(expected);
  });

  it('names every reason that it has, and ranks more reasons higher', () => {
    const credit = { ...stray, content: 'NP7KMHQ984', amount: vnd(50_000), accountId: 'acc', payerAccount: '0123456789' };
    const certain = { ...lan, accountId: 'acc', offeredAt: [minutesAgo(2)] };
    const rival = { ...minh, outstanding: vnd(50_000), accountId: 'acc' };
    expect(suggested(credit, [rival, certain], [fromLan(daysAgo(1))])).toEqual([
      ['lan', 'same_amount', 'near_reference', 'payer_paid_before', 'offered_shortly_before', 'same_counter_account'],
      ['minh', 'same_amount', 'same_counter_account'],
    ]);
  });

  it('remembers a payer half as well after ninety days, and a regular one no better than wholly', () => {
    const scoreAfter = (...days: number[]): number =>
      suggestionsFor({ ...stray, payerAccount: '0123456789' }, [lan], days.map(daysAgo).map(fromLan), at)[0]?.score ?? 0;
    expect(scoreAfter(0)).toBe(30);
    expect(scoreAfter(90)).toBe(15);
    expect(scoreAfter(180, 180)).toBe(15);
    expect(scoreAfter(1, 2, 3, 4)).toBe(30);
    expect(scoreAfter(-1)).toBe(0);
  });

  it('is at most five, in the same order whatever order they came in', () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ ...lan, obligationId: `ob${i}`, offeredAt: i % 2 ? [minutesAgo(1)] : [] }));
    const credit = { ...stray, amount: vnd(50_000) };
    const expected = suggestionsFor(credit, many, [], at);
    expect(expected.map(({ obligationId }) => obligationId)).toEqual(['ob1', 'ob3', 'ob5', 'ob7', 'ob0']);
    expect(expected).toHaveLength(mostSuggestions);
    const shuffled = fc.shuffledSubarray(many, { minLength: many.length });
    fc.assert(fc.property(shuffled, (open) => expect(suggestionsFor(credit, open, [], at)).toEqual(expected)));
  });
});
