// A clock that is set back an hour while money comes in, and midnight in Vietnam: events keep their order, nothing is lost, days are Vietnamese.
import { setTimeout as pause } from 'node:timers/promises';
import { deliverEvents } from '../../src/actions/deliverEvents';
import { addMs, dayOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { brokenLaws, rowsOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const hourMs = 3_600_000;
const noon = '2026-11-22T05:00:00.000Z' as Instant;
const lastSecond = '2026-11-22T16:59:59.999Z' as Instant;
const midnight = '2026-11-22T17:00:00.000Z' as Instant;

describe.each(databases)('on %s', (kind) => {
  let service: TestService;
  let now: Instant;
  let heard: number[];
  beforeEach(async () => {
    now = noon;
    heard = [];
    service = await openTestService(kind, {
      config: { subscriber: { url: 'http://one-stop.example/events', secret: 'whsec_ZGVtbw==' } },
      replace: {
        now: () => now,
        subscriber: {
          post: async (_url, _secret, { id }) => {
            heard.push(Number(id.replace('evt_', '')));
            return { kind: 'accepted', status: 200 };
          },
        },
      },
    });
    await service.start();
  });
  afterEach(() => service.end());

  it('a clock that jumps back an hour changes no order and loses no money', async () => {
    const { body: issued } = await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    const jumpsMs = [0, -hourMs, 1_000, -1_000, 2 * hourMs];
    for (const jumpMs of jumpsMs) {
      now = addMs(now, jumpMs);
      await tell(service, { content: `ND ${issued.reference}`, amount: 4_200 }).expect(200);
    }
    const { data } = (await service.call('get', '/api/events?after=0').expect(200)).body as {
      data: { id: number; type: string; at: string; data: Told }[];
    };
    const ofMoney = data.filter(({ type }) => type.startsWith('obligation.')); // the receipt comes when it comes
    const ids = ofMoney.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(ofMoney.slice(1).map((event) => event.data.amounts.paid)).toEqual([4_200, 8_400, 12_600, 16_800, 21_000]);
    const times = ofMoney.map(({ at }) => at);
    expect(times).not.toEqual([...times].sort()); // the clock did go back
    while (!ids.every((id) => heard.includes(id))) if ((await deliverEvents(service.ctx)) === 0) await pause(20); // the clock's own tick may be at it
    expect(heard.filter((id) => id <= Math.max(...ids))).toEqual(ids);
    expect((await service.call('get', `/api/obligations/${issued.id}`)).body.status).toBe('paid');
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('the last second of a day and the first of the next are two days in the books and in the reports', async () => {
    for (const at of [lastSecond, midnight]) {
      now = at;
      const { body } = await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
      await tell(service, {
        content: body.reference,
        amount: 21_000,
        time: at === midnight ? '2026-11-23 00:00:00' : '2026-11-22 23:59:59',
      }).expect(200);
    }
    const counted = async (day: string) =>
      (await service.call('get', `/api/reports/payment-ratios?from=${day}&to=${day}`).expect(200)).body.total.obligations;
    const banked = async (day: string) =>
      (await service.call('get', `/api/transactions?from=${day}&to=${day}`).expect(200)).body.data.length;
    for (const day of ['2026-11-22', '2026-11-23']) expect([await counted(day), await banked(day)]).toEqual([1, 1]);
    const booked = await rowsOf(service.config.databaseUrl, 'SELECT created_at FROM posting ORDER BY created_at');
    expect(booked.map((posting) => dayOf(String(posting['created_at']) as Instant))).toEqual([
      '2026-11-22',
      '2026-11-22',
      '2026-11-23',
      '2026-11-23',
    ]);
  });
});

interface Told {
  amounts: { paid: number };
}
