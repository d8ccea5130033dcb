// Claims of citizens: the money that alone fits is proposed; two persons attach it, once; and nothing is booked when it is gone meanwhile.
import { answerClaim, attachClaim, confirmClaim, sendBackClaim } from '../../src/actions/decideClaim';
import { listClaims, seeClaim } from '../../src/actions/listClaims';
import { raiseClaim } from '../../src/actions/raiseClaim';
import { searchClaims } from '../../src/actions/searchClaims';
import type { Claim, ClaimFacts } from '../../src/domain/claim';
import { vnd } from '../../src/domain/money';
import type { Actor } from '../../src/domain/role';
import { parseVietnamTime, vietnamTimeOf, type Day, type Instant } from '../../src/domain/time';
import { tell, tellWithPayer } from '../support/bank';
import { brokenLaws } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const today = '2026-11-20' as Day;
const reason = 'Theo báo đã chuyển tiền';
const person = (
  officerId: string,
  role: 'finance_officer' | 'finance_supervisor' | 'leader' = 'finance_officer',
  agencyCode = 'H26',
): Actor => ({
  kind: 'person',
  officerId,
  name: officerId,
  role,
  agencyCode,
});
const [maker, checker] = [person('of_maker'), person('of_checker', 'finance_supervisor')];

describe.each(databases)('a claim that a transfer does not show, on %s', (kind) => {
  let service: TestService;
  let now: Instant = parseVietnamTime('2026-11-20 10:00:00') ?? ('' as Instant);
  beforeAll(async () => (service = await openTestService(kind, { replace: { now: () => now } })));
  afterAll(() => service.end());
  afterEach(async () => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]));

  let digits = 4000;
  interface Case {
    id: string;
    reference: string;
    token: string;
    facts: ClaimFacts;
  }
  /** An obligation of 21.000 ₫, its link, and what its payer says; each has an account of its own. */
  async function unpaid(changes: Partial<ClaimFacts> = {}): Promise<Case> {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const { url } = (await service.call('get', `/api/obligations/${id}/pay-page`).expect(200)).body;
    const facts: ClaimFacts = { amount: vnd(21_000), paidOn: today, paidAbout: 'unknown', accountDigits: String(++digits), ...changes };
    return { id, reference, token: String(url).split('/pay/')[1] ?? '', facts };
  }
  const raise = ({ token, facts }: Case, changes: Partial<ClaimFacts> = {}) => raiseClaim(service.ctx, token, { ...facts, ...changes });
  /** Money without a home from that payer. */
  const arrives = async ({ facts }: Case, amount = 21_000): Promise<void> =>
    void (await tellWithPayer(service, { content: 'nop tien', amount, time: vietnamTimeOf(now) }, `190000${facts.accountDigits}`).expect(
      200,
    ));
  async function search(): Promise<void> {
    for (let after = await searchClaims(service.ctx); after !== ''; after = await searchClaims(service.ctx, after));
  }
  const claimNow = async ({ id }: Claim): Promise<Claim> => {
    const claim = await service.ctx.store.tables.claims.find(id);
    if (!claim) throw new Error('the claim is gone');
    return claim;
  };
  const statusOf = async ({ id }: Case) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body.status;
  const deciding = ({ id, version }: Claim, actor: Actor) => ({ actor, claimId: id, version });
  async function proposed(): Promise<{ one: Case; claim: Claim; transactionId: string }> {
    const one = await unpaid();
    const raised = await raise(one);
    await arrives(one);
    await search();
    const claim = await claimNow(raised);
    return { one, claim, transactionId: claim.transactionId ?? '' };
  }
  async function confirmed() {
    const { one, claim, transactionId } = await proposed();
    return { one, transactionId, claim: await confirmClaim(service.ctx, { ...deciding(claim, maker), transactionId }) };
  }
  const code = (doing: Promise<unknown>) =>
    doing.then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );

  it('waits while nothing fits, and has the money proposed when it comes; searching again writes nothing', async () => {
    const one = await unpaid();
    const claim = await raise(one);
    await search();
    expect(await claimNow(claim)).toMatchObject({ state: 'searching', version: 1, answerBy: '2026-11-23' });
    await arrives(one);
    await search();
    const found = await claimNow(claim);
    expect(found).toMatchObject({ state: 'proposed', version: 2 });
    await search();
    expect(await claimNow(claim)).toEqual(found);
    const seen = await seeClaim(service.ctx, maker, claim.id);
    expect(seen.fitting.map(({ evidence }) => evidence)).toEqual([['payer_account']]);
    expect(seen.steps.map(({ state, by }) => `${state} ${by}`)).toEqual(['searching citizen', 'proposed system:search']);
  });

  it('is not given money of another amount or payer, and none of two that fit alike', async () => {
    const one = await unpaid();
    const claim = await raise(one);
    await arrives(one, 22_000);
    await arrives(await unpaid());
    await search();
    expect((await claimNow(claim)).state).toBe('searching');
    await arrives(one);
    await arrives(one);
    await search();
    expect((await claimNow(claim)).state).toBe('searching');
    const { fitting } = await seeClaim(service.ctx, maker, claim.id);
    expect(fitting).toHaveLength(2);
    const transactionId = fitting[1]?.transaction.id ?? '';
    expect(await confirmClaim(service.ctx, { ...deciding(claim, maker), transactionId })).toMatchObject({
      state: 'confirmed',
      transactionId,
    });
    await search();
    expect(await claimNow(claim)).toMatchObject({ state: 'confirmed', transactionId });
  });

  it('is attached by two persons: the obligation is paid in the same commit', async () => {
    const { one, claim, transactionId } = await confirmed();
    expect(await statusOf(one)).toBe('open');
    expect(await code(attachClaim(service.ctx, { ...deciding(claim, maker), reason }))).toBe('second_person_required');
    expect(await statusOf(one)).toBe('open');
    await attachClaim(service.ctx, { ...deciding(claim, checker), reason });
    expect(await statusOf(one)).toBe('paid');
    expect(await claimNow(claim)).toMatchObject({ state: 'attached', confirmedBy: 'of_maker', closedAt: now });
    const { resolutions } = (await service.call('get', `/api/transactions/${transactionId}`).expect(200)).body;
    expect(resolutions).toMatchObject([{ action: 'allocate', obligationId: one.id, by: 'of_checker' }]);
  });

  it('is attached once when two approve at once', async () => {
    const { one, claim } = await confirmed();
    const actors = [checker, person('of_third')];
    const ends = await Promise.all(actors.map((actor) => code(attachClaim(service.ctx, { ...deciding(claim, actor), reason }))));
    expect(ends.sort()).toEqual(['claim_changed', 'done']);
    expect(await statusOf(one)).toBe('paid');
  });

  it('is confirmed once when two confirm at once, and only with money that fits', async () => {
    const { claim, transactionId } = await proposed();
    const other = await proposed();
    expect(await code(confirmClaim(service.ctx, { ...deciding(claim, maker), transactionId: other.transactionId }))).toBe(
      'claim_money_gone',
    );
    const confirm = (actor: Actor) => code(confirmClaim(service.ctx, { ...deciding(claim, actor), transactionId }));
    expect((await Promise.all([confirm(maker), confirm(checker)])).sort()).toEqual(['claim_changed', 'done']);
  });

  it('is not attached when the money found another home meanwhile, and then searches again', async () => {
    const { one, claim, transactionId } = await confirmed();
    const body = { action: 'refund', reason: 'chuyển nhầm' };
    await service
      .call('post', `/api/transactions/${transactionId}/resolve`, body, 'demo-api-key-ketoan')
      .set('idempotency-key', claim.id)
      .expect(200);
    expect(await code(attachClaim(service.ctx, { ...deciding(claim, checker), reason }))).toBe('claim_money_gone');
    expect(await statusOf(one)).toBe('open');
    await search();
    const after = await claimNow(claim);
    expect(after.state).toBe('searching');
    expect([after.transactionId, after.confirmedBy]).toEqual([undefined, undefined]);
  });

  it('is not attached when the obligation was paid meanwhile: the money stays for a refund', async () => {
    const { one, claim } = await confirmed();
    await tell(service, { content: one.reference, amount: 21_000, time: vietnamTimeOf(now) }).expect(200);
    expect(await code(attachClaim(service.ctx, { ...deciding(claim, checker), reason }))).toBe('obligation_already_paid');
    expect((await claimNow(claim)).state).toBe('confirmed');
  });

  it('goes back with a reason, and is proposed again', async () => {
    const { claim } = await confirmed();
    await sendBackClaim(service.ctx, { ...deciding(claim, checker), reason: 'khác người chuyển' });
    await search();
    expect(await claimNow(claim)).toMatchObject({ state: 'proposed', version: claim.version + 2 });
    const { steps } = await seeClaim(service.ctx, maker, claim.id);
    expect(steps.find(({ by }) => by === 'of_checker')).toMatchObject({ state: 'searching', reason: 'khác người chuyển' });
  });

  it('is not attached from a page that was opened before a later step', async () => {
    const { one, claim, transactionId } = await confirmed();
    const back = await sendBackClaim(service.ctx, { ...deciding(claim, maker), reason: 'xem lại' });
    await confirmClaim(service.ctx, { ...deciding(back, maker), transactionId });
    expect(await code(attachClaim(service.ctx, { ...deciding(claim, checker), reason }))).toBe('claim_changed');
    expect(await statusOf(one)).toBe('open');
  });

  it('is closed only by an answer with facts; where money is said to be with us, by a reference that we know', async () => {
    const claim = await raise(await unpaid());
    const close = (answer: Parameters<typeof answerClaim>[1]['answer']) =>
      code(answerClaim(service.ctx, { ...deciding(claim, maker), answer }));
    expect(await close({ outcome: 'other_account' })).toBe('claim_answer_empty');
    expect(await close({ outcome: 'other_account', text: 'Đã xem xét.' })).toBe('claim_answer_empty');
    expect(await close({ outcome: 'already_applied', day: today, bankReference: 'FT000000000' })).toBe('claim_answer_empty');
    await tell(service, { content: 'x', amount: 9_000, id: 87_654_321, time: vietnamTimeOf(now) }).expect(200);
    expect(await close({ outcome: 'already_applied', day: today, bankReference: 'FT87654321' })).toBe('done');
    expect(await claimNow(claim)).toMatchObject({ state: 'answered', closedAt: now, answer: { bankReference: 'FT87654321' } });
    expect(await close({ outcome: 'not_found', day: today, bankReference: 'FT87654321' })).toBe('claim_changed');
  });

  it('is the same when it is said twice; the fourth open one is refused, also when many come at once', async () => {
    const one = await unpaid();
    const first = await raise(one);
    expect((await raise(one)).id).toBe(first.id);
    const ends = await Promise.all([5001, 5002, 5003, 5004].map((last) => code(raise(one, { accountDigits: String(last) }))));
    expect(ends.sort()).toEqual(['claims_too_many', 'claims_too_many', 'done', 'done']);
  });

  it('is refused for what is paid, and for what is no transfer', async () => {
    const one = await unpaid();
    expect(await code(raise(one, { accountDigits: '12' }))).toBe('claim_invalid');
    expect(await code(raise(one, { paidOn: '2026-11-21' as Day }))).toBe('claim_invalid');
    await tell(service, { content: one.reference, amount: 21_000, time: vietnamTimeOf(now) }).expect(200);
    expect(await code(raise(one))).toBe('obligation_already_paid');
    expect(await code(raiseClaim(service.ctx, 'NPXXXXXXXX-no', one.facts))).toBe('pay_page_unknown');
  });

  it('is for the finance desk of its unit alone', async () => {
    const { claim, transactionId } = await proposed();
    const away = person('of_land', 'finance_officer', 'H26.90');
    expect(await code(listClaims(service.ctx, person('of_leader', 'leader'), 'open'))).toBe('role_insufficient');
    expect(await listClaims(service.ctx, away, 'open')).toEqual([]);
    expect(await code(seeClaim(service.ctx, away, claim.id))).toBe('claim_unknown');
    expect(await code(confirmClaim(service.ctx, { ...deciding(claim, away), transactionId }))).toBe('claim_unknown');
  });

  it('stands in the list by its deadline, and in no event', async () => {
    const kept = now;
    const early = await raise(await unpaid());
    now = parseVietnamTime('2026-11-24 09:00:00') ?? now;
    const late = await raise(await unpaid());
    const ids = (await listClaims(service.ctx, maker, 'open')).map(({ claim }) => claim.id);
    expect(ids.indexOf(early.id)).toBeLessThan(ids.indexOf(late.id));
    expect(ids.indexOf(early.id)).toBeGreaterThanOrEqual(0);
    const told = JSON.stringify(await service.ctx.store.tables.events.after(0, {}, 1_000));
    expect(told).not.toContain(early.id);
    expect(told).not.toContain(`"${early.accountDigits}"`);
    now = kept;
  });

  it('is about a basket as well: its transfer is found, attached by two persons, and shared out among the legs', async () => {
    const legs = [await unpaid(), await unpaid()];
    const { payPage, reference } = (await service.call('post', '/api/baskets', { obligationIds: legs.map(({ id }) => id) }).expect(201))
      .body;
    const token = String(payPage).split('/pay/')[1] ?? '';
    const one = { ...(legs[0] as Case), token, facts: { ...(legs[0] as Case).facts, amount: vnd(42_000) } };
    const raised = await raise(one);
    expect(raised.basket).toBe(reference);
    expect((await raise(one)).id).toBe(raised.id);
    await arrives(one, 42_000);
    await search();
    const claim = await claimNow(raised);
    const confirmed = await confirmClaim(service.ctx, { ...deciding(claim, maker), transactionId: claim.transactionId ?? '' });
    await attachClaim(service.ctx, { ...deciding(confirmed, checker), reason });
    expect(await Promise.all(legs.map(statusOf))).toEqual(['paid', 'paid']);
  });
});
