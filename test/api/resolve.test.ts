// Finding a home for money over HTTP, and taking it back: every đồng stays explained after each step, on both databases.
import { addMs } from '../../src/domain/time';
import { tell, type Transfer } from '../support/bank';
import { brokenLaws, numberOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const finance = 'demo-api-key-ketoan';
const reason = 'theo giấy nộp tiền của công dân';

describe.each(databases)('money without a home on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());
  afterEach(async () => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]));

  const issued = async (changes: object = {}) => (await service.call('post', '/api/obligations', certifiedCopy(changes)).expect(201)).body;
  const obligation = async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
  const transaction = async (id: string) => (await service.call('get', `/api/transactions/${id}`).expect(200)).body;

  let told = 7_000_000;
  /** The id of a transfer that has just been told. */
  async function arrived(transfer: Transfer): Promise<string> {
    const id = ++told;
    await tell(service, { ...transfer, id }).expect(200);
    return (await service.call('get', `/api/transactions?q=FT${id}`).expect(200)).body.data[0].id;
  }
  const lost = (amount: number) => arrived({ content: 'nop phi', amount });
  let sent = 0;
  const send = (what: 'resolve' | 'undo', id: string, body: object, key = finance) =>
    service.call('post', `/api/transactions/${id}/${what}`, body, key).set('idempotency-key', `decision ${++sent}`);
  /** Decides, and sees that the books are sound after it. */
  async function done(what: 'resolve' | 'undo', id: string, body: object) {
    const answer = await send(what, id, { reason, ...body }).expect(200);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
    return answer.body;
  }
  const allocated = (id: string, obligationId: string, amount?: number) =>
    done('resolve', id, { action: 'allocate', obligationId, ...(amount ? { amount } : {}) });
  const undone = (id: string) => done('undo', id, {});

  describe('is resolved', () => {
    it('by giving all of it to an obligation, with the person and the reason', async () => {
      const [id, { id: obligationId }] = [await lost(21_000), await issued()];
      expect(await allocated(id, obligationId)).toMatchObject({
        state: 'resolved',
        applied: 21_000,
        unapplied: 0,
        allocations: [{ obligationId, amount: 21_000, excess: 0 }],
        resolutions: [{ action: 'allocate', obligationId, amount: 21_000, reason, by: 'of-ketoan' }],
      });
      expect(await obligation(obligationId)).toMatchObject({ status: 'paid', payments: [{ transactionId: id, amount: 21_000 }] });
    });

    it('by no more than the obligation owes where no amount is said; the rest waits', async () => {
      const [id, { id: obligationId }] = [await lost(30_000), await issued()];
      expect(await allocated(id, obligationId)).toMatchObject({
        state: 'unapplied',
        applied: 21_000,
        unapplied: 9_000,
        why: 'no_reference',
      });
    });

    it('by splitting it over two obligations', async () => {
      const [id, first, second] = [await lost(30_000), await issued(), await issued()];
      expect(await allocated(id, first.id, 21_000)).toMatchObject({ state: 'unapplied', unapplied: 9_000 });
      expect(await allocated(id, second.id, 9_000)).toMatchObject({ state: 'resolved', unapplied: 0 });
      expect([(await obligation(first.id)).status, (await obligation(second.id)).status]).toEqual(['paid', 'part_paid']);
    });

    it('by asking for its refund, and by saying that it is not ours', async () => {
      const id = await lost(10_000);
      expect(await done('resolve', id, { action: 'refund', amount: 4_000 })).toMatchObject({ state: 'unapplied', toRefund: 4_000 });
      expect(await done('resolve', id, { action: 'not_ours' })).toMatchObject({ state: 'resolved', toRefund: 4_000, notOurs: 6_000 });
      expect(
        await numberOf(service.config.databaseUrl, `SELECT count(*) FROM refund WHERE transaction_id = '${id}' AND amount = 4000`),
      ).toBe(1);
    });

    it('by giving what one obligation had too much to another', async () => {
      const [first, second] = [await issued(), await issued()];
      const id = await arrived({ content: first.reference, amount: 30_000 });
      expect((await obligation(first.id)).status).toBe('overpaid');
      await allocated(id, second.id, 5_000);
      expect((await obligation(first.id)).amounts).toMatchObject({ paid: 21_000, over: 4_000 });
      expect(await allocated(id, second.id)).toMatchObject({ state: 'resolved', applied: 30_000 });
      expect([(await obligation(first.id)).status, (await obligation(second.id)).amounts.paid]).toEqual(['paid', 9_000]);
    });

    it('with what is odd about it, as if the service had matched it: it came late, and to the account of another agency', async () => {
      const offered = await issued();
      await service.call('post', `/api/obligations/${offered.id}/payment-requests`, { method: 'vietqr' }).expect(201);
      const late = await arrived({ content: 'nop phi', amount: 5_000, time: '2099-01-01 10:00:00' });
      await allocated(late, offered.id);
      expect((await obligation(offered.id)).flags).toEqual(['late']);
      const elsewhere = await arrived({ content: 'nop phi', amount: 6_000, accountNumber: '21610026900' });
      await allocated(elsewhere, offered.id);
      expect(await obligation(offered.id)).toMatchObject({
        flags: ['late', 'wrong_account'],
        payments: [
          { amount: 6_000, flags: ['wrong_account'] },
          { amount: 5_000, flags: ['late'] },
        ],
      });
      await undone(elsewhere);
      await undone(late);
      expect((await obligation(offered.id)).flags).toEqual([]);
    });

    it('by sending back a second payment, after which the obligation is simply paid', async () => {
      const { id: obligationId, reference } = await issued();
      await arrived({ content: reference, amount: 21_000 });
      const id = await arrived({ content: reference, amount: 21_000 });
      expect(await transaction(id)).toMatchObject({ state: 'unapplied', why: 'duplicate' });
      await done('resolve', id, { action: 'refund' });
      expect(await obligation(obligationId)).toMatchObject({ status: 'paid', flags: [], amounts: { over: 0 } });
    });

    it('once for one Idempotency-Key, however often it is sent', async () => {
      const [id, { id: obligationId }] = [await lost(21_000), await issued()];
      const body = { action: 'allocate', obligationId, amount: 10_000, reason };
      const answers = await Promise.all(Array.from({ length: 4 }, () => send('resolve', id, body).set('idempotency-key', `split-${kind}`)));
      expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
      expect(await transaction(id)).toMatchObject({ applied: 10_000, unapplied: 11_000 });
    });

    it('by one of two who decide at once over all of it', async () => {
      const [id, first, second] = [await lost(21_000), await issued(), await issued()];
      const answers = await Promise.all(
        [first, second].map((one) => send('resolve', id, { action: 'allocate', obligationId: one.id, amount: 21_000, reason })),
      );
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
      expect(await transaction(id)).toMatchObject({ state: 'resolved', applied: 21_000 });
    });
  });

  describe('is refused a decision', () => {
    async function refused(id: string, body: object, status: number, code: string, key = finance): Promise<void> {
      const answer = await send('resolve', id, { reason, ...body }, key);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    const to = (obligationId: string, amount?: number) => ({ action: 'allocate', obligationId, ...(amount ? { amount } : {}) });

    it('of a system, of a role that may not, and of another agency', async () => {
      const id = await lost(1_000);
      await refused(id, { action: 'refund' }, 403, 'person_required', 'demo-api-key');
      for (const login of ['quay1', 'lanhdao', 'thanhtra', 'quantri']) {
        await refused(id, { action: 'refund' }, 403, 'role_insufficient', `demo-api-key-${login}`);
      }
      expect((await send('undo', id, { reason }, 'demo-api-key')).body.code).toBe('person_required');
      expect((await send('undo', id, { reason }, 'demo-api-key-quay1')).body.code).toBe('role_insufficient');
    });

    it('without a reason, without a target, or with a target where none belongs', async () => {
      const [id, { id: obligationId }] = [await lost(1_000), await issued()];
      await refused(id, { action: 'refund', reason: '  ' }, 400, 'request_invalid');
      await refused(id, { action: 'allocate' }, 400, 'request_invalid');
      await refused(id, { action: 'refund', obligationId }, 400, 'request_invalid');
      await refused(id, { ...to(obligationId), amount: 0 }, 400, 'request_invalid');
      await refused(id, { action: 'give' }, 400, 'request_invalid');
    });

    it('over more than has no home, or more than is owed', async () => {
      const [small, large, { id: obligationId }] = [await lost(1_000), await lost(50_000), await issued()];
      await refused(small, to(obligationId, 1_001), 409, 'amount_over_unapplied');
      await refused(small, { action: 'refund', amount: 1_001 }, 409, 'amount_over_unapplied');
      await refused(large, to(obligationId, 21_001), 409, 'amount_over_outstanding');
    });

    it('for an obligation that is paid, cancelled, free or unknown', async () => {
      const [id, paid, cancelled] = [await lost(50_000), await issued(), await issued()];
      await arrived({ content: paid.reference, amount: 21_000 });
      await service.call('post', `/api/obligations/${cancelled.id}/cancel`, { reason: 'rút hồ sơ' }, finance).expect(200);
      await refused(id, to(paid.id), 409, 'obligation_already_paid');
      await refused(id, to(cancelled.id), 409, 'obligation_cancelled');
      await refused(id, to('ob_none'), 404, 'obligation_unknown');
    });

    it('where nothing waits, where nothing came to us, and where there is nothing', async () => {
      const { reference } = await issued();
      const applied = await arrived({ content: reference, amount: 21_000 });
      await refused(applied, { action: 'refund' }, 409, 'transaction_already_resolved');
      await tell(service, { content: 'chi tien dien', amount: 9_000, transferType: 'out', id: ++told }).expect(200);
      const [outgoing] = await service.ctx.store.tables.transactions.list({ states: ['outgoing'] }, 1);
      await refused(outgoing?.id ?? '', { action: 'refund' }, 409, 'transaction_not_resolvable');
      expect(await transaction(outgoing?.id ?? '')).toMatchObject({ applied: 0, unapplied: 0 });
      await refused('tx_none', { action: 'refund' }, 404, 'transaction_unknown');
    });
  });

  describe('is taken back', () => {
    it('from an obligation, which is open again', async () => {
      const [id, { id: obligationId }] = [await lost(21_000), await issued()];
      await allocated(id, obligationId);
      expect(await undone(id)).toMatchObject({
        state: 'unapplied',
        why: 'taken_back',
        unapplied: 21_000,
        allocations: [],
        resolutions: [{ action: 'allocate' }, { action: 'undo', amount: 21_000, reason }],
      });
      expect(await obligation(obligationId)).toMatchObject({ status: 'open', payments: [] });
      expect(await allocated(id, obligationId)).toMatchObject({ state: 'resolved' });
    });

    it('from the refund and from what was not ours, the last decision first', async () => {
      const id = await lost(10_000);
      await done('resolve', id, { action: 'refund', amount: 4_000 });
      await done('resolve', id, { action: 'not_ours' });
      expect(await undone(id)).toMatchObject({ toRefund: 4_000, notOurs: 0, unapplied: 6_000 });
      expect(await undone(id)).toMatchObject({ toRefund: 0, unapplied: 10_000 });
      expect(
        await numberOf(service.config.databaseUrl, `SELECT count(*) FROM refund WHERE transaction_id = '${id}' AND state = 'withdrawn'`),
      ).toBe(1);
      const answer = await send('undo', id, { reason });
      expect([answer.status, answer.body.code]).toEqual([409, 'resolution_unknown']);
    });

    it('from what the service had matched by itself', async () => {
      const [first, second] = [await issued(), await issued()];
      const id = await arrived({ content: first.reference, amount: 21_000 });
      expect(await undone(id)).toMatchObject({ state: 'unapplied', unapplied: 21_000, resolutions: [{ action: 'undo', amount: 21_000 }] });
      expect((await obligation(first.id)).status).toBe('open');
      expect(await allocated(id, second.id)).toMatchObject({ state: 'resolved' });
      expect((await obligation(second.id)).status).toBe('paid');
    });

    it('and given back to the obligation that had too much of it', async () => {
      const [first, second] = [await issued(), await issued()];
      const id = await arrived({ content: first.reference, amount: 30_000 });
      await allocated(id, second.id);
      expect(await undone(id)).toMatchObject({ applied: 21_000, unapplied: 9_000 });
      expect((await obligation(first.id)).amounts).toMatchObject({ paid: 21_000, over: 9_000 });
      expect((await obligation(second.id)).status).toBe('open');
    });

    it('and what another credit had brought too much takes its place', async () => {
      const { id: obligationId, reference } = await issued();
      const first = await arrived({ content: reference, amount: 21_000 });
      const second = await arrived({ content: reference, amount: 30_000 });
      expect(await undone(first)).toMatchObject({ state: 'unapplied', unapplied: 21_000 });
      expect(await transaction(second)).toMatchObject({ state: 'unapplied', applied: 21_000, unapplied: 9_000 });
      expect(await obligation(obligationId)).toMatchObject({ status: 'overpaid', flags: [], amounts: { paid: 21_000, over: 9_000 } });
      expect(await undone(second)).toMatchObject({ unapplied: 30_000, allocations: [] });
      expect((await obligation(obligationId)).status).toBe('open');
    });

    it('and stays where it is owed by now, when the obligation that it was too much for has lost its first payment', async () => {
      const [first, second] = [await issued(), await issued()];
      const paying = await arrived({ content: first.reference, amount: 21_000 });
      const id = await arrived({ content: first.reference, amount: 21_000 });
      await allocated(id, second.id, 4_000);
      await undone(paying);
      expect((await obligation(first.id)).amounts).toMatchObject({ paid: 17_000, over: 0 });
      expect(await undone(id)).toMatchObject({ state: 'applied', applied: 21_000 });
      expect((await obligation(first.id)).amounts).toMatchObject({ paid: 21_000, over: 0 });
    });

    it('in the order of the decisions, also when the clock is put back', async () => {
      let now = service.ctx.now();
      const back = await openTestService(kind, { replace: { now: () => now } });
      await tell(back, { content: 'nop phi', amount: 5_000 }).expect(200);
      const [{ id }] = (await back.call('get', '/api/transactions')).body.data;
      for (const [decisionsSeen, amount] of [1_000, 2_000].entries()) {
        now = addMs(now, -60_000);
        const decision = { action: 'refund', amount, reason, decisionsSeen };
        await back.call('post', `/api/transactions/${id}/resolve`, decision, finance).expect(200);
      }
      const { body } = await back.call('post', `/api/transactions/${id}/undo`, { reason, decisionsSeen: 2 }, finance).expect(200);
      expect([body.toRefund, await brokenLaws(back.config.databaseUrl)]).toEqual([1_000, []]);
      await back.end();
    });
  });
});
