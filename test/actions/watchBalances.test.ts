// Running balances of an account: what their breaks betray, and how long a break stays open.
import { keepDeliveries } from '../../src/actions/keepDeliveries';
import { pulled } from '../../src/actions/sweepDeliveries';
import { watchBalances } from '../../src/actions/watchBalances';
import { addMs, instantOf, vietnamTimeOf, type Instant } from '../../src/domain/time';
import { providerNamed } from '../../webhooks';
import type { Provider } from '../../webhooks/provider';
import { tell } from '../support/bank';
import { databases, openTestService, type TestService } from '../support/office';

const unknown = 0;

describe.each(databases)('The running balance of an account on %s', (kind) => {
  let service: TestService;
  let now: Instant;
  let lastId: number;
  const later = (minutes: number): Instant => (now = addMs(now, minutes * 60_000));

  beforeEach(async () => {
    now = instantOf(Date.UTC(2026, 10, 21, 3));
    lastId = 0;
    service = await openTestService(kind, { replace: { now: () => now } });
  });
  afterEach(() => service.end());

  const moved = (balance: number, more: { amount?: number; minutesAgo?: number; transferType?: 'in' | 'out' } = {}) => {
    const { amount = 21_000, minutesAgo = 0, transferType = 'in' } = more;
    const time = vietnamTimeOf(addMs(now, -minutesAgo * 60_000));
    return tell(service, { id: ++lastId, content: `so ${lastId}`, amount, transferType, balance, time }).expect(200);
  };
  /** One after the other, a minute between them. */
  const movedInTurn = async (...balances: number[]): Promise<void> => {
    for (const balance of balances) {
      await moved(balance);
      later(1);
    }
    later(2);
  };
  const missing = async () => (await watchBalances(service.ctx)).map((one) => Number(one.missing.dong));

  it('betrays what is missing though some balances before and after it are unknown', async () => {
    await movedInTurn(121_000, unknown, 163_000, 205_000, unknown, 247_000);
    expect(await missing()).toEqual([21_000]);
  });

  it('says nothing of movements around an unknown balance', async () => {
    await movedInTurn(121_000, unknown, 900_000);
    expect(await missing()).toEqual([]);
  });

  it('goes on after the account was emptied to the Treasury', async () => {
    await movedInTurn(121_000);
    await moved(0, { amount: 121_000, transferType: 'out' });
    later(1);
    await movedInTurn(21_000, 42_000);
    expect(await missing()).toEqual([]);
  });

  it('stays broken when a balance elsewhere, or between, is unknown', async () => {
    await movedInTurn(121_000, 163_000);
    expect(await missing()).toEqual([21_000]);
    await movedInTurn(unknown, 205_000);
    expect(await missing()).toEqual([21_000]);
    await moved(unknown, { amount: 5_000, minutesAgo: 7.5 });
    later(2);
    expect(await missing()).toEqual([21_000]);
  });

  it('stays broken for as long as nothing links its two ends', async () => {
    await movedInTurn(121_000, 163_000);
    expect(await missing()).toEqual([21_000]);
    later(36 * 24 * 60);
    await movedInTurn(184_000);
    expect(await missing()).toEqual([21_000]);
    await moved(142_000, { minutesAgo: 36 * 24 * 60 + 6.5 });
    expect(await missing()).toEqual([]);
  });

  it('is whole again when what was missing is told, with its balance or without', async () => {
    for (const balance of [142_000, unknown]) {
      const start = balance === unknown ? 500_000 : 100_000;
      if (balance === unknown) await moved(500_000, { amount: 500_000 - 163_000 });
      else await moved(121_000);
      later(1);
      await movedInTurn(start + 63_000 - (balance === unknown ? 21_000 : 0));
      expect(await missing()).toEqual([21_000]);
      await moved(balance, { minutesAgo: 3.5 });
      later(2);
      expect(await missing()).toEqual([]);
    }
  });

  it('is no break where a long list is looked at in part, at a bank that tells days only', async () => {
    const accountNumber = '1026101000';
    const days = ['2026-11-18', '2026-11-19', '2026-11-20'];
    const records = Array.from({ length: 2_100 }, (_, index) => ({
      ...{ id: index + 1, tid: `FT${index}`, description: `so ${index}`, amount: 1_000 + (index % 7), bankSubAccId: accountNumber },
      ...{ when: days[Math.floor(index / 700)], cusum_balance: 0 },
    }));
    records.reduce((before, row) => (row.cusum_balance = before + row.amount), 5_000_000);
    const body = Buffer.from(JSON.stringify({ error: 0, data: { records, totalPages: 1 } }));
    const [owner, provider] = ['acc-h26-101', providerNamed('casso') as Provider];
    const request = { method: pulled, path: '/casso', query: '', headers: {}, body };
    await keepDeliveries(service.ctx, () => [
      { provider, owner, accountsWithOwnSecret: new Set([owner]), via: 'pull', accountNumber, request },
    ]);
    later(2);
    expect(await missing()).toEqual([]);
  });

  it('names what is still missing once when a part of it came', async () => {
    await movedInTurn(121_000, 184_000);
    expect(await missing()).toEqual([42_000]);
    await moved(142_000, { minutesAgo: 3.5 });
    later(2);
    expect(await missing()).toEqual([21_000]);
  });
});
