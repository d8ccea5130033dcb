// Pulls that break off, overlap or are asked to wait: sooner or later every row of the list is there, once.
import { pullFeeds } from '../../src/actions/pullFeeds';
import { setFeed } from '../../src/actions/setFeed';
import { watchBalances } from '../../src/actions/watchBalances';
import type { Context } from '../../src/context';
import { vnd } from '../../src/domain/money';
import { addMs, instantOf, vietnamTimeOf, type Instant } from '../../src/domain/time';
import { feedsWith } from '../../src/outbound/feeds';
import { tell } from '../support/bank';
import { brokenLaws, numberOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import {
  pretendCasso,
  pretendPayos,
  pretendSepay,
  pretendStripe,
  type PretendEvent,
  type PretendMovement,
  type PretendOrder,
  type PretendSource,
} from '../support/pretendFeeds';

const accountId = 'acc-h26-101';
const accountNumber = '1026101000';
const token = 'demo-token';
const actor = { kind: 'person', officerId: 'of-quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26' } as const;
const down = { status: 503, body: '' };
const [minutes, hours, days] = [60_000, 3_600_000, 86_400_000];

describe.each(databases)('on %s', (kind) => {
  let service: TestService;
  let source: PretendSource;
  let now: Instant;
  /** What happens after the last page was given and before the pull knows that it was the last. */
  let beforeTheEnd: () => Promise<unknown>;
  const later = (ms: number): Instant => (now = addMs(now, ms));
  const ago = (ms: number): Instant => addMs(now, -ms);

  beforeEach(async () => {
    now = instantOf(Date.UTC(2026, 10, 21, 3));
    beforeTheEnd = async () => undefined;
    service = await openTestService(kind, { replace: { now: () => now }, config: { providerSettings: { PAYOS_CLIENT_ID: 'client-1' } } });
  });
  afterEach(async () => {
    await service.end();
    await source.close();
  });

  const listOf = async (provider: string, opened: Promise<PretendSource>): Promise<void> => {
    source = await opened;
    await setFeed(service.ctx, { actor, accountId, provider, token, baseUrl: source.url });
  };
  /** In haste, as nobody here counts requests. */
  const inHaste = (): Context => {
    const feeds = feedsWith(() => now, { haste: 1_000, maxPauseMs: 10 }).map((feed) => ({
      ...feed,
      async *pages(...asked: Parameters<typeof feed.pages>) {
        yield* feed.pages(...asked);
        await beforeTheEnd();
      },
    }));
    return { ...service.ctx, outbound: { ...service.ctx.outbound, feeds } };
  };
  const pull = () => pullFeeds(inHaste());
  const count = (rest = '') => numberOf(service.config.databaseUrl, `SELECT count(*) FROM incoming_transaction ${rest}`);
  const movement = (id: number, bankTime: Instant, more: Partial<PretendMovement> = {}): PretendMovement => ({
    ...{ id, bankTime, accountNumber, amount: 21_000, content: `chuyen tien ${id}`, reference: `FT${id}`, balanceAfter: 0 },
    ...more,
  });
  const tellOf = ({ id, content, amount, bankTime, balanceAfter }: PretendMovement) =>
    tell(service, { id, content, amount, time: vietnamTimeOf(bankTime), balance: balanceAfter }).expect(200);

  describe('a list that breaks off', () => {
    const paid = (id: number, created: Instant): PretendEvent => ({
      ...{ id: `evt_${id}`, type: 'checkout.session.completed', created },
      data: { object: { id: `cs_${id}`, payment_status: 'paid', amount_total: 21_000 + id, currency: 'vnd', payment_intent: `pi_${id}` } },
    });

    it('and tells the newest first gives what was paid since, however long it was away', async () => {
      const events = Array.from({ length: 250 }, (_, index) => paid(index, ago(index * minutes)));
      await listOf('stripe', pretendStripe(token, events));
      source.faults.push(undefined, down);
      expect([await pull(), await count()]).toEqual([0, 100]);
      events.push(paid(900, later(10 * minutes)));
      later(5 * hours);
      expect([await pull(), await count()]).toEqual([1, 251]);
      later(6 * minutes);
      expect([await pull(), await count()]).toEqual([1, 251]);
    });

    it('and is numbered by pages gives every page, though days have passed', async () => {
      const movements = Array.from({ length: 35 }, (_, index) => movement(100 + index, ago(index * days)));
      await listOf('casso', pretendCasso(token, movements, 10));
      source.faults.push(undefined, down);
      expect([await pull(), await count()]).toEqual([0, 10]);
      movements.push(movement(900, later(1 * hours)));
      later(9 * days);
      expect([await pull(), await count()]).toEqual([1, 36]);
    });

    it('goes on from the last page that was kept, however often it breaks off there', async () => {
      const movements = Array.from({ length: 35 }, (_, index) => movement(100 + index, ago(index * days)));
      await listOf('casso', pretendCasso(token, movements, 10));
      source.faults.push(undefined, down, down);
      await pull();
      later(6 * minutes);
      await pull();
      later(6 * minutes);
      expect([await pull(), await count()]).toEqual([1, 35]);
      expect(source.asked.map(({ query }) => query.get('page'))).toEqual(['1', '2', '2', '2', '3', '4', '1']);
    });

    it('is asked from its beginning when it has forgotten the place', async () => {
      const movements = Array.from({ length: 35 }, (_, index) => movement(100 + index, ago(index * days)));
      await listOf('casso', pretendCasso(token, movements, 10));
      source.faults.push(undefined, down, { status: 400, body: '' });
      for (const ended of [0, 0, 1]) {
        expect(await pull()).toBe(ended);
        later(6 * minutes);
      }
      expect(source.asked.map(({ query }) => query.get('page'))).toEqual(['1', '2', '2', '1', '2', '3', '4']);
    });

    it('is asked from its beginning when its token was changed', async () => {
      const movements = Array.from({ length: 35 }, (_, index) => movement(100 + index, ago(index * days)));
      await listOf('casso', pretendCasso(token, movements, 10));
      source.faults.push(undefined, down);
      await pull();
      await setFeed(service.ctx, { actor, accountId, provider: 'casso', token, baseUrl: source.url });
      later(6 * minutes);
      await pull();
      expect(source.asked.map(({ query }) => query.get('page'))).toEqual(['1', '2', '1', '2', '3', '4']);
    });
  });

  describe('a running balance that does not continue', () => {
    it('does not shorten the first look into a list', async () => {
      await listOf('sepay', pretendSepay(token, [movement(501, ago(20 * days))]));
      await tellOf(movement(601, ago(5 * minutes), { balanceAfter: 121_000 }));
      await tellOf(movement(602, ago(4 * minutes), { balanceAfter: 900_000 }));
      later(2 * minutes);
      expect(await watchBalances(service.ctx)).toHaveLength(1);
      expect([await pull(), await count(`WHERE provider_id = '501'`)]).toEqual([1, 1]);
    });

    it('that is noticed while the list is being pulled makes the next pull look back for what is missing', async () => {
      const movements: PretendMovement[] = [];
      await listOf('sepay', pretendSepay(token, movements));
      expect(await pull()).toBe(1);
      later(10 * hours);
      await tellOf(movement(601, ago(9 * hours), { balanceAfter: 121_000 }));
      await tellOf(movement(603, ago(1 * hours), { balanceAfter: 163_000 }));
      later(2 * minutes);
      beforeTheEnd = async () => {
        expect(await watchBalances(service.ctx)).toHaveLength(1);
        movements.push(movement(602, ago(8 * hours), { balanceAfter: 142_000 }));
      };
      await pull();
      expect(await count(`WHERE provider_id = '602'`)).toBe(0);
      beforeTheEnd = async () => undefined;
      expect([await pull(), await count(`WHERE provider_id = '602'`)]).toEqual([1, 1]);
      expect(await watchBalances(service.ctx)).toEqual([]);
    });
  });

  describe('a source that asks for patience', () => {
    it('is not asked before its time, whatever is missing meanwhile', async () => {
      await listOf('sepay', pretendSepay(token, []));
      source.faults.push({ status: 429, headers: { 'retry-after': '1800' }, body: '' });
      expect([await pull(), source.asked.length]).toEqual([0, 1]);
      await tellOf(movement(601, ago(5 * minutes), { balanceAfter: 121_000 }));
      await tellOf(movement(602, ago(4 * minutes), { balanceAfter: 900_000 }));
      later(29 * minutes);
      await watchBalances(service.ctx);
      expect([await pull(), source.asked.length]).toEqual([0, 1]);
      later(1 * minutes);
      expect(await pull()).toBe(1);
    });

    it('is asked again after an hour though it wants to be left alone for days, and soon where it was down', async () => {
      await listOf('sepay', pretendSepay(token, []));
      source.faults.push({ status: 503, headers: { 'retry-after': '864000' }, body: '' }, down);
      expect([await pull(), source.asked.length]).toEqual([0, 1]);
      later(59 * minutes);
      expect([await pull(), source.asked.length]).toEqual([0, 1]);
      later(1 * minutes);
      expect([await pull(), source.asked.length]).toEqual([0, 2]);
      later(5 * minutes);
      expect(await pull()).toBe(1);
    });
  });

  describe('a gateway that is asked about orders one by one', () => {
    const order = (orderId: string, createdAt: Instant): PretendOrder => ({
      ...{
        orderId,
        gatewayId: `link${orderId}`,
        createdAt,
        amount: 21_000,
        content: 'thanh toan',
        reference: `FT${orderId}`,
        accountNumber,
      },
    });
    const issue = async (): Promise<{ id: string; reference: string }> =>
      (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const offer = (orders: readonly PretendOrder[], { id, reference }: { id: string; reference: string }) =>
      service.ctx.store.transact(async (tables) => {
        for (const { orderId, createdAt } of orders) {
          const expiresAt = addMs(createdAt, 15 * minutes);
          await tables.paymentRequests.keep({
            ...{ id: service.ctx.id('paymentRequest'), obligationId: id, reference, method: 'payos', amount: vnd(21_000), accountId },
            ...{ payload: '', orderId, createdAt, expiresAt },
          });
        }
      });
    const statusOf = async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body.status;

    it('is asked about the oldest order of five weeks too, however many were never paid', async () => {
      const old = order('100', ago(30 * days));
      const orders = [old, ...Array.from({ length: 430 }, (_, index) => order(String(1_000 + index), ago(index * minutes)))];
      await listOf('payos', pretendPayos('client-1', token, orders));
      const obligation = await issue();
      await offer([old], obligation);
      await offer(orders.slice(1), await issue());
      old.paidAt = ago(29 * days);
      const ended = [await pull()];
      for (const _ of [1, 2]) {
        later(6 * minutes);
        ended.push(await pull());
      }
      expect(ended).toEqual([0, 0, 0]); // what was offered since the first pull is asked about anew, 200 at a time
      expect(await statusOf(obligation.id)).toBe('paid');
      expect(new Set(source.asked.map(({ path }) => path)).size).toBe(431);
      expect(source.asked).toHaveLength(431 + 200);
    });

    it('tells of an order that another one has replaced, even when that one is paid too', async () => {
      const [first, second] = [order('101', ago(2 * hours)), order('102', ago(1 * hours))];
      await listOf('payos', pretendPayos('client-1', token, [first, second]));
      const obligation = await issue();
      await offer([first], obligation);
      await service.ctx.store.transact((tables) => tables.paymentRequests.markReplaced(obligation.id, obligation.reference, now));
      await offer([second], obligation);
      second.paidAt = ago(5 * minutes);
      await pull();
      expect(await statusOf(obligation.id)).toBe('paid');
      first.paidAt = later(6 * minutes);
      await pull();
      expect(await statusOf(obligation.id)).toBe('overpaid');
      source.asked.length = 0;
      later(6 * minutes);
      await pull();
      expect(source.asked).toEqual([]);
      expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
    });
  });
});
