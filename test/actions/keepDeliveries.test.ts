// Keeping deliveries that arrive together: whatever is wrong with one of them, the others are kept, booked and acknowledged.
import { createHash, randomBytes } from 'node:crypto';
import { keepDeliveries, type Arrival } from '../../src/actions/keepDeliveries';
import { providerNamed } from '../../webhooks';
import type { Provider } from '../../webhooks/provider';
import { transferBody } from '../support/bank';
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { refuseDeliveries, takeDeliveries } from '../support/refusingTable';

const sepay = providerNamed('sepay') as Provider;
const pay2s = providerNamed('pay2s') as Provider;

const arrival = (body: Buffer, provider = sepay, query = ''): Arrival => ({
  provider,
  owner: 'default',
  accountsWithOwnSecret: new Set(),
  via: 'push',
  request: { method: 'POST', path: `/webhooks/${provider.name}`, query, headers: {}, body },
});

describe.each(databases)('deliveries that arrive together, on %s', (kind) => {
  let service: TestService;
  beforeEach(async () => {
    service = await openTestService(kind);
  });
  afterEach(() => service.end());

  const keep = (...arrivals: Arrival[]) => keepDeliveries(service.ctx, () => arrivals);
  const count = (text: string) => numberOf(service.config.databaseUrl, `SELECT count(*) FROM ${text}`);

  /** A fee and the transfer that pays it. */
  async function payment(query = '') {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const status = async (): Promise<unknown> => (await service.call('get', `/api/obligations/${id}`).expect(200)).body.status;
    return { arrival: arrival(transferBody({ content: reference, amount: 21_000 }), sepay, query), status };
  }

  it('are booked beside one that names a field twice by a sign that no database takes: that one is left to a person', async () => {
    const [first, last] = [await payment(), await payment()];
    const odd = arrival(Buffer.from('{"a\\u0000":1,"a\\u0000":2}'));
    expect(await keep(first.arrival, odd, last.arrival)).toEqual(['kept', 'unreadable', 'kept']);
    expect([await first.status(), await last.status()]).toEqual(['paid', 'paid']);
    expect(await rowsOf(service.config.databaseUrl, `SELECT problem FROM delivery WHERE state = 'unreadable'`)).toEqual([
      { problem: 'duplicate_key: a ' },
    ]);
  });

  it('are booked beside one with a text of many pages for an id: that one is left to a person, with its bytes and a short note', async () => {
    const [first, last] = [await payment(), await payment()];
    const id = randomBytes(4_000).toString('hex');
    const transaction = { ...JSON.parse(transferBody({ content: 'x', amount: 1 }).toString()), id, transferType: 'IN' };
    const odd = arrival(Buffer.from(JSON.stringify({ transactions: [transaction], [id]: 1 })), pay2s);
    const odder = arrival(Buffer.from(`{"${id}":1,"${id}":2}`), pay2s);
    expect(await keep(first.arrival, odd, odder, last.arrival)).toEqual(['kept', 'unreadable', 'unreadable', 'kept']);
    expect([await first.status(), await last.status()]).toEqual(['paid', 'paid']);
    expect(await count(`delivery WHERE state = 'unreadable' AND length(body) > 8000 AND length(problem) <= 500`)).toBe(2);
  });

  it('are booked beside one whose reader gives a money an endless id: its bytes are kept', async () => {
    const [first, last] = [await payment(), await payment()];
    const endless: Provider = {
      ...sepay,
      normalise: (message) => sepay.normalise(message).map((one) => ({ ...one, providerId: randomBytes(4_000).toString('hex') })),
    };
    const odd = arrival(transferBody({ content: 'x', amount: 1 }), endless);
    const [before, outcome, after] = await keep(first.arrival, odd, last.arrival);
    expect([before, after, await first.status(), await last.status()]).toEqual(['kept', 'kept', 'paid', 'paid']);
    expect([outcome, await count(`delivery WHERE state = 'failed'`)]).toEqual(kind === 'SQLite' ? ['kept', 0] : ['unreadable', 1]);
    expect([await count('delivery'), await brokenLaws(service.config.databaseUrl)]).toEqual([3, []]);
  });

  it('are kept and booked beside one that the table refuses: of that one nothing is kept, and told again it is booked', async () => {
    const [first, refused, last] = [await payment(), await payment('refused'), await payment()];
    await refuseDeliveries(kind, service.config.databaseUrl);
    const again = { ...first.arrival };
    expect(await keep(first.arrival, refused.arrival, again, last.arrival)).toEqual(['kept', undefined, 'already_kept', 'kept']);
    expect([await first.status(), await refused.status(), await last.status()]).toEqual(['paid', 'open', 'paid']);
    expect([await count('delivery'), await count('incoming_transaction')]).toEqual([2, 2]);
    expect(await count('delivery WHERE times = 2')).toBe(1);
    await takeDeliveries(kind, service.config.databaseUrl);
    expect([await keep(refused.arrival), await refused.status()]).toEqual([['kept'], 'paid']);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('are told of again where none of them could be kept', async () => {
    const refused = await payment('refused');
    await refuseDeliveries(kind, service.config.databaseUrl);
    await expect(keep(refused.arrival)).rejects.toMatchObject({ code: 'store_busy' });
    expect([await count('delivery'), await refused.status()]).toEqual([0, 'open']);
  });

  it('are answered one by one in their order, the repeated ones as the first was', async () => {
    const [first, second] = [await payment(), await payment()];
    const unreadable = arrival(Buffer.from('{'));
    await keep(first.arrival);
    const copies = [first.arrival, second.arrival, unreadable, second.arrival, unreadable].map((one) => ({ ...one }));
    expect(await keep(...copies)).toEqual(['already_kept', 'kept', 'unreadable', 'already_kept', 'unreadable']);
    expect([await count('delivery'), await count('delivery WHERE times = 2')]).toEqual([3, 3]);
  });

  it('are known again by the provider’s id and a digest of their bytes, as those were that earlier versions kept', async () => {
    const body = transferBody({ content: 'x', amount: 1, id: 77 });
    await keep(arrival(body, sepay, 'a=b'));
    const digest = `77 ${createHash('sha256').update('POST\na=b\n').update(body).digest('base64')}`;
    expect(await rowsOf(service.config.databaseUrl, 'SELECT digest FROM delivery')).toEqual([{ digest }]);
  });
});
