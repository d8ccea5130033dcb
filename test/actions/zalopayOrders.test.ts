// ZaloPay's orders: each id begins with the day, as ZaloPay demands, and what we gave stands behind it.
import { createHmac } from 'node:crypto';
import request from 'supertest';
import { epochMsOf } from '../../src/domain/time';
import { brokenLaws } from '../support/books';
import { offeredOrder } from '../support/gateway';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

describe.each(databases)('money that ZaloPay holds on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());
  afterEach(async () => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]));

  let number = 261_122_000_000;
  function told(app_trans_id: string) {
    const payment = { app_id: 2553, app_trans_id, amount: 21_000, zp_trans_id: ++number, server_time: epochMsOf(service.ctx.now()) };
    const data = JSON.stringify(payment);
    const mac = createHmac('sha256', 'demo-secret-zalopay').update(data).digest('hex');
    return request(service.server).post('/webhooks/zalopay').send({ data, mac, type: 1 }).expect(200);
  }
  const statusOf = async (id: string) => (await service.call('get', `/api/obligations/${id}`)).body.status;

  it('pays the payment request whose id stands behind the day', async () => {
    const { id, orderId } = await offeredOrder(service, 'acc-h26-101');
    await told(`261122_${orderId}`);
    expect(await statusOf(id)).toBe('paid');
  });

  it('pays the obligation whose reference stands behind the day', async () => {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await told(`261122_${reference}`);
    expect(await statusOf(id)).toBe('paid');
  });

  it('is kept for a person where the order is another', async () => {
    const { orderId } = await offeredOrder(service, 'acc-h26-101');
    await told(`261122_${orderId.slice(0, -1)}`);
    const waiting = (await service.call('get', '/api/transactions?state=unapplied')).body.data;
    expect(waiting).toMatchObject([{ orderId: orderId.slice(0, -1), why: 'unknown_order' }]);
  });
});
