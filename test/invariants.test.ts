// Random days at an office, told in any order and any number of times: the books stay sound, and each transfer is booked once.
import fc from 'fast-check';
import { brokenLaws, numberOf } from './support/books';
import { tell, type Transfer } from './support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from './support/office';

const obligations = 4;

/** What may happen in a day; numbers choose among the obligations of that day. */
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('transfer' as const),
      of: fc.nat(obligations - 1),
      amount: fc.constantFrom(1_000, 20_000, 21_000, 30_000),
      times: fc.integer({ min: 1, max: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('no_reference' as const), amount: fc.integer({ min: 1, max: 500_000_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('two_references' as const),
      of: fc.nat(obligations - 1),
      and: fc.nat(obligations - 1),
      amount: fc.constant(42_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cash' as const), of: fc.nat(obligations - 1), amount: fc.constantFrom(1_000, 21_000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), of: fc.nat(obligations - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('offer' as const), of: fc.nat(obligations - 1) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      about: fc.nat(50),
      action: fc.constantFrom('allocate' as const, 'allocate' as const, 'refund' as const, 'not_ours' as const),
      of: fc.nat(obligations - 1),
      amount: fc.constantFrom(1_000, 5_000, 21_000, undefined),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('take_back' as const), about: fc.nat(50) }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

describe.each(databases)('a random day on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());

  it('keeps the books sound, and books every transfer once however often it is told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 16 }), async (day) => {
        const issued = await Promise.all(
          Array.from({ length: obligations }, () => service.call('post', '/api/obligations', certifiedCopy()).expect(201)),
        );
        const references = issued.map((answer) => answer.body.reference as string);
        const ids = issued.map((answer) => answer.body.id as string);
        const before = await numberOf(service.config.databaseUrl, 'SELECT count(*) FROM incoming_transaction');

        await Promise.all(day.map((happened) => happen(service, happened, ids, references)));

        const told = day.filter(({ kind }) => kind === 'transfer' || kind === 'no_reference' || kind === 'two_references').length;
        expect(await numberOf(service.config.databaseUrl, 'SELECT count(*) FROM incoming_transaction')).toBe(before + told);
        expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
        await statusesAgree(service, ids);
      }),
      { numRuns: 12, verbose: true },
    );
    expect(done).toBeGreaterThan(0);
  }, 60_000);
});

async function happen(service: TestService, happened: Happening, ids: string[], references: string[]): Promise<void> {
  const path = (of: number) => `/api/obligations/${ids[of] ?? ''}`;
  switch (happened.kind) {
    case 'transfer':
      return telling(service, { content: `ND ${references[happened.of]} nop`, amount: happened.amount }, happened.times);
    case 'no_reference':
      return telling(service, { content: 'Chuyen tien', amount: happened.amount }, 1);
    case 'two_references':
      return telling(service, { content: `${references[happened.of]} ${references[happened.and]}`, amount: happened.amount }, 2);
    case 'cash':
      return decided(await service.call('post', `${path(happened.of)}/cash`, { amount: happened.amount, counterId: 'quay-1' }));
    case 'cancel':
      return decided(await service.call('post', `${path(happened.of)}/cancel`, { reason: 'rút hồ sơ' }, 'demo-api-key-quay1'));
    case 'decide': {
      const { action, amount, of } = happened;
      const body = {
        action,
        reason: 'theo chứng từ',
        ...(amount ? { amount } : {}),
        ...(action === 'allocate' ? { obligationId: ids[of] } : {}),
      };
      return decideAbout(service, happened.about, 'resolve', body);
    }
    case 'take_back':
      return decideAbout(service, happened.about, 'undo', { reason: 'nhầm' });
    case 'offer':
      return decided(await service.call('post', `${path(happened.of)}/payment-requests`, { method: 'vietqr', counterId: 'quay-1' }));
  }
}

/** About one of those that have come so far. */
async function decideAbout(service: TestService, about: number, what: 'resolve' | 'undo', body: object): Promise<void> {
  const { data } = (await service.call('get', '/api/transactions?limit=50')).body;
  const { id } = data[about % Math.max(1, data.length)] ?? {};
  if (id) decided(await service.call('post', `/api/transactions/${id}/${what}`, body, 'demo-api-key-ketoan'));
}

let nextId = 5_000_000;

async function telling(service: TestService, transfer: Transfer, times: number): Promise<void> {
  const same = { ...transfer, id: ++nextId };
  const answers = await Promise.all(Array.from({ length: times }, () => tell(service, same)));
  expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
}

/** How often cash, cancelling and offering were done rather than refused. */
let done = 0;

/** Done, or refused with a name: nothing in between. */
function decided(answer: { status: number }): void {
  expect([200, 201, 409]).toContain(answer.status);
  if (answer.status !== 409) done++;
}

async function statusesAgree(service: TestService, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const { body } = await service.call('get', `/api/obligations/${id}`).expect(200);
    const { due, paid, outstanding, over } = body.amounts;
    const sum = body.payments.reduce((total: number, payment: { amount: number }) => total + payment.amount, 0);
    expect(paid).toBe(sum);
    expect(outstanding).toBe(body.status === 'cancelled' ? 0 : due - paid);
    const expected = body.cancelled ? 'cancelled' : over > 0 ? 'overpaid' : paid === 0 ? 'open' : paid < due ? 'part_paid' : 'paid';
    expect(body.status).toBe(expected);
  }
}
