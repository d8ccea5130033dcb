// Rederivation: a stored proof leads to its match again, years later and offline; one that was edited does not.
import fc from 'fast-check';
import { matchTransaction, type Candidate, type Credit } from '../../src/domain/matching';
import { vnd } from '../../src/domain/money';
import { rederive } from '../../src/domain/rederivation';
import { referencesFrom } from '../support/manyObligations';

const [lan = '', minh = '', household = ''] = referencesFrom(20261220, 3);
const credit = (content: string, dong: number, more: Partial<Credit> = {}): Credit => ({ content, amount: vnd(dong), ...more });
const owes = (obligationId: string, reference: string, dong: number, by: Candidate['by'] = 'reference'): Candidate => ({
  obligationId,
  by,
  reference,
  outstanding: vnd(dong),
});
const family = [owes('a', household, 50), owes('b', household, 30), owes('c', household, 8)];

const cases: [what: string, given: Credit, candidates: Candidate[]][] = [
  ['a written reference', credit(lan, 50), [owes('lan', lan, 50)]],
  ['an order', credit(minh, 50, { orderId: 'cs_1' }), [owes('lan', lan, 50, 'order'), owes('minh', minh, 50)]],
  ['a virtual account', credit('', 50, { virtualAccount: '9021' }), [owes('lan', lan, 50, 'virtual_account')]],
  ['a sum', credit(household, 58), family],
  ['a slip put right', credit(lan.slice(0, -1), 50), [owes('lan', lan, 50)]],
  ['a slip with another amount', credit(lan.slice(0, -1), 51), [owes('lan', lan, 50)]],
  ['several that may be meant', credit(`${lan} ${minh}`, 7), [owes('lan', lan, 50), owes('minh', minh, 50)]],
  ['a reference that we never issued', credit(lan, 50), []],
  ['no reference', credit('nop phi', 50), []],
];

const stored = (given: Credit, candidates: Candidate[]): string => JSON.stringify(matchTransaction(given, candidates).proof);

