// Claims: which money may be proposed for what a citizen said, until when it is answered, and what an answer must hold.
import fc from 'fast-check';
import {
  afterSearch,
  answerByOf,
  evidenceFor,
  faultsIn,
  faultsInAnswer,
  isPayerShown,
  windowOf,
  type ClaimFacts,
  type Unplaced,
} from '../../src/domain/claim';
import { vnd } from '../../src/domain/money';
import { addMs, epochMsOf, instantOf, parseVietnamTime, type Day, type Instant } from '../../src/domain/time';

const at = (text: string): Instant => parseVietnamTime(`${text}:00`) ?? ('' as Instant);
const day = (text: string): Day => text as Day;
const today = day('2026-11-20');
const facts: ClaimFacts = { amount: vnd(21_000), paidOn: today, paidAbout: 'morning', accountDigits: '6789' };

const money = (changes: Partial<Unplaced['transaction']> = {}, unapplied = 21_000): Unplaced => ({
  transaction: {
    id: 'tx_1',
    accountId: 'ours',
    direction: 'in',
    amount: vnd(21_000),
    bankTime: at('2026-11-20 09:30'),
    payerAccount: '0123456789',
    content: 'nop tien ho so',
    bankReference: 'FT26327-123456',
    ...changes,
  },
  unapplied: vnd(unapplied),
});
function without(field: 'accountId' | 'payerAccount'): Unplaced {
  const { transaction, ...rest } = money();
  const { [field]: _gone, ...known } = transaction;
  return { ...rest, transaction: known };
}
const evidence = (given: Unplaced, claim: Partial<ClaimFacts> = {}) => evidenceFor({ ...facts, ...claim }, ['ours'], given);
const { accountDigits: _, ...withoutDigits } = facts;

