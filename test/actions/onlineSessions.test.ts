// Online payment sessions: whatever the payer, the gateway and the line between us do, the books are right and nothing ends unasked.
import { settleSessions } from '../../src/actions/settleSessions';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { memoryGateway, type MemoryGateway } from '../support/memoryGateway';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const minuteMs = 60_000;
const start = instantOf(Date.parse('2026-11-21T07:00:00Z'));

describe.each(databases)('an online payment session on %s', (kind) => {
  let service: TestService;
  let stripe: MemoryGateway;
  let now: Instant;

  beforeAll(async () => {
    now = start;
    stripe = memoryGateway();
    service = await openTestService(kind, { replace: { now: () => now, gateways: [stripe.gateway] } });
    await service.ctx.store.transact((tables) =>
      tables.feeds.save({ accountId: 'acc-h26', provider: 'stripe', tokenCiphertext: service.ctx.seal.close('sk_test') }, now),
    );
  });
  afterAll(() => service.end());
  beforeEach(() => Object.assign(stripe, { trouble: 'none', endsSessions: true, asked: [] }));

  const issued = async (): Promise<{ id: string; reference: string }> =>
    (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  const opened = async (id: string): Promise<{ id: string; redirectUrl: string; status: string }> =>
    (await service.call('post', `/api/obligations/${id}/payment-requests`, { method: 'stripe' }).expect(201)).body;
  const seen = async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
  const sessionOf = (requestId: string) => service.ctx.store.tables.onlineSessions.find(requestId);
  const later = (ms: number): void => void (now = addMs(now, ms));
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 4; round++) await settleSessions(service.ctx, 'stripe');
  };

  it('is opened for what is outstanding, under the id of its payment request', async () => {
    const { id, reference } = await issued();
    const request = await opened(id);
    expect(request.redirectUrl).toBe(`https://gateway.test/${request.id}`);
    const order = stripe.orders.get(request.id);
    expect(order?.amount.toString()).toBe('21000');
    expect(order?.reference).toBe(reference);
    expect(order?.returnUrl).toMatch(/\/pay\/NP\w{8}-[\w-]{27}\/back$/);
  });

  it('pays its obligation when the webhook tells of it, online and in time', async () => {
    const { id } = await issued();
    const request = await opened(id);
    stripe.pay(request.id, now);
    await stripe.tell(service, request.id);
    expect(await seen(id)).toMatchObject({ status: 'paid', flags: [], payments: [{ method: 'online', amount: 21_000 }] });
    await settle();
    expect((await sessionOf(request.id))?.state).toBe('paid');
    expect((await seen(id)).payments).toHaveLength(1);
  });

  it('pays its obligation when the webhook never comes: the gateway is asked', async () => {
    const { id } = await issued();
    const request = await opened(id);
    stripe.pay(request.id, now);
    later(minuteMs);
    await settle();
    expect(await seen(id)).toMatchObject({ status: 'paid', flags: [] });
    expect((await sessionOf(request.id))?.state).toBe('paid');
  });

  it('does not change when the browser comes back, but the gateway is asked at once', async () => {
    const { id } = await issued();
    const request = await opened(id);
    await settle();
    const { url } = (await service.call('get', `/api/obligations/${id}/pay-page`).expect(200)).body;
    const back = `${new URL(url).pathname}/back?session_id=cs_1&vnp_ResponseCode=00&status=PAID&code=00`;
    await service.call('get', back).expect(303);
    expect((await seen(id)).status).toBe('open');
    expect((await sessionOf(request.id))?.state).toBe('open');
    stripe.asked.length = 0;
    await settleSessions(service.ctx, 'stripe');
    expect(stripe.asked).toContain(request.id);
  });

  it('ends when its time is over, and not before the gateway said that nothing was paid', async () => {
    const { id } = await issued();
    const request = await opened(id);
    later(36 * minuteMs);
    stripe.trouble = 'silent';
    await settle();
    expect((await sessionOf(request.id))?.state).toBe('open');
    stripe.trouble = 'none';
    later(6 * minuteMs);
    await settle();
    expect((await sessionOf(request.id))?.state).toBe('ended');
    expect(stripe.orders.get(request.id)?.state).toBe('ended');
  });

  it('is paid, not ended, when asking at its end brings a payment that nobody told of', async () => {
    const { id } = await issued();
    const request = await opened(id);
    later(30 * minuteMs);
    stripe.pay(request.id, now);
    later(10 * minuteMs);
    await settle();
    expect((await sessionOf(request.id))?.state).toBe('paid');
    expect(await seen(id)).toMatchObject({ status: 'paid', flags: [] });
  });

  it('stands beside a second one; the one that is paid wins, and the other is ended at the gateway', async () => {
    const { id } = await issued();
    const first = await opened(id);
    const second = await opened(id);
    expect(second.id).not.toBe(first.id);
    stripe.pay(second.id, now);
    await stripe.tell(service, second.id);
    await settle();
    expect(stripe.orders.get(first.id)?.state).toBe('ended');
    expect((await sessionOf(first.id))?.state).toBe('ended');
    expect(stripe.pay(first.id, now)).toBe(false);
  });

  it('paid beside another that is paid too is a duplicate, held for a refund', async () => {
    const { id } = await issued();
    const [first, second] = [await opened(id), await opened(id)];
    stripe.pay(first.id, now);
    stripe.pay(second.id, addMs(now, 1000));
    await stripe.tell(service, first.id);
    await stripe.tell(service, second.id);
    await settle();
    expect(await seen(id)).toMatchObject({ status: 'overpaid', flags: ['duplicate'], amounts: { paid: 21_000, over: 21_000 } });
  });

  it('is ended at the gateway when its obligation is paid by QR', async () => {
    const { id, reference } = await issued();
    const request = await opened(id);
    await tell(service, { content: reference, amount: 21_000, accountNumber: '1026101000' }).expect(200);
    await settle();
    expect(stripe.orders.get(request.id)?.state).toBe('ended');
  });

  it('is ended at the gateway when a part of its sum came otherwise', async () => {
    const { id, reference } = await issued();
    const request = await opened(id);
    await tell(service, { content: reference, amount: 1_000, accountNumber: '1026101000' }).expect(200);
    await settle();
    expect(stripe.orders.get(request.id)?.state).toBe('ended');
    expect((await opened(id)).id).not.toBe(request.id);
  });

  it('is ended at the gateway when its obligation is cancelled', async () => {
    const { id } = await issued();
    const request = await opened(id);
    await service.call('post', `/api/obligations/${id}/cancel`, { reason: 'Lập nhầm' }, 'demo-api-key-quay1').expect(200);
    await settle();
    expect(stripe.orders.get(request.id)?.state).toBe('ended');
  });

  it('takes late money as late', async () => {
    const { id } = await issued();
    const request = await opened(id);
    stripe.endsSessions = false;
    later(40 * minuteMs);
    stripe.pay(request.id, now);
    await stripe.tell(service, request.id);
    expect(await seen(id)).toMatchObject({ status: 'paid', flags: ['late'] });
  });

  it('of a gateway that knows no end is over a while after its time, and asked until then', async () => {
    const { id } = await issued();
    const request = await opened(id);
    stripe.endsSessions = false;
    later(40 * minuteMs);
    await settle();
    expect((await sessionOf(request.id))?.state).toBe('open');
    later(15 * minuteMs);
    await settle();
    expect((await sessionOf(request.id))?.state).toBe('ended');
  });

  it('that is over is asked about by the pulls for some hours more, and not for weeks', async () => {
    const { id } = await issued();
    const request = await opened(id);
    later(60 * minuteMs);
    await settle();
    const asked = async (hours: number): Promise<boolean> => {
      const { listUnpaidOrders } = service.ctx.store.tables.paymentRequests;
      const orders = await listUnpaidOrders('stripe', [start, now], addMs(now, -hours * 60 * minuteMs), undefined, 1_000);
      return orders.some(({ orderId }) => orderId === request.id);
    };
    expect((await sessionOf(request.id))?.state).toBe('ended');
    expect([await asked(6), await asked(0.5)]).toEqual([true, false]);
  });

  it('that the gateway refuses is over at once, and another way can be chosen', async () => {
    const { id } = await issued();
    stripe.trouble = 'refuses';
    const refused = await service.call('post', `/api/obligations/${id}/payment-requests`, { method: 'stripe' }).expect(502);
    expect(refused.body.code).toBe('gateway_refused');
    await service.call('post', `/api/obligations/${id}/payment-requests`, { method: 'vietqr' }).expect(201);
  });

  it('that the gateway took without answering is found by asking, and can be paid by nobody who was not sent there', async () => {
    const { id } = await issued();
    stripe.trouble = 'silent_after_taking';
    const refused = await service.call('post', `/api/obligations/${id}/payment-requests`, { method: 'stripe' }).expect(503);
    expect(refused.body.code).toBe('gateway_unavailable');
    stripe.trouble = 'none';
    const [session] = await service.ctx.store.tables.onlineSessions.ofObligation(id);
    expect(session).toMatchObject({ state: 'opening', problem: expect.stringContaining('unavailable') });
    stripe.pay(session?.orderId ?? '', now);
    later(minuteMs);
    await settle();
    expect((await seen(id)).status).toBe('paid');
  });

  it('is not opened where the gateway is not connected, nor for a foreign agency, nor endlessly', async () => {
    const { id } = await issued();
    const call = (method: string) => service.call('post', `/api/obligations/${id}/payment-requests`, { method });
    expect((await call('payos').expect(409)).body.code).toBe('method_unavailable');
    for (let count = 0; count < 8; count++) await opened(id);
    expect((await call('stripe').expect(409)).body.code).toBe('sessions_too_many');
  });

  it('is one and the same for the same Idempotency-Key, with its address', async () => {
    const { id } = await issued();
    const ask = (body: object) =>
      service.call('post', `/api/obligations/${id}/payment-requests`, body).set('idempotency-key', `session-${id}`);
    const first = await ask({ method: 'stripe' }).expect(201);
    expect(first.body.redirectUrl).toMatch(/^https:\/\/gateway\.test\//);
    expect((await ask({ method: 'stripe' }).expect(201)).body).toEqual(first.body);
    expect(await service.ctx.store.tables.onlineSessions.ofObligation(id)).toHaveLength(1);
    await ask({ method: 'vietqr' }).expect(409);
  });

  it('leaves the QR beside it open, and the QR leaves it open', async () => {
    const { id } = await issued();
    const request = await opened(id);
    await service.call('post', `/api/obligations/${id}/payment-requests`, { method: 'vietqr' }).expect(201);
    await settle();
    expect((await sessionOf(request.id))?.state).toBe('open');
    const requests = await service.ctx.store.tables.paymentRequests.ofObligation(id);
    expect(requests.map(({ closed }) => closed)).toEqual([undefined, undefined]);
  });
});
