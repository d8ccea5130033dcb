// Creating, paying, coming back, expiring, cancelling, telling and asking in any order: one settled sum, and no money without an owner.
import fc from 'fast-check';
import { askSoon, settleSessions } from '../../src/actions/settleSessions';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { brokenLaws, numberOf } from '../support/books';
import { memoryGateway, type MemoryGateway } from '../support/memoryGateway';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const due = 21_000;
const minuteMs = 60_000;

type Act =
  | { act: 'open' | 'come back' | 'cancel' | 'ask' | 'transfer' | 'part of it' }
  | { act: 'pay' | 'tell'; which: number }
  | { act: 'wait'; minutes: number }
  | { act: 'trouble'; trouble: MemoryGateway['trouble'] };

const which = fc.nat(3);
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Act>({ act: 'open' }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('pay' as const), which }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('tell' as const), which }) },
  { weight: 4, arbitrary: fc.constant<Act>({ act: 'ask' }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('wait' as const), minutes: fc.constantFrom(1, 6, 20, 40) }) },
  { weight: 2, arbitrary: fc.constantFrom<Act>({ act: 'come back' }, { act: 'cancel' }, { act: 'transfer' }, { act: 'part of it' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('trouble' as const),
      trouble: fc.constantFrom<MemoryGateway['trouble'][]>('none', 'none', 'refuses', 'silent', 'silent_after_taking'),
    }),
  },
);

const wait = (minutes: number): Act => ({ act: 'wait', minutes });
/** Paid when the session's time is over, and a gateway that ends nothing still takes it; and when none takes it any more. */
const lastMoment: [Act[], boolean] = [[{ act: 'open' }, wait(40), wait(6), { act: 'ask' }, { act: 'pay', which: 0 }], false];
const tooLate: [Act[], boolean] = [[{ act: 'open' }, wait(40), wait(12), { act: 'ask' }, { act: 'pay', which: 0 }], false];

describe.each(databases)('in any order on %s', (kind) => {
  let service: TestService;
  let stripe: MemoryGateway;
  let now: Instant = instantOf(Date.parse('2026-11-20T02:00:00Z'));

  beforeAll(async () => {
    stripe = memoryGateway();
    service = await openTestService(kind, { replace: { now: () => now, gateways: [stripe.gateway] } });
    await service.ctx.store.transact((tables) =>
      tables.feeds.save({ accountId: 'acc-h26', provider: 'stripe', tokenCiphertext: service.ctx.seal.close('sk_test') }, now),
    );
  });
  afterAll(() => service.end());

  it('every đồng that was paid is applied to the obligation or held for a person, and no session stays open', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { minLength: 3, maxLength: 14 }), fc.boolean(), async (list, endsSessions) => {
        Object.assign(stripe, { endsSessions, trouble: 'none' });
        stripe.orders.clear();
        const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
        let transferred = 0;
        for (const one of list) transferred += await done(one, id, reference);
        await calmDown(id);
        const taken = [...stripe.orders.values()].filter(({ state }) => state === 'paid');
        const paid = taken.reduce((sum, { amount }) => sum + Number(amount.dong), transferred);
        const { status, amounts } = (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
        expect(amounts.paid + amounts.over).toBe(paid);
        expect(amounts.paid).toBe(status === 'cancelled' ? 0 : Math.min(due, paid));
        const live = await service.ctx.store.tables.onlineSessions.ofObligation(id);
        expect(live.filter(({ state }) => state === 'open' || state === 'opening')).toEqual([]);
      }),
      { numRuns: 40, examples: [lastMoment, tooLate] },
    );
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
    const url = service.config.databaseUrl;
    const orders = 'SELECT count(DISTINCT order_id) FROM incoming_transaction WHERE order_id IS NOT NULL';
    expect(await numberOf(url, orders)).toBe(
      await numberOf(url, `SELECT count(*) FROM incoming_transaction WHERE order_id IS NOT NULL AND provider = 'stripe'`),
    );
  });

  /** What came by transfer. */
  async function done(one: Act, id: string, reference: string): Promise<number> {
    const orders = [...stripe.orders.keys()];
    if (one.act === 'open') await service.call('post', `/api/obligations/${id}/payment-requests`, { method: 'stripe' });
    if (one.act === 'pay') stripe.pay(orders[one.which] ?? '', now);
    if (one.act === 'tell') await tellIfPaid(orders[one.which] ?? '');
    if (one.act === 'ask') await settleSessions(service.ctx, 'stripe');
    if (one.act === 'come back') await askSoon(service.ctx, [id]);
    if (one.act === 'cancel') await service.call('post', `/api/obligations/${id}/cancel`, { reason: 'Lập nhầm' }, 'demo-api-key-quay1');
    if (one.act === 'wait') now = addMs(now, one.minutes * minuteMs);
    if (one.act === 'trouble') stripe.trouble = one.trouble;
    now = addMs(now, 1000);
    if (one.act !== 'transfer' && one.act !== 'part of it') return 0;
    const amount = one.act === 'transfer' ? due : 5_000;
    await tell(service, { content: reference, amount }).expect(200);
    return amount;
  }

  async function tellIfPaid(orderId: string): Promise<void> {
    if (stripe.orders.get(orderId)?.state === 'paid') await stripe.tell(service, orderId);
  }

  /** The gateway is well again, and the clock asks until everything is over. */
  async function calmDown(id: string): Promise<void> {
    stripe.trouble = 'none';
    for (let round = 0; round < 12; round++) {
      now = addMs(now, 6 * minuteMs);
      await settleSessions(service.ctx, 'stripe');
    }
    expect((await service.ctx.store.tables.onlineSessions.listDue('stripe', now, 10)).filter((one) => one.obligationId === id)).toEqual([]);
  }
});
