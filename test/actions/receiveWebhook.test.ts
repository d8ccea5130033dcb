// Receiving: the bytes are kept before anything is judged, whatever happens afterwards.
import request from 'supertest';
import { sweepDeliveries } from '../../src/actions/sweepDeliveries';
import { providerNamed } from '../../webhooks';
import type { Provider } from '../../webhooks/provider';
import { signSepay } from '../../webhooks/sepay/signature';
import { tell } from '../support/bank';
import { brokenLaws, numberOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

describe.each(databases)('a webhook on %s', (kind) => {
  let service: TestService;
  let broken: boolean;
  /** SePay, but with a bug in our reading of it while `broken`. */
  const faulty: Provider = {
    ...(providerNamed('sepay') as Provider),
    normalise: (message) => {
      if (broken) throw new TypeError('a bug');
      return (providerNamed('sepay') as Provider).normalise(message);
    },
  };
  beforeAll(async () => {
    broken = false;
    service = await openTestService(kind, { replace: { providerNamed: (name) => (name === 'sepay' ? faulty : undefined) } });
  });
  afterAll(() => service.end());

  const count = (text: string) => numberOf(service.config.databaseUrl, text);

  it('that we cannot read is acknowledged and kept for a person', async () => {
    const body = Buffer.from('{"id": 1, "what": ');
    const send = () =>
      request(service.server)
        .post('/webhooks/sepay')
        .set(signSepay(body, 'demo-secret-sepay', service.ctx.now()))
        .send(body.toString());
    await send().expect(200, { success: true });
    await send().expect(200, { success: true });
    expect(await count(`SELECT count(*) FROM delivery WHERE state = 'unreadable' AND times = 2`)).toBe(1);
  });

  it('that trips over a bug of ours is acknowledged and kept, and applied once the bug is gone', async () => {
    const { body } = await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    broken = true;
    await tell(service, { content: body.reference, amount: 21_000 }).expect(200, { success: true });
    expect(await count(`SELECT count(*) FROM delivery WHERE state = 'failed'`)).toBe(1);
    expect((await service.call('get', `/api/obligations/${body.id}`)).body.status).toBe('open');

    broken = false;
    expect(await sweepDeliveries(service.ctx)).toBe(1);
    expect(await sweepDeliveries(service.ctx)).toBe(0);
    expect((await service.call('get', `/api/obligations/${body.id}`)).body.status).toBe('paid');
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('is kept without the key by which the sender proved itself', async () => {
    const body = JSON.stringify({
      id: 5,
      gateway: 'VCB',
      transactionDate: '2026-11-22 08:00:00',
      accountNumber: '1026101000',
      content: 'x',
      transferType: 'in',
      transferAmount: 1,
    });
    await request(service.server).post('/webhooks/sepay').set('authorization', 'Apikey demo-secret-sepay').send(body).expect(200);
    expect(await count(`SELECT count(*) FROM delivery WHERE headers LIKE '%demo-secret%'`)).toBe(0);
  });
});
