// Handing receipts over to the e-receipt provider: each arrives once, whatever happens on the way, and an outage starts the law's clock.
import { handOverReceipts, sendReceiptAgain } from '../../src/actions/handOverReceipts';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { seeReceiptQueue } from '../../src/actions/seeReceiptQueue';
import { signReceipts } from '../../src/actions/signReceipts';
import type { Actor } from '../../src/domain/role';
import { addMs, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { sharedCertificate } from '../support/certificate';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { openPretendReceiptProvider, type PretendReceiptProvider } from '../support/pretendReceiptProvider';

const hourMs = 3_600_000;
const ketoan: Actor = { kind: 'person', officerId: 'of-ketoan', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' };

describe.each(databases)('the hand-over on %s', (kind) => {
  let service: TestService;
  let provider: PretendReceiptProvider;
  /** A Friday in Vietnam, 20 November 2026. */
  let now: Instant;
  beforeEach(async () => {
    now = '2026-11-20T03:00:00.000Z' as Instant;
    provider = await openPretendReceiptProvider();
    const { url, key } = provider;
    const replace = { now: () => now, makeDemoCertificate: sharedCertificate };
    service = await openTestService(kind, { config: { receiptProvider: { url, key } }, replace });
  });
  afterEach(async () => {
    await service.end();
    await provider.close();
  });

  async function signed(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const { reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
      await tell(service, { content: reference, amount: 21_000, time: '2026-11-20 10:00:00' }).expect(200);
    }
    while ((await issueReceipts(service.ctx)) > 0);
    while ((await signReceipts(service.ctx)) > 0);
  }
  const handOver = () => handOverReceipts(service.ctx);
  const queue = () => seeReceiptQueue(service.ctx, ketoan);
  const later = (ms: number) => (now = addMs(now, ms));

  it('brings each receipt once, in order, and keeps what the provider calls it', async () => {
    await signed(3);
    expect(await handOver()).toBe(3);
    expect(await handOver()).toBe(0);
    expect(provider.asked.map((number) => number.slice(6))).toEqual(['00000001', '00000002', '00000003']);
    expect(await queue()).toMatchObject({ isConnected: true, waiting: 0, unsigned: 0, refused: 0 });
    const [receipt] = await service.ctx.store.tables.receipts.list({}, 1);
    expect(await service.ctx.store.tables.receiptHandovers.find(receipt?.id ?? '')).toMatchObject({
      state: 'sent',
      providerReference: expect.stringMatching(/^CQT-26TAA-00000003$/),
    });
  });

  it('is one receipt at the provider where its answer was lost and it was sent again', async () => {
    await signed(1);
    provider.faults = ['silent'];
    expect(await handOver()).toBe(0);
    later(hourMs);
    expect(await handOver()).toBe(1);
    expect([provider.asked.length, provider.kept.size]).toEqual([2, 1]);
    expect(await queue()).toMatchObject({ waiting: 0 });
  });

  it('waits longer after each failure, tries one at a time while the provider is down, and sends all at once when it is back', async () => {
    await signed(3);
    provider.faults = Array.from({ length: 5 }, () => ({ status: 500 }));
    for (let round = 0; round < 5; round++) {
      expect(await handOver()).toBe(0);
      later(hourMs);
    }
    expect(provider.asked).toHaveLength(5);
    expect(await queue()).toMatchObject({ waiting: 3, outage: { why: expect.stringContaining('HTTP 500') } });
    expect((await queue()).outage?.endedAt).toBeUndefined();
    expect([await handOver(), await handOver()]).toEqual([1, 2]);
    expect(await queue()).toMatchObject({ waiting: 0, outage: { endedAt: now } });
    expect((await queue()).clock).toBeUndefined();
  });

  it('shows the three working days that the law leaves after the repair, weekends not counted, and says when they are over', async () => {
    await signed(3);
    provider.faults = [{ status: 503 }];
    await handOver();
    later(hourMs);
    provider.faults = [undefined, { status: 503 }, { status: 503 }];
    await handOver(); // one arrives: repaired on Friday 20 November
    await handOver(); // and out of reach again
    const { outage } = await queue();
    expect(outage?.endedAt).toBeUndefined();
    later(2 * hourMs);
    provider.faults = [undefined, { status: 422, body: 'mẫu số chưa đăng ký' }];
    await handOver();
    expect(await queue()).toMatchObject({ waiting: 1, outage: { endedAt: now }, clock: { lastDay: '2026-11-25', daysLeft: 3, heldUp: 1 } });
    later(3 * 24 * hourMs); // Monday
    expect(await queue()).toMatchObject({ clock: { daysLeft: 2 } });
    const health = async () => (await service.call('get', '/health')).body;
    expect(await health()).toMatchObject({ status: 'ok' });
    later(3 * 24 * hourMs); // Thursday: the last day was Wednesday
    expect((await queue()).clock?.daysLeft).toBe(-1);
    expect(await health()).toMatchObject({ status: 'degraded', receipts: { clock: { daysLeft: -1 } } });
    await handOver();
    expect(await queue()).toMatchObject({ waiting: 0, refused: 1 });
    expect((await queue()).clock).toBeUndefined();
  });

  it('leaves a refused receipt to a person, who may send it again', async () => {
    await signed(2);
    provider.faults = [{ status: 422, body: 'mẫu số chưa đăng ký' }];
    expect(await handOver()).toBe(2);
    const { rows, refused } = await queue();
    expect(refused).toBe(1);
    expect(rows.refused).toMatchObject([{ number: 1, lastAnswer: 'HTTP 422 mẫu số chưa đăng ký' }]);
    await sendReceiptAgain(service.ctx, ketoan, '26TAA-00000001');
    expect(await handOver()).toBe(1);
    expect(provider.kept.size).toBe(2);
    await expect(sendReceiptAgain(service.ctx, ketoan, '26TAA-00000001')).rejects.toMatchObject({ code: 'receipt_not_refused' });
  });

  it('is done once by two processes at once, and waits for a slow provider', async () => {
    await signed(4);
    provider.faults = [{ lateMs: 50 }, { lateMs: 50 }];
    const counts = await Promise.all([handOver(), handOver()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(provider.asked).toHaveLength(4);
  });
});
