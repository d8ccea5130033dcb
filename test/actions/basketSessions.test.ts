// A basket through a gateway: one order for the whole sum, shared out like its QR money; and sums that a gateway does not take.
import { settleSessions } from '../../src/actions/settleSessions';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { brokenLaws } from '../support/books';
import { memoryGateway, type MemoryGateway } from '../support/memoryGateway';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { visitorAt } from '../support/visitor';

interface Leg {
  id: string;
  reference: string;
}

describe.each(databases)('a basket at a gateway on %s', (kind) => {
  let service: TestService;
  let stripe: MemoryGateway;
  let now: Instant = instantOf(Date.parse('2026-11-21T07:00:00Z'));

  beforeAll(async () => {
    stripe = memoryGateway();
    service = await openTestService(kind, { replace: { now: () => now, gateways: [stripe.gateway] } });
    await service.ctx.store.transact((tables) =>
      tables.feeds.save({ accountId: 'acc-h26', provider: 'stripe', tokenCiphertext: service.ctx.seal.close('sk_test') }, now),
    );
  });
  afterAll(() => service.end());

  const issued = async (quantity: number): Promise<Leg> => {
    const fees = [{ feeId: 'CT-2.000815', units: 5, quantity }];
    return (await service.call('post', '/api/obligations', { ...certifiedCopy(), fees }).expect(201)).body;
  };
  const made = async (legs: readonly Leg[]): Promise<{ path: string; reference: string }> => {
    const { payPage, reference } = (await service.call('post', '/api/baskets', { obligationIds: legs.map(({ id }) => id) }).expect(201))
      .body;
    return { path: new URL(payPage).pathname, reference };
  };
  const opened = async (path: string): Promise<string> => {
    const before = new Set(stripe.orders.keys());
    const answer = await (await visitorAt(service)).post(`${path}/sessions`, { method: 'stripe' });
    expect(answer.status).toBe(200);
    const [orderId = ''] = [...stripe.orders.keys()].filter((id) => !before.has(id));
    return orderId;
  };
  const paidOf = async (legs: readonly Leg[]) =>
    Promise.all(
      legs.map(async ({ id }) => {
        const { status, flags, amounts, payments } = (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
        return [status, amounts.paid, amounts.over, flags.join(), payments[0]?.method];
      }),
    );
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 4; round++) await settleSessions(service.ctx, 'stripe');
  };

  it('is one order for the sum of all, and each leg gets its own of it, online and in time', async () => {
    const legs = [await issued(1), await issued(2), await issued(3)];
    const { path } = await made(legs);
    now = addMs(now, 20 * 60_000); // its QR has expired
    const orderId = await opened(path);
    expect(stripe.orders.get(orderId)?.amount.toString()).toBe('42000');
    stripe.pay(orderId, now);
    await stripe.tell(service, orderId);
    expect(await paidOf(legs)).toEqual([7_000, 14_000, 21_000].map((sum) => ['paid', sum, 0, '', 'online']));
    const { text } = await (await visitorAt(service)).get(path).expect(200);
    expect(text).toContain('Đã xong cả 3 khoản');
    await settle();
    expect((await service.ctx.store.tables.onlineSessions.find(orderId))?.state).toBe('paid');
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('is found paid when the webhook never comes', async () => {
    const legs = [await issued(2), await issued(3)];
    const orderId = await opened((await made(legs)).path);
    stripe.pay(orderId, now);
    now = addMs(now, 60_000);
    await settle();
    expect((await paidOf(legs)).map(([status]) => status)).toEqual(['paid', 'paid']);
  });

  it('is ended at the gateway when a leg was paid by itself, because its sum is another', async () => {
    const legs = [await issued(2), await issued(3)];
    const { path } = await made(legs);
    const orderId = await opened(path);
    await settle();
    expect((await service.ctx.store.tables.onlineSessions.find(orderId))?.state).toBe('open');
    await tell(service, { content: legs[0]?.reference ?? '', amount: 14_000, time: '2026-11-21 14:30:00' }).expect(200);
    await settle();
    expect((await service.ctx.store.tables.onlineSessions.find(orderId))?.state).toBe('ended');
    const next = await opened(path);
    expect(stripe.orders.get(next)?.amount.toString()).toBe('21000');
  });

  it('keeps what was too much with one leg, where one was cancelled while the payer paid', async () => {
    const legs = [await issued(2), await issued(3)];
    const orderId = await opened((await made(legs)).path);
    await service.call('post', `/api/obligations/${legs[0]?.id ?? ''}/cancel`, { reason: 'Lập nhầm' }, 'demo-api-key-quay1').expect(200);
    stripe.pay(orderId, now);
    await stripe.tell(service, orderId);
    expect((await paidOf(legs)).map(([status, paid, over]) => [status, paid, over])).toEqual([
      ['cancelled', 0, 14_000],
      ['paid', 21_000, 0],
    ]);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('does not show on the page of one of its legs as a payment for that leg alone', async () => {
    const legs = [await issued(2), await issued(3)];
    const { path } = await made(legs);
    await opened(path);
    const own = (await service.call('get', `/api/obligations/${legs[0]?.id ?? ''}/pay-page`).expect(200)).body.url;
    expect((await (await visitorAt(service)).get(new URL(own).pathname)).text).not.toContain('Tiếp tục');
    expect((await (await visitorAt(service)).get(path)).text).toContain('Tiếp tục');
  });

  it('is not offered for a sum that the gateway does not take, and the page says why', async () => {
    const small = await issued(1);
    const own = (await service.call('get', `/api/obligations/${small.id}/pay-page`).expect(200)).body.url;
    const { text } = await (await visitorAt(service)).get(new URL(own).pathname).expect(200);
    expect(text).not.toContain('value="stripe"');
    expect(text).toMatch(/Thẻ quốc tế \(Stripe\).*từ 13\.000\s₫/s);
    const refused = await service.call('post', `/api/obligations/${small.id}/payment-requests`, { method: 'stripe' }).expect(409);
    expect(refused.body.code).toBe('amount_unfit_for_gateway');
  });
});
