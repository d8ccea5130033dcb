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
