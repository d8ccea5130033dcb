// The live feed of a counter: who may listen, what they hear, and where they go on after a break.
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { tell } from '../support/bank';
import { certifiedCopy, openTestService, type TestService } from '../support/office';

describe('the feed of a counter', () => {
  let service: TestService;
  let token: string;
  beforeAll(async () => {
    service = await openTestService('SQLite');
    await new Promise<void>((resolve) => service.server.listen(0, '127.0.0.1', resolve));
    token = (await service.ctx.store.tables.agencies.findCounter('quay-1'))?.displayToken ?? '';
  });
  afterAll(() => service.end());

  /** Listens until `count` events came, or some seconds have passed; `then`: once the service listens back. */
  function hear(
    path: string,
    headers: Record<string, string>,
    count: number,
    then: () => unknown = () => undefined,
  ): Promise<{ id: number; event: string; data: Record<string, unknown> }[]> {
    return new Promise((resolve) => {
      let text = '';
      const listening = request({ port: (service.server.address() as AddressInfo).port, host: '127.0.0.1', path, headers }, (answer) => {
        const done = () => {
          clearTimeout(patience);
          listening.destroy();
          resolve(
            [...text.matchAll(/id: (\d+)\nevent: (\S+)\ndata: (.*)\n/g)].map(([, id, event, data]) => ({
              id: Number(id),
              event: event ?? '',
              data: JSON.parse(data ?? '{}'),
            })),
          );
        };
        const patience = setTimeout(done, 5_000);
        then();
        answer.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          if ((text.match(/\ndata: /g) ?? []).length >= count) done();
        });
      });
      listening.on('error', () => undefined).end();
    });
  }

  const key = { authorization: 'Bearer demo-api-key-quay1' };
  const pay = async (): Promise<string> => {
    const { body } = await service.call('post', '/api/obligations', { ...certifiedCopy(), counterId: 'quay-1' }).expect(201);
    await tell(service, { content: body.reference, amount: 21_000 }).expect(200);
    return body.dossier.code;
  };

  it('tells an officer what happened at the counter, and whose dossier it is', async () => {
    let paying: Promise<string> | undefined;
    const events = await hear('/counters/quay-1/events', key, 2, () => (paying = pay()));
    expect(events.map(({ event }) => event)).toEqual(['obligation.issued', 'obligation.paid']);
    expect(events[1]?.data).toMatchObject({ data: { dossierCode: await paying, status: 'paid' } });
  });

  it('tells the citizen display only that something happened', async () => {
    const code = await pay();
    const heard = await hear(`/counters/quay-1/events?token=${token}`, { 'last-event-id': '0' }, 2);
    expect(heard.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(heard)).not.toContain(code);
    expect(Object.keys(heard[0]?.data ?? {})).toEqual(['id', 'type', 'at']);
  });

  it('goes on after the last event that was heard, however many came since', async () => {
    await Promise.all(Array.from({ length: 70 }, pay));
    const all = await hear('/counters/quay-1/events', { ...key, 'last-event-id': '0' }, 140);
    expect(all.length).toBeGreaterThanOrEqual(140);
    const middle = all[50]?.id ?? 0;
    const rest = await hear('/counters/quay-1/events', { ...key, 'last-event-id': String(middle) }, all.length - 51);
    expect(rest.map(({ id }) => id)).toEqual(all.slice(51).map(({ id }) => id));
  });

  it('is closed to strangers, to the token of another counter, and to officers of another agency', async () => {
    await supertest(service.server).get('/counters/quay-1/events').expect(401);
    await supertest(service.server).get(`/counters/quay-2/events?token=${token}`).expect(401);
    await supertest(service.server).get('/counters/quay-dat-dai/events').set(key).expect(404);
  });
});
