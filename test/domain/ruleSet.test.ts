// Rule sets: what each switch and limit does to a match, and that a proof made under any of them proves itself.
import fc from 'fast-check';
import { matchingVersion, matchTransaction, type Candidate, type Credit, type Match } from '../../src/domain/matching';
import { vnd } from '../../src/domain/money';
import { readingsOf } from '../../src/domain/reading';
import { provenBy, rederive } from '../../src/domain/rederivation';
import {
  changesOf,
  firstRules,
  isSameRules,
  limitBounds,
  limits,
  rulesWith,
  switchable,
  type RuleChanges,
  type RuleSet,
} from '../../src/domain/ruleSet';
import { referencesFrom } from '../support/manyObligations';

const [lan = '', minh = '', household = ''] = referencesFrom(20261220, 3);
const credit = (content: string, dong: number, more: Partial<Credit> = {}): Credit => ({ content, amount: vnd(dong), ...more });
const owes = (obligationId: string, reference: string, dong: number, by: Candidate['by'] = 'reference'): Candidate => ({
  obligationId,
  by,
  reference,
  outstanding: vnd(dong),
});
const setWith = (changes: RuleChanges): RuleSet => {
  const rules = rulesWith(changes);
  if (!rules) throw new Error(`no rules: ${JSON.stringify(changes)}`);
  return { id: Object.keys(changes).length === 0 ? 'default' : 'rl_test', ...rules };
};
const judged = (given: Credit, candidates: readonly Candidate[], rules: RuleSet): Match =>
  matchTransaction(given, candidates, readingsOf(given.content, rules.limits), { version: matchingVersion, rules });
const outcomeOf = (match: Match): string =>
  match.kind === 'unmatched'
    ? match.why
    : `${match.proof.rule}: ${match.shares.map(({ obligationId, amount }) => `${obligationId} ${amount}`).join(' + ')}`;

const slipped = `${lan.slice(0, 5)}${lan.charAt(5) === 'A' ? 'B' : 'A'}${lan.slice(6)}`;
const shortened = lan.slice(0, -1);
const members = (count: number): Candidate[] => Array.from({ length: count }, (_, i) => owes(`m${i}`, household, 2 ** i));

const cases: [what: string, given: Credit, candidates: Candidate[], changes: RuleChanges, first: string, changed: string][] = [
  [
    'a slip that only suggests waits for a person',
    credit(slipped, 50),
    [owes('lan', lan, 50)],
    { corrected_reference: false },
    'corrected_reference: lan 50',
    'correction_unsure',
  ],
  [
    'one kind of slip may be believed and another not',
    credit(shortened, 50),
    [owes('lan', lan, 50)],
    { missing_symbol: false },
    'corrected_reference: lan 50',
    'correction_unsure',
  ],
  [
    'a slip of a kind that is believed is matched as before',
    credit(slipped, 50),
    [owes('lan', lan, 50)],
    { missing_symbol: false },
    'corrected_reference: lan 50',
    'corrected_reference: lan 50',
  ],
  [
    'two references whose sum is the amount wait for a person',
    credit(`${lan} ${minh}`, 80),
    [owes('lan', lan, 50), owes('minh', minh, 30)],
    { exact_sum: false },
    'exact_sum: lan 50 + minh 30',
    'ambiguous',
  ],
  [
    'what the same dossier owes beside is not paid along',
    credit(lan, 80),
    [owes('lan', lan, 50), owes('land', minh, 30, 'same_dossier')],
    { dossier_sum: false },
    'exact_sum: lan 50 + land 30',
    'exact_reference: lan 80',
  ],
  [
    'a virtual account that only suggests waits for a person',
    credit('', 50, { virtualAccount: '9021' }),
    [owes('lan', lan, 50, 'virtual_account')],
    { virtual_account: false },
    'virtual_account: lan 50',
    'ambiguous',
  ],
  [
    'a virtual account that only suggests does not hold up its own reference',
    credit(lan, 50, { virtualAccount: '9021' }),
    [owes('lan', lan, 50, 'virtual_account'), owes('lan', lan, 50)],
    { virtual_account: false },
    'virtual_account: lan 50',
    'exact_reference: lan 50',
  ],
  [
    'a virtual account that only suggests holds up another reference',
    credit(minh, 50, { virtualAccount: '9021' }),
    [owes('lan', lan, 70, 'virtual_account'), owes('minh', minh, 20)],
    { virtual_account: false },
    'virtual_account: lan 50',
    'ambiguous',
  ],
  [
    'a sum is looked for among fewer amounts',
    credit(household, 3),
    [...members(2), owes('c', household, 3 * 2)],
    { mostInSum: 2 },
    'basket: m0 1 + m1 2',
    'basket: m0 1 + m1 2',
  ],
  ['more amounts than that are left to a person', credit(household, 6), members(5), { mostInSum: 2 }, 'basket: m1 2 + m2 4', 'ambiguous'],
  ['or among more', credit(household, 2 ** 17), members(18), { mostInSum: 20 }, 'ambiguous', 'basket: m17 131072'],
  [
    'an exact reference acts whatever is switched',
    credit(lan, 20),
    [owes('lan', lan, 50)],
    allOff(),
    'exact_reference: lan 20',
    'exact_reference: lan 20',
  ],
  [
    'an order acts whatever is switched',
    credit('', 20, { orderId: 'cs_1' }),
    [owes('lan', lan, 50, 'order')],
    allOff(),
    'order: lan 20',
    'order: lan 20',
  ],
];

