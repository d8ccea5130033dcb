// A citizen with a phone: link, gateway or banking app, paid page with the receipt; with scripts switched off too, and readable by everybody.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { openPretendTown, type PretendTown } from '../../src/pretendTown';
import { tell } from '../support/bank';
import { brokenLaws } from '../support/books';
import { useBrowser } from '../support/browser';
import { certifiedCopy, openTestService, type TestService } from '../support/office';

const phone = { width: 390, height: 844 };
const patience = { timeout: 15_000 };

describe('a citizen with a phone', () => {
  const browser = useBrowser();
  let service: TestService;
  let town: PretendTown;
  /** What the browser's console holds against our pages. */
  const complaints: string[] = [];
  beforeAll(async () => {
    service = await openTestService('SQLite');
    const port = await service.start();
    service.config.publicUrl = `http://127.0.0.1:${port}`;
    town = await openPretendTown(service.ctx, port);
  });
  afterAll(async () => {
    await service.end();
    await town.close();
  });

  async function issued(): Promise<{ id: string; reference: string; url: string }> {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    return { id, reference, url: (await service.call('get', `/api/obligations/${id}/pay-page`).expect(200)).body.url };
  }

  async function opened(url: string, javaScript = true): Promise<Page> {
    const page = await browser.newPage({ viewport: phone, javaScript });
    page.setDefaultTimeout(patience.timeout);
    page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
    await page.goto(url);
    return page;
  }

  async function payAtGateway(page: Page, method: string, button = 'Thanh toán'): Promise<void> {
    await page.click(`button[value=${method}]`);
    await page.waitForURL((url) => url.origin !== service.config.publicUrl, patience);
    await page.getByRole('button', { name: button }).click();
    await page.waitForURL((url) => url.origin === service.config.publicUrl && !url.pathname.endsWith('/back'), patience);
  }

  async function faultsOn(page: Page): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    return violations.map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }

  it.each(['stripe', 'payos', 'vnpay'])('pays at %s and holds the receipt in the hand', async (method) => {
    const { id, url } = await issued();
    const page = await opened(url);
    await payAtGateway(page, method);
    await page.getByText('Đã thanh toán').waitFor();
    await page.getByRole('link', { name: 'PDF' }).waitFor();
    const { status, payments } = (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
    expect([status, payments.length, payments[0].method]).toEqual(['paid', 1, 'online']);
    await page.close();
  });

  it.each(['stripe', 'payos', 'vnpay'])('pays at %s with scripts switched off', async (method) => {
    const page = await opened((await issued()).url, false);
    expect(await page.getByRole('button', { name: /^Chép/ }).count()).toBe(0); // copying needs the script
    await payAtGateway(page, method);
    await page.getByText('Đã thanh toán').waitFor();
    await page.close();
  });

  it('comes back from a gateway without paying, and pays by QR: the page turns by itself', async () => {
    const { url, reference } = await issued();
    const page = await opened(url);
    await payAtGateway(page, 'stripe', 'Huỷ');
    expect(await page.locator('#pay .state').first().innerText()).toBe('Chờ thanh toán');
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await page.getByText('Đã thanh toán').waitFor();
    await page.close();
  });

  it('copies the account, the amount and the content', async () => {
    const { url, reference } = await issued();
    const page = await opened(url);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Chép: Nội dung' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(reference);
    await page.close();
  });

  it('pays a basket at a gateway, reports a transfer for one, and can read both at 200 % too', async () => {
    const legs = [await issued(), await issued()];
    const { payPage } = (await service.call('post', '/api/baskets', { obligationIds: legs.map(({ id }) => id) }).expect(201)).body;
    const page = await opened(payPage);
    const faults = await faultsOn(page);
    await page.getByRole('link', { name: 'Tôi đã chuyển tiền mà chưa thấy' }).click();
    faults.push(...(await faultsOn(page)));
    await page.fill('input[name=accountDigits]', '1234');
    await page.getByRole('button', { name: 'Gửi báo' }).click();
    await page.getByText('Đang tìm').waitFor();
    await page.goto(payPage);
    await payAtGateway(page, 'vnpay');
    await page.getByText('Đã xong cả 2 khoản').waitFor();
    faults.push(...(await faultsOn(page)));
    expect(await page.locator('h1').textContent()).toContain('42.000');
    await page.setViewportSize({ width: phone.width / 2, height: phone.height / 2 });
    expect(Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))).toBeLessThanOrEqual(0);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('can read every state of the page, in both languages, at 200 % too', async () => {
    const [waiting, part, paid, gone] = [await issued(), await issued(), await issued(), await issued()];
    await tell(service, { content: part.reference, amount: 1_000 }).expect(200);
    await tell(service, { content: paid.reference, amount: 30_000 }).expect(200);
    await service.call('post', `/api/obligations/${gone.id}/cancel`, { reason: 'Lập nhầm' }, 'demo-api-key-quay1').expect(200);
    const page = await opened(waiting.url);
    const faults: string[] = [];
    for (const { url } of [waiting, part, paid, gone]) {
      await page.goto(url);
      for (const summary of await page.locator('summary').all()) await summary.click();
      faults.push(...(await faultsOn(page)));
    }
    await page.getByRole('link', { name: 'English' }).click();
    faults.push(...(await faultsOn(page)));
    await page.setViewportSize({ width: phone.width / 2, height: phone.height / 2 }); // what 200 % leaves
    for (const { url } of [waiting, paid]) {
      await page.goto(url);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      if (Number(overflow) > 0) faults.push(`${url} is ${overflow} pixels too wide`);
    }
    expect(faults).toEqual([]);
    await page.close();
  });

  it('met no complaint of the browser, and the books are sound', async () => {
    expect(complaints).toEqual([]);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });
});
