// Closing a day by the lists that the bank gave, as they were sent: the days that each covers, and of which moment its closing balance is.
import { parseVietnamTime, vietnamTimeOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { importedFrom } from '../support/statementFiles';

const [maker, checker] = ['demo-api-key-ketoan', 'demo-api-key-ketoantruong'];
const reconciliation = '/api/reconciliations/acc-h26-101';

describe.each(databases)("closing a day by the bank's lists on %s", (kind) => {
  let service: TestService;
  let now: Instant;
  const at = (text: string): void => void (now = parseVietnamTime(text) ?? now);
  beforeEach(async () => {
    at('2026-11-20 10:00:00');
    service = await openTestService(kind, { replace: { now: () => now } });
  });
  afterEach(() => service.end());

  const close = (day: string, key: string) => service.call('post', `${reconciliation}/${day}/close`, {}, key);

  it('closes a day of which only the late evening is told by a list of that day without a line, and books it on the next', async () => {
    at('2026-11-20 23:20:00');
    const { reference: content } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content, amount: 21_000, time: vietnamTimeOf(now) }).expect(200);
    at('2026-11-21 08:00:00');
    const balances = { opening: 1_000_000, closing: 1_000_000 };
    await importedFrom(service, { lines: [], ...balances, period: { from: '2026-11-20', to: '2026-11-30' } });
    const day = (await service.call('get', `${reconciliation}/2026-11-20`, undefined, maker)).body;
    expect(day).toMatchObject({ standing: 'ready', statement: 'final', expected: [{ amount: 21_000 }] });
    const today = (await service.call('get', `${reconciliation}/2026-11-21`, undefined, maker)).body;
    expect(today).toMatchObject({ standing: 'differences', statement: 'intraday' });
    await close('2026-11-20', maker).expect(200);
    await close('2026-11-20', checker).expect(200);
    at('2026-11-22 08:00:00');
    const line = { day: '2026-11-21', reference: 'FT2632599001', credit: 21_000, content };
    await importedFrom(service, { lines: [line], opening: 1_000_000, closing: 1_021_000 });
    await close('2026-11-21', maker).expect(200);
    await close('2026-11-21', checker).expect(200);
  });

  it('takes the closing balance of a list that was sent in the middle of a day for that moment, whatever came on that day afterwards', async () => {
    at('2026-11-21 10:00:00');
    const line = { day: '2026-11-20', reference: 'FT2632499001', credit: 21_000, content: 'ca hai ngay' };
    const both = { from: '2026-11-20', to: '2026-11-21' };
    await importedFrom(service, { lines: [line], opening: 1_000_000, closing: 1_021_000, period: both });
    at('2026-11-21 16:00:00');
    const later = { day: '2026-11-21', reference: 'FT2632599002', credit: 5_000, content: 'buoi chieu' };
    await importedFrom(service, { lines: [later], opening: 1_021_000, closing: 1_026_000 });
    const { differences } = (await service.call('get', `${reconciliation}/2026-11-20`, undefined, maker).expect(200)).body;
    const [{ key }] = differences;
    await service.call('post', `${reconciliation}/2026-11-20/notes`, { key, kind: 'carry', text: 'chưa rõ' }, maker).expect(201);
    await close('2026-11-20', maker).expect(200);
    await close('2026-11-20', checker).expect(200);
    const { content } = (await service.call('get', `${reconciliation}/2026-11-20/close`, undefined, maker).expect(200)).body;
    expect([content.bank.opening, content.bank.closing]).toEqual([1_000_000, 1_021_000]);
  });
});
