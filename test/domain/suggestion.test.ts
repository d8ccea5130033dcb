// Suggestions: what an officer is shown first for money that nothing named; ranked, few, and never a decision.
import fc from 'fast-check';
import { vnd } from '../../src/domain/money';
import { mostSuggestions, suggestionsFor, type OpenObligation, type PayerLink, type StrayCredit } from '../../src/domain/suggestion';
import { addMs, type Instant } from '../../src/domain/time';

const at = '2026-11-21T03:00:00.000Z' as Instant;
const minutesAgo = (minutes: number): Instant => addMs(at, -minutes * 60_000);
const daysAgo = (days: number): Instant => minutesAgo(days * 24 * 60);

const lan: OpenObligation = {
  obligationId: 'lan',
  references: ['NP7KMHQ9U4'],
  dossierNormalForm: '0000018H262611200001',
  outstanding: vnd(50_000),
  issuedAt: daysAgo(2),
  offeredAt: [],
  applicant: 'Trần Thị Lan',
};
const minh: OpenObligation = {
  ...lan,
  obligationId: 'minh',
  references: ['NP22222243'],
  dossierNormalForm: '0000018H262611200002',
  outstanding: vnd(21_000),
  applicant: 'Lê Minh',
};
const stray: StrayCredit = { content: 'nop le phi', amount: vnd(30_000) };
const fromLan = (paidAt: Instant): PayerLink => ({ payerAccount: '0123456789', applicant: 'Trần Thị Lan', paidAt });
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
    ['the one whose reference is written exactly', { ...stray, content: 'NP7KMHQ9U4' }, [lan, minh], [], [['lan', 'exact_reference']]],
    ['the one whose reference lacks its NP', { ...stray, content: 'ma 7kmhq9u4' }, [lan, minh], [], [['lan', 'bare_reference']]],
    ['the one whose reference lacks one of the two letters', { ...stray, content: 'P7KMHQ9U4' }, [lan], [], [['lan', 'bare_reference']]],
    [
      'the one whose dossier code is written',
      { ...stray, content: '00018.H26-261120-0001' },
      [{ ...lan, dossierNormalForm: 'H262611200001' }],
      [],
      [['lan', 'dossier_code']],
    ],
    [
      'the one for whom the payer pays, whatever the bank left of the marks',
      { ...stray, payerName: 'LE MINH' },
      [lan, minh],
      [],
      [['minh', 'payer_is_applicant']],
    ],
    ['the one whom the content names', { ...stray, content: 'nop ho TRAN THI LAN' }, [lan, minh], [], [['lan', 'applicant_in_content']]],
    ['none whose name of two syllables may be other words of the content', { ...stray, content: 'le minh' }, [minh], [], []],
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
      ['lan', 'near_reference', 'same_amount', 'payer_paid_before', 'offered_shortly_before', 'same_counter_account'],
      ['minh', 'same_amount', 'same_counter_account'],
    ]);
  });

  it('puts whatever somebody wrote before all that strangers share by chance', () => {
    const credit = { ...stray, accountId: 'acc' };
    const stranger = { ...minh, outstanding: stray.amount, accountId: 'acc', offeredAt: [minutesAgo(1)] };
    for (const content of ['NP7KMHQ9U4', '7KMHQ9U4', 'NP7KMHQ984', '0000018H262611200001'])
      expect([content, suggested({ ...credit, content }, [stranger, lan])[0]?.[0]]).toEqual([content, 'lan']);
  });

  it.each<[string, number[], number, number[]]>([
    ['two that come to it together', [21_000, 9_000], 30_000, [0, 1]],
    ['those of several that do', [21_000, 9_000, 50_000], 30_000, [0, 1]],
    ['all where it is not clear which', [15_000, 15_000, 15_000], 30_000, [0, 1, 2]],
    ['one alone as what it is', [30_000, 10_000], 30_000, []],
    ['none that come to less', [10_000, 10_000], 30_000, []],
    ['all of very many', Array.from({ length: 30 }, () => 1_000), 30_000, Array.from({ length: 30 }, (_, place) => place)],
    ['none of too many to try', Array.from({ length: 31 }, () => 1_000), 30_000, []],
  ])('sums what one applicant owes: %s', (_, owed, amount, expected) => {
    const open = owed.map((dong, place) => ({ ...lan, obligationId: String(place), outstanding: vnd(dong) }));
    const found = new Set(
      suggestionsFor({ ...stray, amount: vnd(amount) }, open, [], at)
        .filter((one) => one.reasons.includes('sum_of_applicant'))
        .map((one) => Number(one.obligationId)),
    );
    expect(found.size).toBe(Math.min(expected.length, mostSuggestions));
    for (const place of found) expect(expected).toContain(place);
  });

  it('sums nothing of different applicants', () => {
    expect(
      suggested(stray, [
        { ...lan, outstanding: vnd(20_000) },
        { ...minh, outstanding: vnd(10_000) },
      ]),
    ).toEqual([]);
  });

  it('puts the one asked last before the money first among equals, and one asked after it last', () => {
    const owing = (obligationId: string, issued: number, ...offered: number[]) => ({
      ...minh,
      obligationId,
      issuedAt: minutesAgo(issued),
      offeredAt: offered.map(minutesAgo),
    });
    const open = [owing('a', 500), owing('b', 100), owing('c', 900, 80, 60), owing('d', 90, 70), owing('e', -5)];
    expect(suggested({ ...stray, amount: vnd(21_000) }, open).map(([id]) => id)).toEqual(['c', 'd', 'b', 'a', 'e']);
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
    expect(expected.map(({ obligationId }) => obligationId)).toEqual(['ob7', 'ob5', 'ob3', 'ob1', 'ob8']);
    expect(expected).toHaveLength(mostSuggestions);
    const shuffled = fc.shuffledSubarray(many, { minLength: many.length });
    fc.assert(fc.property(shuffled, (open) => expect(suggestionsFor(credit, open, [], at)).toEqual(expected)));
  });
});