describe('money fits a claim', () => {
  it('when amount, account, time and the last digits agree', () => expect(evidence(money())).toEqual(['payer_account']));

  it.each([
    ['another amount', money({ amount: vnd(21_001) }, 21_001)],
    ['an amount of which a part has a home', money({}, 20_000)],
    ['another account of ours', money({ accountId: 'other' })],
    ['money that a gateway holds', without('accountId')],
    ['money that left', money({ direction: 'out' })],
    ['other digits', money({ payerAccount: '0123456780' })],
    ['an account that nobody told', without('payerAccount')],
    ['three days before', money({ bankTime: at('2026-11-17 23:59') })],
    ['the third day after', money({ bankTime: at('2026-11-22 12:00') })],
  ])('never with %s', (_name, given) => expect(evidence(given)).toEqual([]));

  it('by the reference, as the bank writes it or in the content, but never against known digits', () => {
    const said = { ...withoutDigits, bankReference: 'FT26327123456' };
    expect(evidenceFor(said, ['ours'], money())).toEqual(['bank_reference']);
    const inContent = money({ bankReference: 'A1', content: 'MBVCB.FT26327123456.nop tien' });
    expect(evidenceFor(said, ['ours'], inContent)).toEqual(['reference_in_content']);
    expect(evidenceFor({ ...said, bankReference: 'FT9999999' }, ['ours'], money())).toEqual([]);
    expect(evidenceFor({ ...said, accountDigits: '0000' }, ['ours'], money())).toEqual([]);
  });

  it('by digits that only the content states, and says so', () => {
    const told = without('payerAccount');
    const stated = { ...told, transaction: { ...told.transaction, content: 'MBVCB.1.nop.CT tu 0011006789 NGUYEN A toi 1026101000' } };
    expect(evidenceFor(facts, ['ours'], stated)).toEqual(['stated_account']);
  });

  it('never where amount, account, time or digits differ, whatever else there is', () => {
    const start = epochMsOf(at('2026-11-14 00:00'));
    const given = fc.record({
      amount: fc.constantFrom(20_000, 21_000, 50_000),
      unapplied: fc.constantFrom(20_000, 21_000, 50_000),
      accountId: fc.constantFrom('ours', 'other'),
      payerAccount: fc.constantFrom('0123456789', '6789', '0123456788', 'xxxx6789', '12'),
      bankReference: fc.constantFrom('FT26327123456', 'FT0', ''),
      hours: fc.integer({ min: 0, max: 12 * 24 }),
      digits: fc.constantFrom('6789', '6788', '0000'),
      paidAbout: fc.constantFrom('unknown' as const, 'morning' as const, 'afternoon' as const, 'evening' as const),
    });
    let fitted = 0;
    fc.assert(
      fc.property(given, (one) => {
        const claim = { ...facts, accountDigits: one.digits, bankReference: 'FT26327123456', paidAbout: one.paidAbout };
        const transaction = { ...money().transaction, ...one, amount: vnd(one.amount), bankTime: instantOf(start + one.hours * 3_600_000) };
        if (evidenceFor(claim, ['ours'], { transaction, unapplied: vnd(one.unapplied) }).length === 0) return;
        fitted++;
        const { from, before } = windowOf(claim);
        expect([one.amount, one.unapplied, one.accountId]).toEqual([21_000, 21_000, 'ours']);
        expect(transaction.bankTime >= from && transaction.bankTime < before).toBe(true);
        if (/\d{4}$/.test(one.payerAccount)) expect(one.payerAccount.endsWith(one.digits)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
    expect(fitted).toBeGreaterThan(0);
  });
});

describe('after a search', () => {
  it.each([
    ['none fits', { state: 'searching' }, [], undefined],
    ['exactly one fits', { state: 'searching' }, ['a'], { state: 'proposed', transactionId: 'a' }],
    ['several fit', { state: 'searching' }, ['a', 'b'], undefined],
    ['a second one fits too', { state: 'proposed', transactionId: 'a' }, ['a', 'b'], { state: 'searching' }],
    ['the proposed money is gone', { state: 'proposed', transactionId: 'a' }, [], { state: 'searching' }],
    ['the same one fits again', { state: 'proposed', transactionId: 'a' }, ['a'], undefined],
    ['what a person chose of several still fits', { state: 'confirmed', transactionId: 'a' }, ['a', 'b'], undefined],
    ['what a person chose is gone', { state: 'confirmed', transactionId: 'a' }, [], { state: 'searching' }],
  ] as const)('%s', (_name, claim, fitting, expected) => expect(afterSearch(claim, fitting)).toEqual(expected));
});

describe('a claim', () => {
  it('is answered by the end of the next working day, over weekends too', () => {
    expect(answerByOf(at('2026-11-19 10:00'))).toBe('2026-11-20');
    expect(answerByOf(at('2026-11-20 23:59'))).toBe('2026-11-23');
    expect(answerByOf(at('2026-12-31 08:00'))).toBe('2027-01-04');
  });

  it.each([
    ['neither digits nor a reference', withoutDigits, ['accountDigits', 'bankReference']],
    ['a whole account number', { ...facts, accountDigits: '0123456789' }, ['accountDigits']],
    ['no amount', { ...facts, amount: vnd(0) }, ['amount']],
    ['tomorrow', { ...facts, paidOn: day('2026-11-21') }, ['paidOn']],
    ['last year', { ...facts, paidOn: day('2025-11-20') }, ['paidOn']],
    ['a reference that is none', { ...facts, bankReference: "'; DROP" }, ['bankReference']],
    ['nothing wrong', facts, []],
  ])('is refused for what is wrong: %s', (_name, said, fields) => expect(faultsIn(said, today)).toEqual(fields));

  it('shows what was said of the payer for 90 days after its end', () => {
    const closedAt = at('2026-11-20 10:00');
    expect([{}, { closedAt }].map((claim) => isPayerShown(claim, addMs(closedAt, 90 * 86_400_000)))).toEqual([true, true]);
    expect(isPayerShown({ closedAt }, addMs(closedAt, 91 * 86_400_000))).toBe(false);
  });
});

describe('an answer without money', () => {
  it.each([
    ['an outcome alone', { outcome: 'other_account' }, ['text']],
    ['a short text', { outcome: 'other_account', text: 'không thấy' }, ['text']],
    ['one word again and again', { outcome: 'other_account', text: 'đã xem đã xem đã xem đã xem' }, ['text']],
    ['no day up to which it was searched', { outcome: 'not_found', text: 'Đã tìm trong sao kê tài khoản Vietcombank' }, ['day']],
    ['a day to come', { outcome: 'not_found', day: day('2026-11-21'), bankReference: 'FT26327123456' }, ['day']],
    ['a reference that is none', { outcome: 'refund_requested', bankReference: '??' }, ['bankReference']],
  ] as const)('is refused with %s', (_name, answer, fields) => expect(faultsInAnswer(answer, today)).toEqual(fields));

  it('is taken with its day, and the reference or a decision in words', () => {
    expect(faultsInAnswer({ outcome: 'already_applied', day: today, bankReference: 'FT26327123456' }, today)).toEqual([]);
    const text = 'Tiền đã vào tài khoản của Kho bạc, xin liên hệ ngân hàng';
    expect(faultsInAnswer({ outcome: 'other_account', text }, today)).toEqual([]);
  });
});
