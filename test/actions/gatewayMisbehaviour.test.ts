// However a gateway misbehaves, the books end right: the real SDKs against pretend gateways, and their webhooks through the public door.
import { settleSessions } from '../../src/actions/settleSessions';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { gatewaysWith } from '../../src/outbound/gateways';
import type { Behaviour } from '../../src/outbound/pretendGateways';
import { openPretendTown, type PretendTown } from '../../src/pretendTown';
import { brokenLaws } from '../support/books';
import { payerAt } from '../support/gatewayTown';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const methods = ['stripe', 'payos', 'vnpay'] as const;
type Method = (typeof methods)[number];
const minuteMs = 60_000;
/** Small enough to see a gateway fail quickly. */
const limits = { timeoutMs: 250, restMs: 50 };

describe.each(databases)('on %s', (kind) => {
  let service: TestService;
  let town: PretendTown;
  let now: Instant = instantOf(Math.floor(Date.now() / 1000) * 1000);
  const clock = (): Instant => now;

  beforeAll(async () => {
    service = await openTestService(kind, { replace: { now: clock, gateways: gatewaysWith(clock, limits) } });
    const port = await listening(service);
    service.config.publicUrl = `http://127.0.0.1:${port}`;
    town = await openPretendTown(service.ctx, port);
    for (const method of methods) await asked(await issued(), method); // an SDK's first call may take longer than these gateways are given
    await new Promise((resolve) => setTimeout(resolve, limits.restMs));
  });
  afterAll(async () => {
    await town.close();
    service.server.closeAllConnections();
    await new Promise((resolve) => service.server.close(resolve));
    await service.end();
  });
  afterEach(async () => {
    for (const gateway of town.gateways) gateway.behave('well');
    await new Promise((resolve) => setTimeout(resolve, limits.restMs)); // an open circuit closes again
  });

  const gatewayOf = (method: Method) => town.gateways.find(({ provider }) => provider === method);
  const behave = (method: Method, how: Behaviour): void => gatewayOf(method)?.behave(how);
  const issued = async (): Promise<string> => (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body.id;
  const asked = (id: string, method: Method) => service.call('post', `/api/obligations/${id}/payment-requests`, { method });
  const seen = async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
  const sessionsOf = (id: string) => service.ctx.store.tables.onlineSessions.ofObligation(id);
  async function openedAt(id: string, method: Method): Promise<string> {
    return (await asked(id, method).expect(201)).body.redirectUrl;
  }
  async function settleLater(method: Method, minutes = 1): Promise<void> {
    now = addMs(now, minutes * minuteMs);
    for (let round = 0; round < 3; round++) await settleSessions(service.ctx, method);
  }
  async function paidOnce(id: string): Promise<void> {
    expect(await seen(id)).toMatchObject({ status: 'paid', flags: [], payments: [{ amount: 21_000, method: 'online' }] });
    expect((await seen(id)).payments).toHaveLength(1);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  }

  describe.each(methods)('%s', (method) => {
    it('well: the webhook pays the obligation, and asking adds nothing', async () => {
      const id = await issued();
      await payerAt(await openedAt(id, method));
      await gatewayOf(method)?.settle();
      await paidOnce(id);
      await settleLater(method);
      await paidOnce(id);
      expect((await sessionsOf(id)).map(({ state }) => state)).toEqual(['paid']);
    });

    it('webhook first: it comes before the payer is back', async () => {
      const id = await issued();
      await payerAt(await openedAt(id, method), 'pay', 'webhook_first');
      await gatewayOf(method)?.settle();
      await paidOnce(id);
    });

    it('webhook never: asking finds the payment', async () => {
      const id = await issued();
      await payerAt(await openedAt(id, method), 'pay', 'webhook_never');
      expect((await seen(id)).status).toBe('open');
      await settleLater(method);
      await paidOnce(id);
    });

    it('webhook twice: one payment', async () => {
      const id = await issued();
      await payerAt(await openedAt(id, method), 'pay', 'webhook_twice');
      await gatewayOf(method)?.settle();
      await paidOnce(id);
    });

    it('unpaid, then paid: the browser is back before the money, which then counts', async () => {
      const id = await issued();
      await payerAt(await openedAt(id, method), 'pay', 'unpaid_then_paid');
      expect((await seen(id)).status).toBe('open');
      await gatewayOf(method)?.settle();
      await settleLater(method);
      await paidOnce(id);
    });

    it('cancelled by the payer: nothing is paid, and another attempt is', async () => {
      const id = await issued();
      await payerAt(await openedAt(id, method), 'cancel');
      await settleLater(method);
      expect((await seen(id)).status).toBe('open');
      await payerAt(await openedAt(id, method));
      await gatewayOf(method)?.settle();
      await paidOnce(id);
    });

    it.each(['fails', 'slow', 'half_open', 'byte_by_byte'] as const)(
      '%s: the citizen hears of it at once, nothing is lost, another gateway works, and later this one too',
      async (how) => {
        const id = await issued();
        behave(method, how);
        const started = performance.now();
        const refused = await asked(id, method);
        expect(performance.now() - started).toBeLessThan(5_000);
        // VNPAY's page has an address that we make ourselves: nobody is asked.
        if (method !== 'vnpay') expect([refused.status, refused.body.code]).toEqual([503, 'gateway_unavailable']);
        await payerAt(await openedAt(id, method === 'payos' ? 'vnpay' : 'payos'));
        behave(method, 'well');
        await Promise.all(town.gateways.map((gateway) => gateway.settle()));
        await paidOnce(id);
        await new Promise((resolve) => setTimeout(resolve, limits.restMs));
        for (const one of methods) await settleLater(one, 60);
        expect((await sessionsOf(id)).filter(({ state }) => state === 'open' || state === 'opening')).toEqual([]);
        await paidOnce(id);
      },
    );

    it('paid here and there: the second is held for a refund', async () => {
      const id = await issued();
      const other = method === 'payos' ? 'vnpay' : 'payos';
      const [here, there] = [await openedAt(id, method), await openedAt(id, other)];
      await payerAt(here);
      await payerAt(there);
      await Promise.all(town.gateways.map((gateway) => gateway.settle()));
      expect(await seen(id)).toMatchObject({ status: 'overpaid', flags: ['duplicate'], amounts: { paid: 21_000, over: 21_000 } });
      expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
    });
  });
});

/** Without its clock: the test asks when it wants. */
async function listening({ server }: TestService): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
