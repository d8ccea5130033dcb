// Lists in trouble: one odd row, or a bug of ours, must not keep the money of a whole page from being booked.
import { keepDeliveries, type Arrival } from '../../src/actions/keepDeliveries';
import { pulled, sweepDeliveries } from '../../src/actions/sweepDeliveries';
import { providerNamed } from '../../webhooks';
import type { Provider } from '../../webhooks/provider';
import { brokenLaws, numberOf } from '../support/books';
import { openTestService, type TestService } from '../support/office';

const accountNumber = '1026101000';

const row = (id: number, amount: number, account = accountNumber) => ({
  id: String(id),
  bank_brand_name: 'Vietcombank',
  account_number: account,
  transaction_date: '2026-11-22 09:00:00',
  amount_in: `${amount}.00`,
  amount_out: '0.00',
  transaction_content: 'chuyen tien',
  reference_number: `FT${id}`,
});

describe('a list of SePay', () => {
  let service: TestService;
  let hasBug = false;
  const sepay = providerNamed('sepay') as Provider;
  const withBug: Provider = {
    ...sepay,
    readPulled: (body) => {
      if (hasBug) throw new TypeError('a bug of ours');
      return sepay.readPulled?.(body) ?? [];
    },
  };

  beforeEach(async () => {
    hasBug = false;
    service = await openTestService('SQLite', { replace: { providerNamed: (name) => (name === 'sepay' ? withBug : providerNamed(name)) } });
  });
  afterEach(() => service.end());

  const keep = (...transactions: object[]) => {
    const body = Buffer.from(JSON.stringify({ status: 200, transactions }));
    const request = { method: pulled, path: '/sepay', query: '', headers: {}, body };
    const owner = 'acc-h26-101';
    const arrival: Arrival = { provider: withBug, owner, accountsWithOwnSecret: new Set([owner]), via: 'pull', accountNumber, request };
    return keepDeliveries(service.ctx, () => [arrival]);
  };
  const count = (table: string) => numberOf(service.config.databaseUrl, `SELECT count(*) FROM ${table}`);

  it('that says another amount of money that is known is shown to a person, and the rest of it is booked', async () => {
    await keep(row(1, 21_000));
    expect(await keep(row(1, 99_000), row(2, 50_000))).toEqual(['unreadable']);
    expect(await count('incoming_transaction WHERE amount IN (21000, 50000)')).toBe(2);
    expect(await count('incoming_transaction')).toBe(2);
    expect(await count(`delivery WHERE state = 'unreadable' AND problem = 'contradicts_earlier: 1'`)).toBe(1);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('that met a bug of ours is applied by the sweep, and only for the account that was asked about', async () => {
    hasBug = true;
    await keep(row(1, 21_000), row(2, 50_000, '21610026900'));
    expect([await sweepDeliveries(service.ctx), await count('incoming_transaction')]).toEqual([0, 0]);
    hasBug = false;
    expect([await sweepDeliveries(service.ctx), await count('incoming_transaction')]).toEqual([1, 1]);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });
});

describe('A page with odd rows', () => {
  const owner = 'acc-h26-101';
  let service: TestService;
  beforeEach(async () => (service = await openTestService('SQLite')));
  afterEach(() => service.end());

  const count = (table: string) => numberOf(service.config.databaseUrl, `SELECT count(*) FROM ${table}`);
  const keep = (name: string, page: object) => {
    const provider = providerNamed(name) as Provider;
    const request = { method: pulled, path: `/${name}`, query: '', headers: {}, body: Buffer.from(JSON.stringify(page)) };
    const arrival: Arrival = { provider, owner, accountsWithOwnSecret: new Set([owner]), via: 'pull', accountNumber, request };
    return keepDeliveries(service.ctx, () => [arrival]);
  };

  const session = (id: string, amount: number, currency = 'vnd') => ({
    ...{ id: `evt_${id}`, type: 'checkout.session.completed', created: 1_795_227_345 },
    data: { object: { id: `cs_${id}`, payment_status: 'paid', amount_total: amount, currency, payment_intent: `pi_${id}` } },
  });
  const cassoRow = (id: number, amount: number) => ({
    ...{ id, tid: `FT${id}`, description: 'x', amount, when: '2026-11-22 09:00:00', bankSubAccId: accountNumber },
  });
  const transfer = (reference: string, amount: number) => ({
    ...{ reference, amount, description: 'x', transactionDateTime: '2026-11-22 09:00:00', accountNumber },
  });

  it.each([
    [
      'stripe',
      { data: [session('3', 50_000), session('2', 100, 'usd'), session('1', 21_000), 'x'] },
      'unexpected_shape: data.3, data.1.data.object.currency (evt_2)',
    ],
    [
      'sepay',
      { transactions: [row(1, 21_000), { ...row(7, 9), amount_in: '0.50' }, row(3, 50_000)] },
      'unexpected_shape: transactions.1.amount_in (7)',
    ],
    [
      'casso',
      { data: { records: [cassoRow(1, 21_000), cassoRow(7, 0.5), cassoRow(8, 0), cassoRow(3, 50_000)], totalPages: 1 } },
      'unexpected_shape: data.records.1.amount (7)',
    ],
    [
      'payos',
      {
        code: '00',
        data: { id: 'link', orderCode: 5, transactions: [transfer('FT1', 21_000), transfer('FT7', 0.5), transfer('FT3', 50_000)] },
      },
      'unexpected_shape: data.transactions.1.amount (FT7)',
    ],
  ])('of %s is booked but for these, and a person is shown which they are', async (name, page, problem) => {
    expect(await keep(name, page)).toEqual(['unreadable']);
    expect([await count('incoming_transaction WHERE amount IN (21000, 50000)'), await count('incoming_transaction')]).toEqual([2, 2]);
    expect(await count(`delivery WHERE state = 'unreadable' AND problem = '${problem}'`)).toBe(1);
    await keep(name, page);
    expect([await count('incoming_transaction'), await count('delivery')]).toEqual([2, 1]);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('names the first of many, and says how many more there are', async () => {
    const rows = Array.from({ length: 9 }, (_, index) => ({ ...row(index + 1, 9), amount_in: '-1' }));
    await keep('sepay', { transactions: [...rows, row(20, 21_000)] });
    expect(await count('incoming_transaction')).toBe(1);
    expect(await count(`delivery WHERE problem LIKE 'unexpected_shape: transactions.0.amount_in (1), %(5), and 4 more'`)).toBe(1);
  });

  it('is shown to a person as a whole where no row can be read', async () => {
    expect(await keep('sepay', { transactions: [{ ...row(7, 9), amount_in: '0.50' }] })).toEqual(['unreadable']);
    expect([await count('incoming_transaction'), await count(`delivery WHERE state = 'unreadable'`)]).toEqual([0, 1]);
  });
});