function allOff(): RuleChanges {
  return Object.fromEntries(switchable.map((one) => [one, false]));
}

describe('Under other rules', () => {
  it.each(cases)('%s', (_, given, candidates, changes, first, changed) => {
    expect([outcomeOf(judged(given, candidates, firstRules)), outcomeOf(judged(given, candidates, setWith(changes)))]).toEqual([
      first,
      changed,
    ]);
  });

  it.each(cases)('the proof names them, and proves itself: %s', (_, given, candidates, changes) => {
    const { proof, ...outcome } = judged(given, candidates, setWith(changes));
    const text = JSON.stringify(proof);
    expect(JSON.parse(text)).toMatchObject({ version: 6, ruleSet: { id: 'rl_test', changes } });
    expect(rederive(given, text)).toEqual({ holds: true, differences: [], outcome });
    expect(rederive(given, text.replace('rl_test', 'rl_other')).holds).toBe(false);
    expect(provenBy(text)?.ruling.rules).toEqual(setWith(changes));
  });
});

const anyChanges = fc
  .record(
    {
      ...Object.fromEntries(switchable.map((one) => [one, fc.boolean()])),
      ...Object.fromEntries(limits.map((one) => [one, fc.integer({ min: limitBounds[one].least, max: limitBounds[one].most })])),
    },
    { requiredKeys: [] },
  )
  .map((changes): RuleChanges => changes as Record<string, boolean | number>);

describe('Any rules', () => {
  it('lead to proofs that lead to the same match again', () => {
    fc.assert(
      fc.property(anyChanges, fc.constantFrom(...cases), (changes, [, given, candidates]) => {
        const { proof, ...outcome } = judged(given, candidates, setWith(changes));
        expect(rederive(given, JSON.stringify(proof))).toEqual({ holds: true, differences: [], outcome });
      }),
    );
  });

  it('are what they differ by', () => {
    fc.assert(
      fc.property(anyChanges, (changes) => {
        const rules = setWith(changes);
        expect(isSameRules(rules, setWith(changesOf(rules)))).toBe(true);
        expect(rulesWith(changesOf(firstRules, rules), rules)).toEqual({ acts: firstRules.acts, limits: firstRules.limits });
      }),
    );
  });

  it.each([
    [{ exact_reference: false }],
    [{ order: false }],
    [{ basket: false }],
    [{ mostInSum: 21 }],
    [{ mostInSum: 1 }],
    [{ mostInSum: 2.5 }],
    [{ mostInSum: true }],
    [{ exact_sum: 1 }],
    [{ exact_sum: null }],
    [{ unknown: true }],
    [{ constructor: true }],
  ])('are none with %j', (changes) => expect(rulesWith(changes)).toBeUndefined());
});
