// Receiving: the bytes are kept before anything is judged, whatever happens afterwards.
import request from 'supertest';
import { retireSecrets } from '../../src/actions/retireSecrets';
import { rotateSecret } from '../../src/actions/rotateSecret';
import { sweepDeliveries } from '../../src/actions/sweepDeliveries';
import type { Actor } from '../../src/domain/role';
import { providerNamed } from '../../webhooks';
import type { Provider } from '../../webhooks/provider';
import { signSepay } from '../../webhooks/sepay/signature';
import { tell, transferBody } from '../support/bank';
import { brokenLaws, numberOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { refuseDeliveries, takeDeliveries } from '../support/refusingTable';

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

  it('that the table refuses is answered 503 by itself, and the bank tells again; those that came with it are booked', async () => {
    const url = service.config.databaseUrl;
    await refuseDeliveries(kind, url);
    const bodies = Array.from({ length: 12 }, (_, place) => transferBody({ content: `phi ${place}`, amount: 1_000 + place }));
    const send = (place: number) =>
      request(service.server)
        .post(place === 5 ? '/webhooks/sepay?refused' : '/webhooks/sepay')
        .set(signSepay(bodies[place] ?? Buffer.alloc(0), 'demo-secret-sepay', service.ctx.now()))
        .send(bodies[place]?.toString());
    const answers = await Promise.all(bodies.map((_, place) => send(place)));
    expect(answers.map((answer) => answer.status)).toEqual(bodies.map((_, place) => (place === 5 ? 503 : 200)));
    expect([answers[5]?.headers['retry-after'], answers[5]?.body.code]).toEqual(['5', 'store_busy']);
    await takeDeliveries(kind, url);
    await send(5).expect(200, { success: true });
    expect(await count('SELECT count(*) FROM incoming_transaction WHERE amount BETWEEN 1000 AND 1011')).toBe(12);
  });
});

const administrator: Actor = { kind: 'person', officerId: 'of-quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26' };

describe.each(databases)('a webhook that is applied later than it came, on %s', (kind) => {
  const wish = { actor: administrator, accountId: 'acc-h26-101', provider: 'sepay' };
  let service: TestService;
  let broken: boolean;
  const faulty: Provider = {
    ...(providerNamed('sepay') as Provider),
    normalise: (message) => {
      if (broken) throw new TypeError('a bug');
      return (providerNamed('sepay') as Provider).normalise(message);
    },
  };
  beforeEach(async () => {
    broken = false;
    service = await openTestService(kind, { replace: { providerNamed: (name) => (name === 'sepay' ? faulty : undefined) } });
  });
  afterEach(() => service.end());

  /** What becomes of a fee whose payment, signed with the shared secret, was kept and is applied only after `between`. */
  async function paidLate(between: () => Promise<unknown>): Promise<unknown> {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    broken = true;
    await tell(service, { content: reference, amount: 21_000 }).expect(200, { success: true });
    broken = false;
    await aMillisecond();
    await between();
    expect(await sweepDeliveries(service.ctx)).toBe(1);
    return (await service.call('get', `/api/obligations/${id}`)).body.status;
  }
  const aMillisecond = () => new Promise((resolve) => setTimeout(resolve, 2));

  it('pays the fee though the account was given a secret of its own in between', async () => {
    expect(await paidLate(() => rotateSecret(service.ctx, { ...wish, secret: 'first-secret' }))).toBe('paid');
  });

  it('pays nothing where the account had a secret of its own by then, whatever replaced that one since', async () => {
    await rotateSecret(service.ctx, { ...wish, secret: 'first-secret' });
    await aMillisecond();
    const rotated = async () => {
      const keepId = await rotateSecret(service.ctx, { ...wish, secret: 'second-secret' });
      await retireSecrets(service.ctx, { ...wish, keepId });
    };
    expect(await paidLate(rotated)).toBe('open');
    expect(await numberOf(service.config.databaseUrl, `SELECT count(*) FROM incoming_transaction WHERE scope = 'foreign:default'`)).toBe(1);
  });
});
