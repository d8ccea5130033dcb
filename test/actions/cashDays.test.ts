// Random days at two counters: whatever is taken, given back, counted, brought to the bank or withdrawn, the cash books tie to the postings of cash.
import fc from 'fast-check';
import { dayOf } from '../../src/domain/time';
import { brokenLaws } from '../support/books';
import { cashDeskAt } from '../support/cashDesk';
import { databases, openTestService, type TestService } from '../support/office';

const supervisor = 'demo-api-key-ketoantruong';
const counters = ['quay-1', 'quay-2'] as const;

const step = fc.record({
  act: fc.constantFrom('open', 'cash', 'cash', 'cash', 'close', 'confirm', 'return', 'deposit', 'withdraw'),
  counter: fc.constantFrom(...counters),
  amount: fc.constantFrom(1_000, 7_000, 21_000),
  off: fc.constantFrom(0, 0, 0, -1_000, 2_000),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

describe.each(databases)('random days of cash on %s', (kind) => {
  let service: TestService;
  let desk: ReturnType<typeof cashDeskAt>;
  beforeAll(async () => {
    service = await openTestService(kind);
    desk = cashDeskAt(service);
  });
  afterAll(() => service.end());

  const keyOf = (counter: string): string => (counter === 'quay-1' ? 'demo-api-key-quay1' : 'demo-api-key-quay2');
  const refusedWell = ({ status, body }: { status: number; body: object }) => {
    if (status >= 500) throw new Error(JSON.stringify(body));
    return status < 300;
  };
  const paid: string[] = [];
  const did: Record<string, number> = {};

  async function take({ act, counter, amount, off }: Step): Promise<void> {
    const key = keyOf(counter);
    const shift = await desk.openShiftOf(counter);
    const isDone = await (async () => {
      switch (act) {
        case 'open':
          return refusedWell(await desk.post('/shifts', { counterId: counter, float: amount }, key));
        case 'cash': {
          const { id } = await desk.issued();
          paid.push(id);
          return refusedWell(await desk.post(`/obligations/${id}/cash`, { amount, counterId: counter }, key));
        }
        case 'close':
          return shift && refusedWell(await desk.close(shift.id, { counted: Math.max(0, shift.expected + off), reason: 'Cuối ca' }, key));
        case 'confirm':
          return shift && refusedWell(await desk.post(`/shifts/${shift.id}/confirm`, { note: 'Đã rõ' }, supervisor));
        case 'return': {
          const asked = await desk.post(
            `/obligations/${paid[amount % (paid.length || 1)] ?? 'ob_x'}/cash-returns`,
            { reason: 'Rút hồ sơ' },
            key,
          );
          if (!refusedWell(asked)) return false;
          await desk.post(`/cash-returns/${asked.body.id}/approve`, {}, supervisor).expect(200);
          return refusedWell(await desk.post(`/cash-returns/${asked.body.id}/pay`, { counterId: counter }, key));
        }
        case 'deposit': {
          const { kept } = (await desk.get('/deposits', key).expect(200)).body;
          const sum = kept.reduce((total: number, one: { amount: number }) => total + one.amount, 0);
          const shiftIds = kept.map(({ shiftId }: { shiftId: string }) => shiftId);
          const body = { agencyCode: 'H26.101', shiftIds, amount: sum, day: dayOf(service.ctx.now()), slipNumber: 'GNT 00001' };
          return shiftIds.length > 0 && refusedWell(await desk.post('/deposits', body, key));
        }
        default: {
          const [last] = (await desk.get('/deposits', key).expect(200)).body.data;
          return last !== undefined && refusedWell(await desk.post(`/deposits/${last.id}/withdraw`, { reason: 'Ghi nhầm' }, key));
        }
      }
    })();
    if (isDone) did[act] = (did[act] ?? 0) + 1;
  }

  /** What lies at the counters by their own records, and what the books hold; and what the drawers should hold, with differences that wait. */
  async function tie(): Promise<void> {
    const book = (await desk.get(`/cash-books/H26.101/${dayOf(service.ctx.now())}`, supervisor).expect(200)).body;
    for (const { counterId, closing } of book.counters) {
      expect([counterId, closing]).toEqual([counterId, await desk.booked(`cash:${counterId}`)]);
      const { data } = (await desk.get(`/shifts?counter=${counterId}&limit=500`, supervisor)).body;
      const [last] = data;
      const drawer = last === undefined ? 0 : last.status === 'open' ? last.expected : last.handedOn;
      const waiting = data.filter((one: { waitsForConfirmation?: true }) => one.waitsForConfirmation);
      const differences = waiting.reduce((sum: number, one: { difference: number }) => sum + one.difference, 0);
      const { kept } = (await desk.get('/deposits', supervisor)).body;
      const own = kept.filter((one: { counterId: string }) => one.counterId === counterId);
      const aside = own.reduce((sum: number, one: { amount: number }) => sum + one.amount, 0);
      expect([counterId, drawer + aside - differences]).toEqual([counterId, closing]);
    }
    const deposits = (await desk.get('/deposits', supervisor)).body;
    expect(await desk.booked('cash_in_transit:H26.101')).toBe(deposits.onItsWaySum);
  }

  it('cash at the counters is what the books say, after every day', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
        for (const one of steps) await take(one);
        await tie();
      }),
      { numRuns: 4, endOnFailure: true },
    );
    expect(Object.keys(did).length).toBeGreaterThanOrEqual(3); // it was no empty day
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  }, 120_000);
});
