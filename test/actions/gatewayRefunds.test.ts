// Refunds of money that a gateway holds: asked of it after the commit, known again in what it tells, tried again while it is silent, never twice.
import { payBackRefunds } from '../../src/actions/payBackRefunds';
import { recogniseRefunds } from '../../src/actions/recogniseRefunds';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { GatewayRefused, GatewayUnavailable, type Payback } from '../../src/outbound/gateways/gateway';
import { tellStripe } from '../support/gateway';
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { memoryGateway, type MemoryGateway } from '../support/memoryGateway';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { by, keyOf, refundOf } from '../support/refunds';
import { textOf, visitorAt } from '../support/visitor';

const start = instantOf(Date.parse('2026-11-21T03:00:00Z'));
const hourMs = 60 * 60_000;

describe.each(databases)('a refund at a gateway, on %s', (kind) => {
  let service: TestService;
  let stripe: MemoryGateway;
  let now: Instant;
  const asked: Payback[] = [];
  let answer: 'done' | 'pending' | Error = 'done';

  beforeAll(async () => {
    now = start;
    stripe = memoryGateway();
    stripe.gateway.payBack = async (_access, payback) => {
      asked.push(payback);
      if (answer instanceof Error) throw answer;
      return { standing: answer, gatewayReference: `re_${payback.refundId}` };
    };
    service = await openTestService(kind, { replace: { now: () => now, gateways: [stripe.gateway] } });
    await service.ctx.store.transact((tables) =>
      tables.feeds.save({ accountId: 'acc-h26', provider: 'stripe', tokenCiphertext: service.ctx.seal.close('sk_test') }, now),
    );
  });
  afterAll(() => service.end());
  beforeEach(() => {
    asked.length = 0;
    answer = 'done';
  });

  /** Paid online and withdrawn; the refund is approved, without anybody saying where it goes: the gateway knows. */
  const approvedOnline = async (): Promise<{ id: string; obligationId: string; payment: string }> => {
    const { id: obligationId } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const request = (await service.call('post', `/api/obligations/${obligationId}/payment-requests`, { method: 'stripe' }).expect(201))
      .body;
    stripe.pay(request.id, now);
    await stripe.tell(service, request.id);
    const withdrawal = { reason: 'Công dân rút hồ sơ Nguyễn Văn An', refund: true };
    await service.call('post', `/api/obligations/${obligationId}/cancel`, withdrawal, keyOf('quay1')).expect(200);
    const { data } = (await service.call('get', '/api/refunds?state=requested', undefined, keyOf('ketoan')).expect(200)).body;
    const { id } = data.at(-1);
    await by(service, 'ketoantruong', `/api/refunds/${id}/approve`).expect(200);
    return { id, obligationId, payment: `pi_${request.id}` };
  };
  const send = (id: string) => by(service, 'ketoan', `/api/refunds/${id}/send`).expect(200);
  const refundTold = (payment: string, amount = 21_000) =>
    tellStripe(service, 'charge.refunded', {
      id: `ch_${payment}`,
      amount_refunded: amount,
      currency: 'vnd',
      payment_intent: payment,
    }).expect(200);
  const takenBackOf = async (payment: string): Promise<string> => {
    const found = await rowsOf(
      service.config.databaseUrl,
      `SELECT id FROM incoming_transaction WHERE direction = 'out' AND bank_reference = '${payment}'`,
    );
    return String(found[0]?.['id']);
  };
  const strangeMoney = async (): Promise<string> => textOf((await (await visitorAt(service, 'ketoan')).get('/unmatched')).text);
  const booked = () =>
    numberOf(
      service.config.databaseUrl,
      `SELECT coalesce(sum(CASE WHEN debit = 'gateway:stripe' THEN amount ELSE -amount END), 0) FROM posting WHERE 'gateway:stripe' IN (debit, credit)`,
    );
  const sound = async (): Promise<void> => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);

  it('is confirmed by its answer; its webhook afterwards is known as ours, booked once and shown to nobody as strange money', async () => {
    const before = await booked();
    const { id, obligationId, payment } = await approvedOnline();
    expect(await refundOf(service, id)).toMatchObject({ state: 'approved', way: 'gateway' });
    expect((await send(id)).body).toMatchObject({ state: 'confirmed', gatewayReference: `re_${id}` });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ refundId: id, paymentId: payment, by: 'quay1' });
    expect(JSON.stringify(asked[0])).not.toContain('Nguyễn');
    await refundTold(payment);
    expect(await recogniseRefunds(service.ctx)).toBe(1);
    expect(await recogniseRefunds(service.ctx)).toBe(0);
    expect(await booked()).toBe(before);
    for (const strange of ['Tiền cổng thanh toán đã lấy lại', 'Tiền ra khỏi tài khoản'])
      expect(await strangeMoney()).not.toContain(strange);
    expect((await service.call('get', `/api/obligations/${obligationId}`)).body.amounts.refunded).toBe(21_000);
    const refused = await by(service, 'ketoan', `/api/refunds/${id}/take-back`, { reason: 'Nhầm' }).expect(409);
    expect([refused.body.code, (await refundOf(service, id)).next]).toEqual(['refund_confirmed_by_gateway', []]);
    await sound();
  });

  it('that is on its way is confirmed by the webhook', async () => {
    answer = 'pending';
    const { id, payment } = await approvedOnline();
    expect((await send(id)).body.state).toBe('sent');
    await refundTold(payment);
    expect(await recogniseRefunds(service.ctx)).toBe(1);
    expect((await refundOf(service, id)).state).toBe('confirmed');
    expect(await strangeMoney()).not.toContain('Tiền cổng thanh toán đã lấy lại');
    await sound();
    await by(service, 'ketoan', `/api/refunds/${id}/take-back`, { reason: 'Cổng thu lại do khiếu nại thẻ' }).expect(200);
    expect(await recogniseRefunds(service.ctx)).toBe(0);
    expect(await strangeMoney()).toContain('Tiền cổng thanh toán đã lấy lại (1)');
    await sound();
    await by(service, 'ketoan', `/api/refunds/${id}/confirm`, { transactionId: await takenBackOf(payment) }).expect(200);
    expect(await strangeMoney()).not.toContain('Tiền cổng thanh toán đã lấy lại');
    await sound();
  });

  it('is confirmed once where the webhook comes before the answer', async () => {
    const { id, payment } = await approvedOnline();
    const payBack = stripe.gateway.payBack;
    stripe.gateway.payBack = async (access, payback) => {
      await refundTold(payment);
      await recogniseRefunds(service.ctx);
      return payBack(access, payback);
    };
    expect((await send(id)).body.state).toBe('confirmed');
    stripe.gateway.payBack = payBack;
    await sound();
  });

  it('is asked again while the gateway is silent, under the same number, and not after the day is over', async () => {
    answer = new GatewayUnavailable('timeout');
    const { id } = await approvedOnline();
    expect((await send(id)).body).toMatchObject({ state: 'sent', problem: 'timeout' });
    expect((await by(service, 'ketoan', `/api/refunds/${id}/fail`, { reason: 'Chờ lâu' }).expect(409)).body.code).toBe('refund_under_way');
    now = addMs(now, hourMs);
    answer = 'done';
    await Promise.all([payBackRefunds(service.ctx), payBackRefunds(service.ctx)]);
    expect(asked.map(({ refundId }) => refundId)).toEqual([id, id]);
    expect((await refundOf(service, id)).state).toBe('confirmed');
    answer = new GatewayUnavailable('timeout');
    const other = await approvedOnline();
    await send(other.id);
    for (let hours = 0; hours < 20; hours++) {
      now = addMs(now, hourMs);
      await payBackRefunds(service.ctx);
    }
    const tries = asked.length;
    now = addMs(now, 5 * hourMs);
    expect(await payBackRefunds(service.ctx)).toBe(0);
    expect(asked).toHaveLength(tries);
    expect(await refundOf(service, other.id)).toMatchObject({ state: 'sent', problem: 'timeout' });
    await by(service, 'ketoan', `/api/refunds/${other.id}/confirm`, { evidence: 'Trang quản lý của cổng: re_123' }).expect(200);
    await sound();
  });

  it('that nobody asked for is still strange money', async () => {
    const { id, payment } = await approvedOnline();
    await send(id);
    await refundTold(payment);
    await recogniseRefunds(service.ctx);
    await refundTold('pi_of_somebody');
    expect(await recogniseRefunds(service.ctx)).toBe(0);
    expect(await strangeMoney()).toContain('Tiền cổng thanh toán đã lấy lại (1)');
  });

  it.each([
    ['refuses the next try', 1, () => (answer = new GatewayRefused('charge_already_refunded'))],
    ['is not asked before the day is over', 0, () => (now = addMs(now, 24 * hourMs))],
  ])('that may have been paid by a try without an answer is for a person to decide where the gateway %s', async (_, tries, after) => {
    answer = new GatewayUnavailable('timeout');
    const { id } = await approvedOnline();
    await send(id);
    const word = { evidence: 'Trang quản lý của cổng: re_124' };
    expect((await by(service, 'ketoan', `/api/refunds/${id}/confirm`, word).expect(409)).body.code).toBe('refund_under_way');
    asked.length = 0;
    answer = 'done';
    now = addMs(now, hourMs);
    after();
    await payBackRefunds(service.ctx);
    expect(asked).toHaveLength(tries);
    expect(await refundOf(service, id)).toMatchObject({ state: 'sent', next: ['confirm', 'fail'] });
    await by(service, 'ketoan', `/api/refunds/${id}/confirm`, word).expect(200);
    const before = await booked();
    await by(service, 'ketoan', `/api/refunds/${id}/take-back`, { reason: 'Chứng từ của khoản khác' }).expect(200);
    expect((await booked()) - before).toBe(21_000);
    await by(service, 'ketoan', `/api/refunds/${id}/confirm`, word).expect(200);
    expect(await booked()).toBe(before);
    await sound();
  });

  it('that somebody paid back there before is recorded with that movement, and not paid twice', async () => {
    const { id, payment } = await approvedOnline();
    await refundTold(payment);
    const finance = await visitorAt(service, 'ketoan');
    expect(textOf((await finance.get(`/refunds/${id}`)).text)).toContain('chỉ ghi nhận, không chuyển thêm');
    expect((await send(id)).body.state).toBe('confirmed');
    expect(asked).toHaveLength(0);
    expect((await refundOf(service, id)).paidBy).toEqual([{ transactionId: await takenBackOf(payment), amount: 21_000 }]);
    await sound();
  });

  it('is asked for where what was taken back before is another sum', async () => {
    const { id, payment } = await approvedOnline();
    await refundTold(payment, 20_000);
    await send(id);
    expect(asked).toHaveLength(1);
    await by(service, 'ketoan', `/api/transactions/${await takenBackOf(payment)}/explain`, { purpose: 'other', reason: 'Trả nhầm' }).expect(
      200,
    );
    await sound();
  });

  it('is known again beside a movement that somebody explained otherwise', async () => {
    answer = 'pending';
    const [explained, own] = [await approvedOnline(), await approvedOnline()];
    await send(explained.id);
    await send(own.id);
    await refundTold(explained.payment);
    await by(service, 'ketoan', `/api/transactions/${await takenBackOf(explained.payment)}/explain`, {
      ...{ purpose: 'other', reason: 'Nhầm' },
    }).expect(200);
    await refundTold(own.payment);
    expect(await recogniseRefunds(service.ctx)).toBe(1);
    expect([(await refundOf(service, explained.id)).state, (await refundOf(service, own.id)).state]).toEqual(['sent', 'confirmed']);
    await sound();
  });

  it('that the gateway refuses has failed, says why, and its money waits again', async () => {
    answer = new GatewayRefused('charge_already_refunded');
    const { id } = await approvedOnline();
    const { body } = await send(id);
    expect(body.state).toBe('failed');
    expect(body.steps.at(-1)).toMatchObject({ act: 'fail', by: 'system:gateway', reason: 'charge_already_refunded' });
    const { body: credit } = await service.call('get', `/api/transactions/${body.transactionId}`);
    expect(credit).toMatchObject({ state: 'unapplied', unapplied: 21_000 });
    await sound();
  });
});