describe('a proof of the rules of today', () => {
  it.each(cases)('of %s holds after it was stored, and leads to the same match', (_, given, candidates) => {
    const { proof, ...outcome } = matchTransaction(given, candidates);
    const text = JSON.stringify(proof);
    expect(JSON.parse(text)).toEqual(proof);
    expect(rederive(given, text)).toEqual({ holds: true, differences: [], outcome });
    expect(rederive(given, JSON.parse(text))).toEqual({ holds: true, differences: [], outcome });
  });

  it.each(cases)('of %s is small', (_, given, candidates) => {
    expect(stored(given, candidates).length).toBeLessThan(700);
  });

  it('holds when the database keeps its keys in another order', () => {
    const [, given, candidates] = cases[1] ?? cases[0]!;
    expect(rederive(given, reversed(JSON.parse(stored(given, candidates)))).holds).toBe(true);
  });

  it.each(cases)('of %s does not hold for another credit', (_, given, candidates) => {
    const text = stored(given, candidates);
    const others: Credit[] = [
      { ...given, amount: vnd(1) },
      { ...given, content: `${given.content}.` },
      { ...given, orderId: 'cs_2' },
      { ...given, virtualAccount: '1' },
    ];
    expect(others.map((other) => rederive(other, text).holds)).toEqual(others.map(() => false));
  });

  it.each(cases)('of %s does not hold after any one value in it was changed', (_, given, candidates) => {
    const proof: unknown = JSON.parse(stored(given, candidates));
    fc.assert(
      fc.property(
        fc.constantFrom(...placesIn(proof)),
        fc.constantFrom('', 'lan', 'minh', 'order', 0, 1, 50, null, [], {}),
        (place, value) => {
          const edited = withValue(proof, place, value);
          fc.pre(JSON.stringify(edited) !== JSON.stringify(proof));
          const { holds, differences } = rederive(given, edited);
          expect([holds, differences.length > 0]).toEqual([false, true]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('says what differs', () => {
    const proof = { ...matchTransaction(credit(lan, 50), [owes('lan', lan, 50)]).proof, rule: 'order' };
    expect(rederive(credit(lan, 50), proof).differences).toEqual(['rule: stored "order", derived "exact_reference"']);
  });
});

/** As they were stored: where an order or an account was paid, it took the money whatever else was written. */
describe('a proof of the second rules', () => {
  const matchedBy = (shares: [string, number][]) => ({
    kind: 'matched',
    shares: shares.map(([obligationId, dong]) => ({ obligationId, amount: vnd(dong) })),
  });

  it.each<[string, Credit, string, object]>([
    [
      'one reference, and what else its dossier owes',
      credit(lan, 80),
      '{"rule":"exact_sum","version":2,"amount":80,"readings":[{"reference":"NP2L87BZSY","how":"exact","found":"NP2L87BZSY"}],"candidates":[{"obligationId":"lan","by":"reference","reference":"NP2L87BZSY","outstanding":50},{"obligationId":"land","by":"same_payer","reference":"NPD8T8GFYG","outstanding":30}],"rejected":[],"digest":"C4CQVjzq9rSwwGH2ZK4vhm"}',
      matchedBy([
        ['lan', 50],
        ['land', 30],
      ]),
    ],
    [
      'an order that a written reference contradicts with its amount',
      credit(minh, 50, { orderId: 'cs_1' }),
      '{"rule":"order","version":2,"amount":50,"readings":[{"reference":"NPD8T8GFYG","how":"exact","found":"NPD8T8GFYG"}],"candidates":[{"obligationId":"lan","by":"order","reference":"NP2L87BZSY","outstanding":20},{"obligationId":"minh","by":"reference","reference":"NPD8T8GFYG","outstanding":50}],"rejected":[{"obligationId":"minh","why":"contradicts_order"}],"digest":"TUS4nkGdZxVf2VMcpQDhIj"}',
      matchedBy([['lan', 50]]),
    ],
    [
      'an account that a written reference contradicts with its amount',
      credit(minh, 50, { virtualAccount: '9021' }),
      '{"rule":"virtual_account","version":2,"amount":50,"readings":[{"reference":"NPD8T8GFYG","how":"exact","found":"NPD8T8GFYG"}],"candidates":[{"obligationId":"lan","by":"virtual_account","reference":"NP2L87BZSY","outstanding":20},{"obligationId":"minh","by":"reference","reference":"NPD8T8GFYG","outstanding":50}],"rejected":[{"obligationId":"minh","why":"contradicts_virtual_account"}],"digest":"nLyQJkllxVJ-ESGczUCfAB"}',
      matchedBy([['lan', 50]]),
    ],
    [
      'two references',
      credit(`${lan} ${minh}`, 9),
      '{"rule":null,"version":2,"amount":9,"readings":[{"reference":"NP2L87BZSY","how":"exact","found":"NP2L87BZSY"},{"reference":"NPD8T8GFYG","how":"exact","found":"NPD8T8GFYG"}],"candidates":[{"obligationId":"lan","by":"reference","reference":"NP2L87BZSY","outstanding":50},{"obligationId":"minh","by":"reference","reference":"NPD8T8GFYG","outstanding":50}],"rejected":[{"obligationId":"lan","why":"as_likely_as_others"},{"obligationId":"minh","why":"as_likely_as_others"}],"digest":"uBiq67XpRSF8m87xmY3wrX"}',
      { kind: 'unmatched', why: 'ambiguous' },
    ],
  ])('of %s holds, and leads to its match', (_, given, proof, outcome) => {
    expect(rederive(given, proof)).toEqual({ holds: true, differences: [], outcome });
    expect(rederive(given, proof.replace('"version":2', '"version":3')).holds).toBe(false);
  });
});

describe('a proof of the first rules', () => {
  const first = (found: string[], known: [string, ...string[]][]) =>
    JSON.stringify({
      rule: 'exact_reference',
      version: 1,
      found,
      known: known.map(([reference, ...obligationIds]) => ({ reference, obligationIds })),
    });

  it.each([
    ['one reference', credit(lan, 20), first([lan], [[lan, 'ob']]), { kind: 'matched', shares: [{ obligationId: 'ob', amount: vnd(20) }] }],
    [
      'two that name the same',
      credit(`${lan} ${minh}`, 20),
      first(
        [lan, minh],
        [
          [lan, 'ob'],
          [minh, 'ob'],
        ],
      ),
      { kind: 'matched', shares: [{ obligationId: 'ob', amount: vnd(20) }] },
    ],
    [
      'two',
      credit(`${lan} ${minh}`, 20),
      first(
        [lan, minh],
        [
          [lan, 'ob'],
          [minh, 'ob2'],
        ],
      ),
      { kind: 'unmatched', why: 'ambiguous' },
    ],
    ['one that was never issued', credit(lan, 20), first([lan], []), { kind: 'unmatched', why: 'unknown_reference' }],
    ['none', credit('', 20), first([], []), { kind: 'unmatched', why: 'no_reference' }],
  ])('of %s holds, and leads to its match', (_, given, proof, outcome) => {
    expect(rederive(given, proof)).toEqual({ holds: true, differences: [], outcome });
  });

  it.each([
    ['another found', first([minh], [[lan, 'ob']])],
    ['one found too many', first([lan, minh], [[lan, 'ob']])],
    ['a known one that is not in the content', first([lan], [[minh, 'ob']])],
    ['another rule', first([lan], [[lan, 'ob']]).replace('exact_reference', 'order')],
    ['known ones that cannot be read', first([lan], [[lan, 'ob']]).replace('"ob"', '7')],
  ])('does not hold with %s', (_, proof) => {
    expect(rederive(credit(lan, 20), proof).holds).toBe(false);
  });
});

describe('what is no proof', () => {
  it.each([
    undefined,
    null,
    '',
    'null',
    '{',
    '[]',
    7,
    [],
    {},
    { version: 5 },
    { version: 5, ruleSet: { id: 'default' } },
    { version: 5, ruleSet: { id: 'default', changes: { mostInSum: 1_000 } }, candidates: [] },
    { version: 4 },
    { version: 3 },
    { version: 3, candidates: [null] },
    { version: 2 },
    { version: 2, candidates: [null] },
    { version: 1 },
  ])('%j does not hold, and is no error', (nonsense) => {
    const { holds, differences } = rederive(credit(lan, 50), nonsense);
    expect([holds, differences.length]).toEqual([false, 1]);
  });

  it.each([-1, 0.5, 2 ** 53, '50', null])('an outstanding amount of %j cannot be read', (outstanding) => {
    const proof = matchTransaction(credit(lan, 50), [owes('lan', lan, 50)]).proof;
    const edited = { ...proof, candidates: proof.candidates.map((one) => ({ ...one, outstanding })) };
    expect(rederive(credit(lan, 50), edited)).toEqual({ holds: false, differences: ['candidates: unreadable'] });
  });
});

type Place = readonly (string | number)[];

/** Where every value of some JSON stands, the lists and records within it too. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => [[key], ...placesIn(inner).map((place) => [key, ...place])]);
}

function withValue(whole: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(whole)) return whole.map((inner: unknown, i) => (i === key ? withValue(inner, rest, value) : inner));
  const fields = whole as Record<string, unknown>;
  return { ...fields, [key]: withValue(fields[key], rest, value) };
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
