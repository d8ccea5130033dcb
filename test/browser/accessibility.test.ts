// Every screen is checked by axe in a real browser: labels, contrast, structure.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
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

  async function faultsOf(page: Page, path: string): Promise<string[]> {
    await page.goto(base + path);
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
});
