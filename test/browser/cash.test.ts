// A shift worked by keys in a real browser, and the screens of cash read by everybody.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { useBrowser } from '../support/browser';
import { cashDeskAt } from '../support/cashDesk';
import { openTestService, type TestService } from '../support/office';

describe('cash in a browser', () => {
  const browser = useBrowser();
  let service: TestService;
  let base: string;
  beforeAll(async () => {
    service = await openTestService('SQLite');
    base = `http://127.0.0.1:${await service.start()}`;
  });
  afterAll(() => service.end());

  async function signedIn(login: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(`${base}/sign-in`);
    await page.fill('[name=login]', login);
    await page.fill('[name=password]', 'demo');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.includes('sign-in'));
    return page;
  }

  async function faultsOf(page: Page, path: string): Promise<string[]> {
    await page.goto(base + path);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
    return violations.map(({ id, nodes }) => `${path}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }

  it('one key opens the shift, the same key goes on to count and close it', async () => {
    const page = await signedIn('quay1');
    expect(await faultsOf(page, '/counter/shift')).toEqual([]);
    await page.goto(`${base}/counter`);
    await page.waitForSelector('a[data-key=F4]');
    await page.keyboard.press('F4');
    await page.waitForSelector('[name=float]:focus');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/counter');
    await cashDeskAt(service).paidInCash();
    await page.reload();
    await page.waitForSelector('a[href^="/shifts/sh_"][data-key=F4]');
    await page.keyboard.press('F4');
    await page.waitForURL('**/shifts/sh_*');
    await page.fill('[name="pieces.20000"]', '1');
    expect(await page.textContent('[data-count]')).toMatch(/20\.000.*Thiếu quỹ 1\.000/s);
    await page.fill('[name="pieces.1000"]', '1');
    expect(await page.textContent('[data-count]')).toMatch(/21\.000.*Khớp/s);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.state-paid');
    expect(await page.textContent('main')).toContain('Khớp');
  }, 60_000);

  it('the screens can be read by everybody', async () => {
    const desk = cashDeskAt(service);
    const shift = await desk.openShiftOf('quay-1');
    const open = await desk.open(200_000, 'quay-2', 'demo-api-key-quay2');
    const asked = await desk.paidInCash('quay-1');
    await desk.post(`/obligations/${asked}/cash-returns`, { reason: 'Công dân rút hồ sơ' }).expect(201);
    const page = await signedIn('ketoantruong');
    const faults: string[] = [];
    const paths = ['/shifts', `/shifts/${shift.id}`, `/shifts/${open.id}`, '/cash-book', '/deposits', '/remittances?agency=H26.101'];
    for (const path of paths) faults.push(...(await faultsOf(page, path)));
    expect(faults).toEqual([]);
  }, 120_000);
});
