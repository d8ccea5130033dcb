// Receipts in a real browser: a page that waits for its signature hears of it without taking away what is being typed, and files are checked.
import { setCollector } from '../../src/actions/setCollector';
import type { Actor } from '../../src/domain/role';
import { tell } from '../support/bank';
import { useBrowser } from '../support/browser';
import { certifiedCopy, openTestService, type TestService } from '../support/office';

const quantri: Actor = { kind: 'person', officerId: 'of-quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26' };
const deadlineMs = 12_000;

describe('receipts in a real browser', () => {
  const browser = useBrowser();
  let service: TestService;
  let base: string;
  beforeAll(async () => {
    service = await openTestService('SQLite');
    base = `http://127.0.0.1:${await service.start()}`;
  });
  afterAll(() => service.end());

  it('show that they are signed as soon as they are, and keep what somebody is typing', async () => {
    const collector = { agencyCode: 'H26.101', name: 'Ủy ban nhân dân phường Mẫu', taxCode: '0000000000' };
    await service.ctx.store.transact((tables) => tables.collectors.save(collector, service.ctx.now(), 'of-quantri')); // without a certificate
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    const receipts = () => service.ctx.store.tables.receipts.ofObligations([id]);
    while ((await receipts()).length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    const number = (await service.call('get', `/api/obligations/${id}`)).body.receipt.number;

    const page = await browser.newPage();
    page.setDefaultTimeout(deadlineMs);
    await page.goto(`${base}/sign-in?to=/receipts/${number}`);
    await page.fill('[name=login]', 'ketoan');
    await page.fill('[name=password]', 'demo');
    await page.keyboard.press('Enter');
    await page.getByText('Chờ ký số').first().waitFor();
    await page.click('main details summary');
    await page.fill('[name=reason]', 'đang gõ dở');
    await setCollector(service.ctx, quantri, collector);
    await page.getByText('Có hiệu lực').first().waitFor();
    await page.getByText('Chữ ký đúng').waitFor();
    expect(await page.inputValue('[name=reason]')).toBe('đang gõ dở');
    expect(await page.locator('#receipt-signature').count()).toBe(1);
    expect(await page.locator('#receipt-head a.button.primary').count()).toBe(1);
  }, 40_000);

  it.each([
    [1_500_000, 'quá dài'],
    [10_000_000, 'quá dài'],
    [300, 'không phải biên lai do hệ thống này ký'],
  ])('say of a file of %d bytes that is none that it is none', async (bytes, words) => {
    const page = await browser.newPage();
    page.setDefaultTimeout(deadlineMs);
    await page.goto(`${base}/receipt`);
    await page.setInputFiles('[name=file]', { name: 'a.xml', mimeType: 'application/xml', buffer: Buffer.alloc(bytes, 'a') });
    await page.click('form[method=post] button');
    await page.getByText(words).first().waitFor();
  });
});
