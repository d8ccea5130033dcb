// Whose word counts for money at a gateway: the shared secret's for all of it, an account's own for its own orders and nothing else.
import { pullFeeds } from '../../src/actions/pullFeeds';
import { rotateSecret } from '../../src/actions/rotateSecret';
import { setFeed } from '../../src/actions/setFeed';
import type { Actor } from '../../src/domain/role';
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { offeredOrder, paidSession, tellSepayGateway, tellStripe } from '../support/gateway';
import { databases, openTestService, type TestService } from '../support/office';
import { pretendStripe, type PretendEvent, type PretendSource } from '../support/pretendFeeds';

const actor: Actor = { kind: 'person', officerId: 'of-quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26' };
const [ward, land, province] = ['acc-h26-101', 'acc-h26-90', 'acc-h26'];
const [shared, own] = ['demo-secret-sepay', 'secret-of-the-land-office'];

describe.each(databases)('money at a gateway, on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(kind);
    await rotateSecret(service.ctx, { actor, accountId: land, provider: 'sepay', secret: own });
  });
  afterAll(() => service.end());

  const statusOf = async (id: string): Promise<string> => (await service.call('get', `/api/obligations/${id}`).expect(200)).body.status;
  const kept = (paymentId: string) =>
    rowsOf(service.config.databaseUrl, `SELECT state FROM incoming_transaction WHERE provider_id LIKE '%${paymentId}%' ORDER BY id`);

  it('pays an order of any account when the shared secret tells of it', async () => {
    const { id, orderId } = await offeredOrder(service, ward);
    await tellSepayGateway(service, { orderId, paymentId: 'p1' }, shared).expect(200);
    expect(await statusOf(id)).toBe('paid');
  });

  it('pays an order of the account whose secret tells of it, and once though the shared one tells too', async () => {
    const { id, orderId } = await offeredOrder(service, land);
    await tellSepayGateway(service, { orderId, paymentId: 'p2' }, own).expect(200);
    await tellSepayGateway(service, { orderId, paymentId: 'p2' }, shared).expect(200);
    expect(await statusOf(id)).toBe('paid');
    expect(await kept('p2')).toEqual([{ state: 'applied' }]);
  });

  it('pays nothing of another office with the secret of an account: it is kept as foreign, and told genuinely it pays', async () => {
    const { id, orderId, reference } = await offeredOrder(service, ward);
    await tellSepayGateway(service, { orderId, paymentId: 'p3' }, own).expect(200);
    await tellSepayGateway(service, { orderId: reference, paymentId: 'p4', content: reference }, own).expect(200);
    expect(await statusOf(id)).toBe('open');
    expect([await kept('p3'), await kept('p4')]).toEqual([[{ state: 'foreign' }], [{ state: 'foreign' }]]);
    await tellSepayGateway(service, { orderId, paymentId: 'p3' }, shared).expect(200);
    expect(await statusOf(id)).toBe('paid');
    await tellSepayGateway(service, { orderId, paymentId: 'p3', content: 'told again' }, own).expect(200);
    expect(await kept('p3')).toEqual([{ state: 'foreign' }, { state: 'applied' }]);
  });

  it('that is known as one order’s is nobody else’s: a person looks', async () => {
    const [first, second] = [await offeredOrder(service, land), await offeredOrder(service, ward)];
    await tellSepayGateway(service, { orderId: first.orderId, paymentId: 'p5' }, own).expect(200);
    await tellSepayGateway(service, { orderId: second.orderId, paymentId: 'p5' }, shared).expect(200);
    expect(await numberOf(service.config.databaseUrl, `SELECT count(*) FROM delivery WHERE problem LIKE 'contradicts_earlier%p5%'`)).toBe(
      1,
    );
  });

  describe('in the list of a gateway', () => {
    let source: PretendSource;
    const events: PretendEvent[] = [];
    beforeAll(async () => {
      source = await pretendStripe('demo-token', events);
    });
    afterAll(() => source.close());

    const listedFor = async (accountId: string, ...sessions: object[]): Promise<void> => {
      const paid = { type: 'checkout.session.completed', created: service.ctx.now() };
      events.splice(0, events.length, ...sessions.map((object, i) => ({ ...paid, id: `evt_${i}`, data: { object } })));
      await setFeed(service.ctx, { actor, accountId, provider: 'stripe', token: 'demo-token', baseUrl: source.url });
      expect(await pullFeeds(service.ctx)).toBe(1);
    };

    it('pays the orders of the account’s agency and of those below it', async () => {
      const { id, orderId } = await offeredOrder(service, ward);
      await listedFor(province, paidSession(orderId, 'pi_10'));
      expect(await statusOf(id)).toBe('paid');
    });

    it('pays nothing of another office, and what a webhook told of is no second one', async () => {
      const [told, untold] = [await offeredOrder(service, ward), await offeredOrder(service, ward)];
      await tellStripe(service, 'checkout.session.completed', paidSession(told.orderId, 'pi_11')).expect(200);
      await listedFor(land, paidSession(told.orderId, 'pi_11'), paidSession(untold.orderId, 'pi_12'));
      expect([await statusOf(told.id), await statusOf(untold.id)]).toEqual(['paid', 'open']);
      expect([await kept('pi_11'), await kept('pi_12')]).toEqual([[{ state: 'applied' }], [{ state: 'foreign' }]]);
    });
  });

  it('leaves sound books', async () => {
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });
});
