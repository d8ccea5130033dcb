// Events to a subscriber: signed, at least once, in order for each obligation, with retries; nobody hears of what did not happen.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { deliverEvents } from '../../src/actions/deliverEvents';
import { subscribe } from '../../src/actions/subscribe';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { rowsOf } from '../support/books';
import { certifiedCopy, openTestService, type TestService } from '../support/office';

const secret = 'demo-secret-subscriber-of-at-least-24-bytes';

describe('a subscriber', () => {
  let listener: Server;
  let service: TestService;
  let now: Instant;
  let heard: { id: string; body: { type: string; data: { id: string } } }[];
  let answer: number;

  beforeEach(async () => {
    heard = [];
    answer = 200;
    now = instantOf(Date.now());
    listener = createServer((req, res) => void hear(req, res));
    const hear = async (req: IncomingMessage, res: ServerResponse) => {
      let text = '';
      for await (const chunk of req) text += String(chunk);
      const headers = Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, String(value)]));
      new Webhook(Buffer.from(secret).toString('base64')).verify(text, headers);
      heard.push({ id: String(headers['webhook-id']), body: JSON.parse(text) });
      res.writeHead(answer).end();
    };
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/events`;
    service = await openTestService('SQLite', { config: { subscriber: { url, secret } }, replace: { now: () => now } });
    await subscribe(service.ctx);
  });
  afterEach(async () => {
    await service.end();
    listener.close();
  });

  const types = () => heard.map((event) => event.body.type);
  async function deliverAll(): Promise<void> {
    while ((await deliverEvents(service.ctx)) > 0);
  }

  it('hears of an obligation from issue to payment, in order, each event once', async () => {
    const { body } = await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    await tell(service, { content: body.reference, amount: 1_000 }).expect(200);
    await tell(service, { content: body.reference, amount: 20_000 }).expect(200);
    await deliverAll();
    await deliverAll();
    expect(types()).toEqual(['obligation.issued', 'obligation.part_paid', 'obligation.paid']);
  });

  it('hears again after a failure, under the same id and not before its time', async () => {
    await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    answer = 500;
    await deliverAll();
    answer = 200;
    await deliverAll();
    expect(heard).toHaveLength(1);
    now = addMs(now, 6_000);
    await deliverAll();
    expect(heard.map((event) => event.id)).toEqual([heard[0]?.id, heard[0]?.id]);
  });

  it('does not hear the second event of an obligation before the first one, while another obligation goes on', async () => {
    const { body } = await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    answer = 500;
    await deliverAll();
    answer = 200;
    await tell(service, { content: body.reference, amount: 21_000 }).expect(200);
    const other = await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    await deliverAll();
    expect(heard.slice(1).map((event) => event.body.data.id)).toEqual([other.body.id]);
    now = addMs(now, 6_000);
    await deliverAll();
    expect(types().slice(2)).toEqual(['obligation.issued', 'obligation.paid']);
  });

  it('is not told any more once it answers 410', async () => {
    answer = 410;
    await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    await deliverAll();
    now = addMs(now, 60_000);
    await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    await deliverAll();
    expect(heard).toHaveLength(1);
  });

  it('hears again once it subscribes anew, from what it had not taken on', async () => {
    answer = 410;
    const first = await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    await deliverAll();
    answer = 200;
    now = addMs(now, 60_000);
    await subscribe(service.ctx);
    const second = await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    await deliverAll();
    expect(heard.slice(1).map((event) => event.body.data.id)).toEqual([first.body.id, second.body.id]);
  });

  it('whose secret does not open is not told, is tried less and less often, and holds nobody else up', async () => {
    const damaged = { id: 'sub_damaged', url: 'http://127.0.0.1:9/events', secretCiphertext: 'bm90IHNlYWxlZCBieSB1cw==', createdAt: now };
    await service.ctx.store.transact((tables) => tables.events.saveSubscriber(damaged));
    const error = jest.spyOn(service.ctx.log, 'error').mockReturnValue();
    await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    await deliverAll();
    expect(types()).toEqual(['obligation.issued']);
    const tried = async () =>
      (
        await rowsOf(
          service.config.databaseUrl,
          `SELECT attempts, state, last_answer FROM event_delivery WHERE subscriber_id = 'sub_damaged'`,
        )
      ).map(({ attempts, state, last_answer: last }) => [Number(attempts), state, last]);
    expect(await tried()).toEqual([[1, 'waiting', 'the secret does not open']]);
    for (const hours of [1, 3, 6, 11, 15, 21, 25, 49, 73]) {
      now = addMs(now, hours * 3_600_000);
      await deliverAll();
    }
    expect(await tried()).toEqual([[10, 'given_up', 'the secret does not open']]);
    expect(error).toHaveBeenCalledWith(expect.objectContaining({ subscriberId: 'sub_damaged' }), expect.any(String));
  });

  it('hears nothing of a request that was refused half-way', async () => {
    const body = certifiedCopy();
    await service.call('post', '/api/obligations', body).expect(201);
    await service.call('post', '/api/obligations', body).expect(409);
    await deliverAll();
    expect(types()).toEqual(['obligation.issued']);
  });
});
