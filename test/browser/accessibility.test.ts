// Every screen is checked by axe in a real browser: labels, contrast, structure.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { setFeed } from '../../src/actions/setFeed';
import { rotateSecret } from '../../src/actions/rotateSecret';
import { dayOf } from '../../src/domain/time';
import { tell } from '../support/bank';
import { useBrowser } from '../support/browser';
import { certifiedCopy, openTestService, type TestService } from '../support/office';

describe('the screens', () => {
  const browser = useBrowser();
  let service: TestService;
  let base: string;
  beforeAll(async () => {
    service = await openTestService('SQLite');
    base = `http://127.0.0.1:${await service.start()}`;
  });
  afterAll(() => service.end());

  const issued = async () => (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;

  async function faultsOf(page: Page, path: string): Promise<string[]> {
    await page.goto(base + path);
    return faultsHere(page, path);
  }

  async function faultsHere(page: Page, path: string): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
    return violations.map(({ id, nodes }) => `${path}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }

  it('can be read by everybody, with a fee that waits, one that is paid, and money without a home', async () => {
    const counterId = 'quay-1';
    const issue = async () => (await service.call('post', '/api/obligations', { ...certifiedCopy(), counterId }).expect(201)).body;
    const [paid, waiting] = [await issue(), await issue()];
    await tell(service, { content: paid.reference, amount: 30_000 }).expect(200);
    await tell(service, { content: 'nop tien', amount: 5_000 }).expect(200);
    await service.call('post', `/api/obligations/${waiting.id}/payment-requests`, { method: 'vietqr', counterId }).expect(201);
    const { displayToken } = (await service.ctx.store.tables.agencies.findCounter(counterId)) ?? { displayToken: '' };

    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const faults = await faultsOf(page, '/sign-in');
    await page.fill('[name=login]', 'quay1');
    await page.fill('[name=password]', 'demo');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/counter');
    const paths = [
      '/counter',
      `/counter?obligation=${waiting.id}`,
      `/counter?obligation=${paid.id}`,
      `/obligations/${paid.id}`,
      `/obligations/${waiting.id}/slip`,
      '/unmatched',
      '/ratios?from=2020-01-01&to=2099-12-31',
      '/ratios/members?from=2020-01-01&to=2099-12-31&by=sector&key=total&part=denominator',
      `/display/${displayToken}`,
      '/pretend-bank',
    ];
    for (const path of paths) faults.push(...(await faultsOf(page, path)));
    expect(faults).toEqual([]);
  }, 90_000);

  it('can be read by everybody, where finance finds a home for money', async () => {
    const [{ id: obligationId, reference }, paid] = [await issued(), await issued()];
    for (const content of ['tien lac', paid.reference, paid.reference]) await tell(service, { content, amount: 21_000 }).expect(200);
    const [{ id: duplicate }, { id: matched }, { id: lost }] = (await service.call('get', '/api/transactions')).body.data;
    const half = { action: 'allocate', obligationId, amount: 4_000, reason: 'theo chứng từ', decisionsSeen: 0 };
    await service.call('post', `/api/transactions/${lost}/resolve`, half, 'demo-api-key-ketoan').expect(200);
    await tell(service, { content: 'chi', amount: 1_000, transferType: 'out' }).expect(200);

    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(`${base}/sign-in`);
    await page.fill('[name=login]', 'ketoan');
    await page.fill('[name=password]', 'demo');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    const paths = [
      '/days',
      `/days/acc-h26-101/${dayOf(service.ctx.now())}`,
      '/days/search?q=21000',
      '/statements',
      '/refunds',
      '/dispositions',
      '/shifts',
      '/remittances',
      '/rules',
      '/papers',
      '/unmatched',
      '/settlements',
      '/settlements/owed/stripe',
      '/satisfaction',
      '/unmatched?amount=abc&from=2026-11-02&to=2026-11-01',
      `/transactions/${lost}`,
      `/transactions/${lost}?done=allocate`,
      `/transactions/${lost}?to=${obligationId}`,
      `/transactions/${lost}?find=${reference}`,
      `/transactions/${lost}?step=undo`,
      `/transactions/${duplicate}?step=refund`,
      `/transactions/${matched}`,
    ];
    const faults: string[] = [];
    for (const path of paths) faults.push(...(await faultsOf(page, path)));
    await page.goto(`${base}/transactions/${lost}?to=${obligationId}`);
    await page.fill('[name=amount]', '1.5');
    await page.fill('[name=reason]', 'theo chứng từ');
    await page.keyboard.press('Enter');
    await page.getByText('Số tiền chưa đúng dạng').waitFor();
    faults.push(...(await faultsHere(page, 'a refused form')));
    expect(faults).toEqual([]);
  }, 90_000);

  it('have a head of one row from 1024 px on, keys that do what they say, and lists that begin at their first row', async () => {
    await tell(service, { content: 'khong ro cua ai', amount: 33_000 }).expect(200);
    const page = await browser.newPage({ viewport: { width: 1024, height: 768 } });
    await page.goto(`${base}/sign-in`);
    await page.fill('[name=login]', 'ketoan');
    await page.fill('[name=password]', 'demo');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/days');
    const sizes: (string | number)[][] = [];
    for (const language of ['vi', 'en'])
      for (const path of ['/days', '/settlements', '/remittances']) {
        await page.goto(`${base}/language/${language}?to=${path}`);
        await page.click('.more-ways summary');
        const size = '[document.querySelector(".bar").clientHeight, document.documentElement.scrollWidth]';
        sizes.push([language, path, ...(await page.evaluate<number[]>(size))]);
      }
    expect(sizes.filter(([, , head, width]) => head !== 44 || width !== 1024)).toEqual([]);
    for (const width of [768, 960])
      for (const path of ['/statements', '/shifts', '/ratios', '/unmatched', '/receipts']) {
        await page.setViewportSize({ width, height: 768 });
        await page.goto(base + path);
        const [head, whole] = await page.evaluate<number[]>(
          '[document.querySelector(".bar").clientHeight, document.documentElement.scrollWidth]',
        );
        expect([path, head, whole]).toEqual([path, 92, width]);
      }
    await page.setViewportSize({ width: 1024, height: 768 });
    await page.goto(`${base}/rules`);
    await page.keyboard.press('F2');
    await page.waitForURL('**/rules/new');
    await page.goto(`${base}/days/acc-h26-101/${dayOf(service.ctx.now())}`);
    await page.fill('[name=amount]', '33.000');
    await page.keyboard.press('Enter');
    await page.waitForURL('**amount=33.000**');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname.endsWith('/difference') || url.pathname.startsWith('/transactions/'));
    await page.keyboard.press('n');
    await page.keyboard.type('half a word');
    await page.keyboard.press('Escape'); // out of the field: what was typed is not lost
    expect(await page.inputValue('[data-remark=note]')).toBe('half a word');
    await page.keyboard.press('Escape');
    await page.waitForURL('**amount=33.000**');
  }, 60_000);

  it('can be read by everybody, where receipts are', async () => {
    const { id, reference } = await issued();
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    const receiptOf = async () => (await service.call('get', `/api/obligations/${id}`)).body.receipt;
    while (!(await receiptOf())?.signedAt) await new Promise((resolve) => setTimeout(resolve, 50)); // by the clock of the service
    const { number, lookupCode } = await receiptOf();
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const faults = await faultsOf(page, `/receipt/${lookupCode}`);
    await page.goto(`${base}/sign-in`);
    await page.fill('[name=login]', 'ketoan');
    await page.fill('[name=password]', 'demo');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    const paths = ['/receipts', '/receipts?q=26TZZ-1', '/receipts/queue', '/receipts/summary', `/receipts/${number}`, '/receipt'];
    for (const path of paths) faults.push(...(await faultsOf(page, path)));
    await page.goto(`${base}/receipts/${number}`);
    await page.getByText('Biên lai có sai sót?').click();
    faults.push(...(await faultsHere(page, 'the form of a correction')));
    expect(faults).toEqual([]);
  }, 90_000);

  it('can be read by everybody, with an account that is connected', async () => {
    const actor = { kind: 'person', officerId: 'of-quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26' } as const;
    const connection = { actor, accountId: 'acc-h26-101', provider: 'sepay' };
    await setFeed(service.ctx, { ...connection, token: 'wrong', baseUrl: 'http://127.0.0.1:9' });
    for (const secret of ['first-secret', 'second-secret']) await rotateSecret(service.ctx, { ...connection, secret });
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(`${base}/sign-in`);
    await page.fill('[name=login]', 'quantri');
    await page.fill('[name=password]', 'demo');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/officers');
    expect(await faultsOf(page, '/sources?done=secret&account=acc-h26-101')).toEqual([]);
    expect(await faultsOf(page, '/receipts/queue')).toEqual([]);
  }, 90_000);
});
