// Health: everybody hears in a word whether money may be missing; whose account and how much hears only who may see it.
import request from 'supertest';
import { watchBalances } from '../../src/actions/watchBalances';
import { addMs, instantOf, vietnamTimeOf } from '../../src/domain/time';
import { tell } from '../support/bank';
import { openTestService, type TestService } from '../support/office';
import { visitorAt } from '../support/visitor';

describe('the health of the service', () => {
  let service: TestService;
  let now = instantOf(Date.parse('2026-11-23T02:00:00.000Z'));
  const later = (seconds: number) => (now = addMs(now, seconds * 1000));
  beforeAll(async () => {
    service = await openTestService('SQLite', { replace: { now: () => now } });
    for (const [id, balance] of [
      [8_600_001, 100_000],
      [8_600_002, 163_000], // 42.000 ₫ moved unseen
    ] as const) {
      later(60);
      await tell(service, { id, content: 'nop phi', amount: 21_000, time: vietnamTimeOf(now), balance }).expect(200);
    }
    later(180);
    expect(await watchBalances(service.ctx)).toHaveLength(1);
  });
  afterAll(() => service.end());

  const asked = async (key?: string) => {
    const call = request(service.server).get('/health');
    return (await (key ? call.set('authorization', `Bearer ${key}`) : call).expect(200)).body;
  };

  it('is told to everybody in words, with how soon each source tells us, without accounts, counts and amounts', async () => {
    const told = await asked();
    const pace = { provider: 'sepay', lastHeardAt: expect.any(String), pushShare: 1, pullShare: 0, medianDelayMs: 0, p99DelayMs: 0 };
    expect(told).toEqual({ status: 'degraded', database: 'ok', mode: 'demo', time: now, sources: [pace] });
    expect(await asked('no-such-key')).toEqual(told);
  });

  it.each(['demo-api-key', 'demo-api-key-ketoan', 'demo-api-key-quantri', 'demo-api-key-thanhtra'])(
    'is told as a whole to who may see money: %s',
    async (key) => {
      expect(await asked(key)).toMatchObject({
        status: 'degraded',
        lastEventId: expect.any(Number),
        sources: [{ provider: 'sepay', accountId: 'acc-h26-101', count: 2, pushShare: 1, pullShare: 0 }],
        feeds: [],
        balanceBreaks: [{ accountId: 'acc-h26-101', missing: 42_000 }],
      });
    },
  );

  it.each(['demo-api-key-quay1', 'demo-api-key-lanhdao'])('is told in words to who may not: %s', async (key) => {
    expect(Object.keys(await asked(key))).toEqual(['status', 'database', 'mode', 'time', 'sources']);
  });

  it('is told to a signed-in finance officer as to their key', async () => {
    const finance = await visitorAt(service, 'ketoan');
    expect((await finance.get('/health').expect(200)).body.balanceBreaks).toHaveLength(1);
    const counter = await visitorAt(service, 'quay1');
    expect((await counter.get('/health').expect(200)).body).not.toHaveProperty('balanceBreaks');
  });

  it('looks at the transactions once in some seconds, however many ask, and never at what they say', async () => {
    later(60);
    const looks = jest.spyOn(service.ctx.store.tables.sources, 'listHeard');
    await Promise.all(Array.from({ length: 20 }, () => asked('demo-api-key')));
    await asked();
    expect(looks).toHaveBeenCalledTimes(1);
    const [heard] = (await looks.mock.results[0]?.value) as object[];
    expect(Object.keys(heard ?? {}).sort()).toEqual(['accountId', 'bankTime', 'provider', 'receivedAt', 'via']);
    later(60);
    await asked('demo-api-key');
    expect(looks).toHaveBeenCalledTimes(2);
  });

  it('shows a source that is heard of in the meantime after some seconds', async () => {
    await tell(service, { id: 8_600_003, content: 'nop phi', amount: 21_000, time: vietnamTimeOf(now), balance: 0 }).expect(200);
    later(60);
    expect((await asked('demo-api-key')).sources[0].count).toBe(3);
  });
});
